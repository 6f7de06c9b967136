"""Bindings of every stage that make tiny valid documents without any engine: to try queues, database and store out, and to measure what
the machinery itself costs. What they write is no video."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.brief import Brief
from libs.common.media.edit import Arrangement, SoundPlan, Sources, Timeline
from libs.common.media.footage import Footage, Media, MediaKind, Shot
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.presets import composition_canvas, master_preset, preset, rendition_canvas
from libs.common.media.render import Master, Segment
from libs.common.media.rendition import Publication, Rendition
from libs.common.media.review import BriefReview, Decision, EditReview, SceneReview, VideoReview
from libs.common.media.sound import Soundtrack, TimingSource, Utterance
from libs.common.media.storyboard import ROLES, Scene, Storyboard
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.media.timeline import Clip, Cut
from libs.common.runtime.context import StepBinding, StepContext

FPS = Fraction(30)
FRAMES_A_SCENE = 30
POLICY = "rehearsal"


def rehearsal_bindings(
    blobs: BlobStore, *, scenes: int = 3, pause_s: float = 0.0, before: Callable[[str, StepContext], None] | None = None
) -> dict[str, StepBinding]:
    """Each step takes `pause_s`, telling its progress on the way; `before` is called with the stage's name as it starts, and may raise."""
    play = _Rehearsal(blobs, scenes)
    works: dict[str, Callable[..., object]] = {
        "moderation.review_brief": play.review_brief,
        "assets.choose_music": play.choose_music,
        "scripts.write": play.write,
        "moderation.review_scene": play.review_scene,
        "voice.narrate": play.narrate,
        "assets.select": play.select,
        "composition.cut": play.cut,
        "composition.render": play.render,
        "composition.spot": play.spot,
        "composition.mix": play.mix,
        "encoding.assemble": play.assemble,
        "moderation.review_video": play.review_video,
        "encoding.encode": play.encode,
        "encoding.publish": play.publish,
        "moderation.review_edit": play.review_edit,
        "assets.resolve": play.resolve,
        "composition.arrange": play.arrange,
        "composition.lay_sound": play.lay_sound,
        "composition.mix_edit": play.mix_edit,
        "encoding.assemble_edit": play.assemble_edit,
        "moderation.review_edited": play.review_edited,
        "encoding.encode_edit": play.encode_edit,
        "encoding.publish_edit": play.publish_edit,
    }

    def slowly(name: str, work: Callable[..., object]) -> StepBinding:
        def run(*inputs: Any, context: StepContext) -> object:
            if before is not None:
                before(name, context)
            ends = time.monotonic() + pause_s
            while (left := ends - time.monotonic()) > 0:
                context.progress(1 - left / pause_s)
                time.sleep(min(left, 0.05))
            return work(*inputs, context=context)

        return StepBinding(work=run, salt=lambda: f"rehearsal/{scenes}")

    return {name: slowly(name, work) for name, work in works.items()}


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    blobs: BlobStore
    scenes: int

    def review_brief(self, brief: Brief, *, context: StepContext) -> BriefReview:
        return BriefReview(decision=Decision.allow, findings=(), policy_version=POLICY)

    def choose_music(self, brief: Brief, *, context: StepContext) -> MusicChoice:
        return MusicChoice()

    def spot(self, brief: Brief, cuts: tuple[Cut, ...], *, context: StepContext) -> CueSheet:
        return CueSheet()

    def write(self, brief: Brief, review: BriefReview, *, context: StepContext) -> Storyboard:
        scenes = []
        for index in range(self.scenes):
            scene = Scene(
                index=index,
                role=ROLES[brief.scenario][0],
                language=brief.language,
                narration=f"{brief.product.name} {index}",
                visual_query=brief.product.name,
                target_s=Fraction(1),
            )
            context.emit(scene, str(index))
            scenes.append(scene)
        return Storyboard(
            title=brief.product.name,
            language=brief.language,
            scenario=brief.scenario,
            scenes=tuple(scenes),
            facts=(),
            generator="rehearsal/1",
        )

    def review_scene(self, brief: Brief, scene: Scene, *, context: StepContext) -> SceneReview:
        return SceneReview(scene=scene.index, decision=Decision.allow, findings=(), policy_version=POLICY)

    def narrate(self, brief: Brief, scene: Scene, review: SceneReview, *, context: StepContext) -> Utterance:
        return Utterance(
            scene=scene.index,
            audio=store_content(self.blobs, "speech", scene.narration.encode(), "wav"),
            length=RationalTime(FRAMES_A_SCENE, FPS),
            words=(),
            voice="none",
            engine="rehearsal",
            timing_source=TimingSource.proportional,
        )

    def select(self, brief: Brief, scene: Scene, utterance: Utterance, before: Footage | None, *, context: StepContext) -> Footage:
        shot = Shot(media=Media(kind=MediaKind.card), source_range=None, share=utterance.length, clip_id=f"card-{scene.index}")
        used = () if before is None else before.used
        return Footage(scene=scene.index, shots=(shot,), fallback="text_card", used=(*used, f"card-{scene.index}"))

    def cut(
        self,
        brief: Brief,
        choice: MusicChoice,
        scene: Scene,
        utterance: Utterance,
        footage: Footage,
        before: Cut | None,
        *,
        context: StepContext,
    ) -> Cut:
        clip = Clip(media=footage.shots[0].media, start=0, length=FRAMES_A_SCENE, source_start=None, text=scene.narration)
        return Cut(
            scene=scene.index,
            canvas=master_preset(brief.presets).canvas(brief.aspect),
            length=FRAMES_A_SCENE,
            clips=(clip,),
            transition=None,
            captions=(),
            caption_style="none",
        )

    def render(self, cut: Cut, *, context: StepContext) -> Segment:
        return Segment(
            scene=cut.scene,
            video=store_content(self.blobs, "segments", repr(cut).encode(), "mp4"),
            canvas=cut.canvas,
            length=cut.length,
            executor="rehearsal",
            encoder="none",
        )

    def mix(
        self,
        brief: Brief,
        choice: MusicChoice,
        sheet: CueSheet,
        storyboard: Storyboard,
        utterances: tuple[Utterance, ...],
        *,
        context: StepContext,
    ) -> Soundtrack:
        samples = sum(utterance.length.at(Fraction(SAMPLE_RATE_HZ)).value for utterance in utterances)
        sound = "".join(utterance.audio.key for utterance in utterances)
        return Soundtrack(
            audio=store_content(self.blobs, "sound", sound.encode(), "m4a"),
            length=RationalTime(samples, Fraction(SAMPLE_RATE_HZ)),
            integrated_lufs=-16.0,
            true_peak_dbtp=-1.5,
            music=None,
        )

    def assemble(self, storyboard: Storyboard, segments: tuple[Segment, ...], soundtrack: Soundtrack, *, context: StepContext) -> Master:
        picture = "".join(segment.video.key for segment in segments)
        return Master(
            video=store_content(self.blobs, "masters", picture.encode(), "mp4"),
            canvas=segments[0].canvas,
            length=RationalTime(sum(segment.length for segment in segments), FPS),
            scene_starts=tuple(index * FRAMES_A_SCENE for index in range(len(segments))),
            av_offset_ms=0.0,
        )

    def review_video(self, brief: Brief, master: Master, *, context: StepContext) -> VideoReview:
        return VideoReview(decision=Decision.allow, findings=(), policy_version=POLICY)

    def encode(
        self, brief: Brief, segments: tuple[Segment, ...], soundtrack: Soundtrack, master: Master, *, context: StepContext
    ) -> Rendition:
        canvas = preset(context.key).canvas(brief.aspect)
        return Rendition(
            preset=context.key,
            video=store_content(self.blobs, "renditions", f"{context.key} {master.video.key}".encode(), "mp4"),
            width_px=canvas.width_px,
            height_px=canvas.height_px,
            length=master.length,
            bitrate_bps=0,
            compression_ratio=1.0,
            copied=False,
        )

    def publish(
        self,
        brief: Brief,
        storyboard: Storyboard,
        utterances: tuple[Utterance, ...],
        footage: tuple[Footage, ...],
        cuts: tuple[Cut, ...],
        segments: tuple[Segment, ...],
        soundtrack: Soundtrack,
        master: Master,
        renditions: tuple[Rendition, ...],
        review: VideoReview,
        *,
        context: StepContext,
    ) -> Publication:
        page = store_content(self.blobs, "pages", storyboard.title.encode(), "json")
        return Publication(
            title=storyboard.title,
            length=master.length,
            renditions=renditions,
            poster=page,
            captions=page,
            script=page,
            timeline=page,
            otio=page,
            labels=(),
            generator=storyboard.generator,
            degraded=tuple(found.fallback for found in footage if found.fallback is not None),
        )

    # --- of an edit ---

    def review_edit(self, timeline: Timeline, *, context: StepContext) -> EditReview:
        return EditReview(decision=Decision.allow, findings=(), policy_version=POLICY)

    def resolve(self, timeline: Timeline, review: EditReview, *, context: StepContext) -> Sources:
        return Sources(found=())

    def arrange(self, timeline: Timeline, sources: Sources, *, context: StepContext) -> Arrangement:
        canvas = composition_canvas(timeline)
        clip = Clip(media=Media(kind=MediaKind.colour), start=0, length=FRAMES_A_SCENE, source_start=None)
        cuts = tuple(
            Cut(scene=n, canvas=canvas, length=FRAMES_A_SCENE, clips=(clip,), transition=None, captions=(), caption_style="none")
            for n in range(self.scenes)
        )
        for cut in cuts:
            context.emit(cut, str(cut.scene))
        return Arrangement(canvas=canvas, length=len(cuts) * FRAMES_A_SCENE, cuts=cuts)

    def lay_sound(self, timeline: Timeline, sources: Sources, *, context: StepContext) -> SoundPlan:
        samples = self.scenes * FRAMES_A_SCENE * SAMPLE_RATE_HZ / timeline.rate
        return SoundPlan(length=RationalTime(int(samples), Fraction(SAMPLE_RATE_HZ)), parts=())

    def mix_edit(self, plan: SoundPlan, *, context: StepContext) -> Soundtrack:
        audio = store_content(self.blobs, "sound", repr(plan).encode(), "m4a")
        return Soundtrack(audio=audio, length=plan.length, integrated_lufs=-16.0, true_peak_dbtp=-1.5, music=None)

    def assemble_edit(
        self, arrangement: Arrangement, segments: tuple[Segment, ...], soundtrack: Soundtrack, *, context: StepContext
    ) -> Master:
        picture = "".join(segment.video.key for segment in segments)
        return Master(
            video=store_content(self.blobs, "masters", picture.encode(), "mp4"),
            canvas=arrangement.canvas,
            length=RationalTime(arrangement.length, arrangement.canvas.rate),
            scene_starts=tuple(index * FRAMES_A_SCENE for index in range(len(segments))),
            av_offset_ms=0.0,
        )

    def review_edited(self, master: Master, *, context: StepContext) -> VideoReview:
        return VideoReview(decision=Decision.allow, findings=(), policy_version=POLICY)

    def encode_edit(self, segments: tuple[Segment, ...], soundtrack: Soundtrack, master: Master, *, context: StepContext) -> Rendition:
        canvas = rendition_canvas(context.key, master.canvas)
        return Rendition(
            preset=context.key,
            video=store_content(self.blobs, "renditions", f"{context.key} {master.video.key}".encode(), "mp4"),
            width_px=canvas.width_px,
            height_px=canvas.height_px,
            length=master.length,
            bitrate_bps=0,
            compression_ratio=1.0,
            copied=False,
        )

    def publish_edit(
        self,
        timeline: Timeline,
        sources: Sources,
        arrangement: Arrangement,
        segments: tuple[Segment, ...],
        soundtrack: Soundtrack,
        master: Master,
        renditions: tuple[Rendition, ...],
        review: VideoReview,
        *,
        context: StepContext,
    ) -> Publication:
        page = store_content(self.blobs, "pages", timeline.title.encode(), "json")
        return Publication(
            title=timeline.title,
            length=master.length,
            renditions=renditions,
            poster=page,
            captions=page,
            script=page,
            timeline=page,
            otio=page,
            labels=(),
            generator="rehearsal/1",
        )
