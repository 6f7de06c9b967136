"""The edit of a narrated video, sent back unchanged, gives equal cuts: nothing of its picture is rendered anew."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from libs.common.media.blob import BlobRef
from libs.common.media.brief import CutOn, Language
from libs.common.media.edit import ResolvedSource, Sources, Timeline
from libs.common.media.footage import Footage, MediaKind
from libs.common.media.music import Cue, CueSheet, MusicChoice
from libs.common.media.sound import Soundtrack
from libs.common.media.storyboard import SceneRole
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from services.composition.arrange import examine
from services.gateway.edits.restore import timeline_of

TIMELINE = TypeAdapter(Timeline)
SILENT = CueSheet()


def named(shot, name):
    """A clip of the library by that name, with a file of its own."""
    blob = BlobRef(key=f"clips/{name * 64}.mp4", size_bytes=1, media_type="video/mp4")
    return replace(shot, clip_id=name, media=replace(shot.media, blob=blob))


def narrated(bench, **wishes):
    """Three scenes with films, a still, a card, captions, drawings and transitions; and what they were made from."""
    brief = bench.brief(product={"brand": bench.logo()}, language=Language.zh, **wishes)
    shots = (
        (named(bench.video(50, start=7), "a"), named(bench.still(40, size=(1600, 900)), "b")),
        (named(bench.video(71, start=30, size=(1920, 1080)), "c"),),
        (bench.card(45), named(bench.video(33), "d")),
    )
    roles = (SceneRole.hook, SceneRole.offer, SceneRole.cta)
    words = [bench.word("早上", 0.1, 0.5), bench.word("装", 0.5, 0.7), bench.word("热水", 0.7, 1.2), bench.mark("。")]
    cuts, footages, utterances = [], [], []
    for index, (row, role) in enumerate(zip(shots, roles, strict=True)):
        scene = bench.scene(index, role, transition=("crossfade", "slide", "wipe")[index])
        previous = cuts[-1] if cuts else None
        start = RationalTime(sum(cut.length for cut in cuts), Fraction(30))
        cuts.append(bench.cut(*row, brief=brief, scene=scene, words=words, previous=previous, start=start))
        footages.append(Footage(scene=index, shots=row, start=start))
        utterances.append(bench.utterance(words, frames=cuts[-1].length, scene=index))
    return brief, tuple(cuts), tuple(footages), tuple(utterances)


def sources_of(timeline, cuts):
    """What the library would find for its names."""
    media = {}
    for cut in cuts:
        for clip in cut.clips:
            if clip.media.blob is not None:
                media[f"clip:{clip.media.blob.key[6]}"] = clip.media
    logo = next(overlay.image for cut in cuts for overlay in cut.overlays if overlay.image is not None)
    found = [ResolvedSource(name=name, media=one) for name, one in media.items()]
    picture = next(iter(media.values()))
    found.append(ResolvedSource(name=f"upload:{logo.key}", media=type(picture)(kind=MediaKind.image, blob=logo)))
    voice = BlobRef(key="speech/" + "b" * 64 + ".wav", size_bytes=1, media_type="audio/wav")
    length = RationalTime(10 * SAMPLE_RATE_HZ, Fraction(SAMPLE_RATE_HZ))
    found.append(ResolvedSource(name=f"stored:{voice.key}", sound=voice, sound_length=length))
    return Sources(found=tuple(found))


def restored(bench, sheet=SILENT, **wishes):
    brief, cuts, footages, utterances = narrated(bench, **wishes)
    soundtrack = Soundtrack(
        audio=BlobRef(key="soundtracks/x.m4a", size_bytes=1, media_type="audio/mp4"),
        length=RationalTime(1, Fraction(SAMPLE_RATE_HZ)),
        integrated_lufs=-14.0,
        true_peak_dbtp=-1.0,
        music="calm_pads",
    )
    made = {"cuts": cuts, "footages": footages, "utterances": utterances}
    return cuts, timeline_of(brief, title="t", choice=MusicChoice(), soundtrack=soundtrack, sheet=sheet, **made)


def through_json(timeline):
    """As a caller gets it and sends it back."""
    return TIMELINE.validate_python(json.loads(json.dumps(TIMELINE.dump_python(timeline, mode="json", exclude_defaults=True))))


@pytest.mark.parametrize("cut_on", CutOn)
def test_the_cuts_of_a_restored_edit_are_equal(bench, cut_on):
    cuts, timeline = restored(bench, cut_on=cut_on)
    back = through_json(timeline)

    arrangement, remarks = examine(back, sources_of(timeline, cuts))

    assert back == timeline
    assert arrangement is not None, remarks
    assert arrangement.cuts == cuts
    assert not remarks


def test_a_changed_price_changes_its_cut_alone(bench):
    cuts, timeline = restored(bench)
    body = TIMELINE.dump_python(timeline, mode="json")
    tag = next(overlay for overlay in body["overlays"] if overlay["kind"] == "price_tag")
    tag["text"] = "¥149"

    arrangement, _ = examine(TIMELINE.validate_python(body), sources_of(timeline, cuts))

    assert [ours == before for ours, before in zip(arrangement.cuts, cuts, strict=True)] == [True, False, True]


def test_the_voice_of_each_scene_and_the_music_come_back(bench):
    _, timeline = restored(bench)

    assert [sound.start for sound in timeline.sounds[:3]] == [0, Fraction(90, 30), Fraction(161, 30)]
    assert [sound.role.value for sound in timeline.sounds] == ["voice", "voice", "voice", "music"]
    assert timeline.sounds[3].media.music.style == "calm_pads"


def test_the_sounds_that_mark_what_is_seen_come_back_at_their_frames(bench):
    sheet = CueSheet(cues=(Cue(frame=96, sound="whoosh"), Cue(frame=170, sound="ding")))

    cuts, timeline = restored(bench, sheet)
    _, remarks = examine(through_json(timeline), sources_of(timeline, cuts))

    assert [(sound.media.effect, sound.start) for sound in timeline.sounds[4:]] == [
        ("whoosh", Fraction(96, 30)),
        ("ding", Fraction(170, 30)),
    ]
    assert not remarks
