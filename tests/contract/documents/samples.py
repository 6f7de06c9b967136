"""One full sample of every document: what the golden files hold."""

from decimal import Decimal
from fractions import Fraction

from libs.common.media.blob import BlobRef
from libs.common.media.brief import BrandKit, Brief, ImageRef, Price, Product
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.edit import (
    Arrangement,
    CaptionTrack,
    Card,
    Drawn,
    MusicBed,
    Phrase,
    PictureSource,
    ResolvedSource,
    Size,
    SoundClip,
    SoundPart,
    SoundPlan,
    SoundRole,
    SoundSource,
    Sources,
    TimedWord,
    Timeline,
    Track,
    TrackClip,
    TransitionIn,
)
from libs.common.media.footage import Footage, Media, MediaKind, Shot
from libs.common.media.music import Cue, CueSheet, MusicChoice
from libs.common.media.music import Track as MusicTrack
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Label, Publication, Rendition
from libs.common.media.review import BriefReview, Decision, EditReview, Finding, SceneReview, VideoReview
from libs.common.media.sound import Soundtrack, TimingSource, Utterance, Word
from libs.common.media.storyboard import Check, Fact, Mood, Scene, SceneRole, Storyboard
from libs.common.media.time import RationalTime, TimeRange
from libs.common.media.timeline import (
    Canvas,
    Clip,
    Cut,
    Effect,
    Fit,
    Motion,
    Overlay,
    OverlayKind,
    Place,
    Transition,
)

FRAMES, SAMPLES = Fraction(30), Fraction(48_000)


def blob(ext: str, kind: str = "media", media_type: str = "video/mp4") -> BlobRef:
    return BlobRef(key=f"{kind}/{'0123456789abcdef' * 4}.{ext}", size_bytes=1_234, media_type=media_type)


BRIEF = Brief(
    product=Product(
        name="暖山保温杯",
        category="保温杯",
        selling_points=("316不锈钢内胆", "12小时保温"),
        price=Price(amount=Decimal("199.00"), was=Decimal("259")),
        claims=("通过食品接触安全检测",),
        must_say=("暖山",),
        must_not_say=("最好",),
        images=(ImageRef(upload=f"uploads/{'ab' * 32}.png"),),
        brand=BrandKit(name="暖山", logo=ImageRef(upload=f"uploads/{'cd' * 32}.png")),
    ),
    audience="上班族",
)
SCENE = Scene(
    index=1,
    role=SceneRole.benefit,
    language=BRIEF.language,
    narration="12小时保温，早上装的热水，下班还是热的。",
    on_screen_text="12小时保温",
    visual_query="清晨窗边，一杯热水冒着白气。",
    keywords=("热水", "清晨"),
    target_s=Fraction(9, 2),
    fact_ids=("f3",),
    mood=Mood.warm,
)
MEDIA = Media(kind=MediaKind.video, blob=blob("mp4"), width_px=1080, height_px=1920, length=RationalTime(150, FRAMES))
CLIP = Clip(
    media=MEDIA,
    start=0,
    length=135,
    source_start=RationalTime(12, FRAMES),
    fit=Fit.fill,
    motion=Motion(zoom_to=1.06, pan_x_from=-0.5),
    effects=(Effect(name="grade", params={"warmth": 0.2}),),
)
FINDING = Finding(
    code="ad_law.superlative",
    decision=Decision.review,
    source="rule",
    detail="a superlative",
    field="/narration",
    start=3,
    end=5,
)
MASTER = Master(
    video=blob("mp4", "masters"),
    canvas=Canvas(width_px=1080, height_px=1920, rate=FRAMES),
    length=RationalTime(900, FRAMES),
    scene_starts=(0, 135),
    av_offset_ms=0.0,
)
RENDITION = Rendition(
    preset="1080p",
    video=blob("mp4", "renditions"),
    width_px=1080,
    height_px=1920,
    length=RationalTime(900, FRAMES),
    bitrate_bps=3_900_000,
    compression_ratio=190.5,
    copied=True,
)
SAMPLES_OF_ALL = (
    BRIEF,
    SCENE,
    Storyboard(
        title="暖山保温杯",
        language=BRIEF.language,
        scenario=BRIEF.scenario,
        scenes=(SCENE,),
        facts=(Fact(id="f3", kind="point", text="12小时保温"),),
        generator="template/1",
        checks=(Check(code="order", passed=True),),
    ),
    BriefReview(decision=Decision.allow, findings=(), policy_version="1"),
    SceneReview(scene=1, decision=Decision.review, findings=(FINDING,), policy_version="1"),
    VideoReview(decision=Decision.allow, findings=(), policy_version="1"),
    Utterance(
        scene=1,
        audio=blob("wav", "speech", "audio/wav"),
        length=RationalTime(135, FRAMES),
        words=(
            Word(
                text="12",
                char_start=0,
                spoken=TimeRange(RationalTime(480, SAMPLES), RationalTime(9_600, SAMPLES)),
            ),
            Word(text="，", char_start=6, spoken=None),
        ),
        voice="zh-warm",
        engine="espeak-ng",
        timing_source=TimingSource.engine,
        rate_scale=1.05,
    ),
    Footage(
        scene=1,
        shots=(
            Shot(
                media=MEDIA,
                source_range=TimeRange(RationalTime(12, FRAMES), RationalTime(135, FRAMES)),
                share=RationalTime(135, FRAMES),
                clip_id="starter-001",
                title="Morning cup",
                licence="CC0-1.0",
                score=0.71,
                reason="热水, 清晨",
            ),
        ),
        used=("starter-001",),
        considered=10,
    ),
    Cut(
        scene=1,
        canvas=MASTER.canvas,
        length=135,
        clips=(CLIP,),
        transition=Transition(name="crossfade", length=12, outgoing=CLIP),
        captions=(Caption(start=3, length=40, words=(CaptionWord(text="12小时", start=3, length=20),)),),
        caption_style="karaoke",
        overlays=(Overlay(kind=OverlayKind.price_tag, start=10, length=90, text="¥199", subtext="¥259"),),
    ),
    Segment(
        scene=1,
        video=blob("mp4", "segments"),
        canvas=MASTER.canvas,
        length=135,
        executor="kernel",
        encoder="fast",
        notes=("held frame 12",),
    ),
    Soundtrack(
        audio=blob("m4a", "sound", "audio/mp4"),
        length=RationalTime(1_440_000, SAMPLES),
        integrated_lufs=-14.02,
        true_peak_dbtp=-1.4,
        music="warm",
    ),
    MASTER,
    RENDITION,
    Publication(
        title="暖山保温杯",
        length=RationalTime(900, FRAMES),
        renditions=(RENDITION,),
        poster=blob("jpg", "posters", "image/jpeg"),
        captions=blob("vtt", "captions", "text/vtt"),
        script=blob("json", "scripts", "application/json"),
        timeline=blob("json", "timelines", "application/json"),
        otio=blob("otio", "timelines", "application/json"),
        labels=(Label(kind="visible", written=True, detail="AI生成"),),
        generator="template/1",
        degraded=("scene 3: no clip fits, product image used",),
    ),
    Timeline(
        title="暖山保温杯",
        tracks=(
            Track(
                clips=(
                    TrackClip(media=PictureSource(clip="starter-001"), start=Fraction(0), length=Fraction(9, 2), source_in=Fraction(2, 5)),
                    TrackClip(
                        media=PictureSource(card=Card(text="12小时保温", subtext="316不锈钢")),
                        start=Fraction(9, 2),
                        length=Fraction(2),
                        transition=TransitionIn(name="wipe", params={"direction": "left"}),
                        effects=(Effect(name="warm", params={}),),
                    ),
                )
            ),
            Track(
                clips=(
                    TrackClip(
                        media=PictureSource(upload=f"uploads/{'ab' * 32}.png"),
                        start=Fraction(1),
                        length=Fraction(3),
                        place=Place(left=0.6, top=0.1, width=0.3, height=0.2),
                        speed=Fraction(1),
                        volume_db=-6.0,
                    ),
                )
            ),
        ),
        captions=CaptionTrack(
            phrases=(
                Phrase(
                    start=Fraction(1, 10),
                    length=Fraction(4, 3),
                    words=(TimedWord(text="12小时", start=Fraction(1, 10), length=Fraction(2, 3)),),
                ),
            )
        ),
        overlays=(Drawn(kind=OverlayKind.price_tag, start=Fraction(3), length=Fraction(2), text="¥199", subtext="¥259"),),
        sounds=(
            SoundClip(media=SoundSource(stored=f"speech/{'cd' * 32}.wav"), role=SoundRole.voice),
            SoundClip(media=SoundSource(music=MusicBed(style="warm", seed=3)), role=SoundRole.music, fade_out=Fraction(1, 2)),
        ),
        size=Size(width_px=1080, height_px=1920),
        segments=(Fraction(9, 2),),
        loudness_lufs=-16,
    ),
    EditReview(decision=Decision.allow, findings=(), policy_version="1"),
    Sources(
        found=(
            ResolvedSource(
                name="clip:starter-001",
                media=MEDIA,
                sound=MEDIA.blob,
                sound_length=RationalTime(240_000, SAMPLES),
                title="Morning cup",
                licence="CC0-1.0",
            ),
        )
    ),
    Arrangement(
        canvas=MASTER.canvas,
        length=135,
        cuts=(Cut(scene=0, canvas=MASTER.canvas, length=135, clips=(CLIP,), transition=None, captions=(), caption_style="karaoke"),),
        notes=("/tracks/0: its last frame is held",),
    ),
    SoundPlan(
        length=RationalTime(216_000, SAMPLES),
        parts=(
            SoundPart(start=0, length=96_000, audio=blob("wav", "speech", "audio/wav"), role=SoundRole.voice, fade_out=240),
            SoundPart(start=0, length=216_000, style="warm", seed=3, role=SoundRole.music, ducks=True, volume_db=-3.0),
        ),
        loudness_lufs=-16.0,
    ),
    MusicChoice(
        track=MusicTrack(
            id="morning",
            title="Morning",
            licence="CC0-1.0",
            mood=Mood.warm,
            tempo_bpm=Fraction(96),
            first_beat_s=Fraction(1, 8),
            audio=blob("flac", "sounds", "audio/flac"),
            samples=2_880_000,
        ),
        reason="its mood is warm",
    ),
    CueSheet(cues=(Cue(frame=30, sound="whoosh"),)),
)
