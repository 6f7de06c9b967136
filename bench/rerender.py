"""What a change of a finished video costs, against making it: through the real steps, with what was made before in the store.

`python -m bench.rerender [--quick] [--json]`. Each change is one new job whose edit differs from the first in that one thing. `--quick`:
540 x 960 instead of 1080 x 1920, where fixed costs weigh more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench.edits import Ran, open_house, standard_edit
from bench.report import arguments, figure
from libs.common.media.edit import Drawn, MusicBed, SoundRole, SoundSource, Timeline, Track, TrackClip
from libs.common.media.timeline import OverlayKind

QUICK = "--quick"
SHOT = 3
"""Which shot is changed."""
RENDER = "composition.render"


def _price(edit: Timeline) -> Timeline:
    return replace(edit, overlays=tuple(_tagged(drawn) for drawn in edit.overlays))


def _tagged(drawn: Drawn) -> Drawn:
    return replace(drawn, text="¥189") if drawn.kind is OverlayKind.price_tag else drawn


def _caption(edit: Timeline) -> Timeline:
    assert edit.captions is not None
    phrases = list(edit.captions.phrases)
    words = phrases[SHOT].words
    phrases[SHOT] = replace(phrases[SHOT], words=(replace(words[0], text="Holds "), *words[1:]))
    return replace(edit, captions=replace(edit.captions, phrases=tuple(phrases)))


def _clip(edit: Timeline) -> Timeline:
    """Another film in one shot: the next one's transition shows it too."""
    return _with_clip(edit, SHOT, lambda clip: replace(clip, media=edit.tracks[0].clips[0].media))


def _last_clip(edit: Timeline) -> Timeline:
    """Another film where no transition follows."""
    return _with_clip(edit, len(edit.tracks[0].clips) - 1, lambda clip: replace(clip, media=edit.tracks[0].clips[0].media))


def _transition(edit: Timeline) -> Timeline:
    def wiped(clip: TrackClip) -> TrackClip:
        assert clip.transition is not None
        return replace(clip, transition=replace(clip.transition, name="wipe"))

    return _with_clip(edit, SHOT, wiped)


def _with_clip(edit: Timeline, number: int, change: Callable[[TrackClip], TrackClip]) -> Timeline:
    clips = list(edit.tracks[0].clips)
    clips[number] = change(clips[number])
    return replace(edit, tracks=(Track(clips=tuple(clips)),))


def _title(edit: Timeline) -> Timeline:
    return replace(edit, title="Another title")


def _music(edit: Timeline) -> Timeline:
    bed = edit.sounds[-1].media.music
    assert bed is not None
    other = SoundSource(music=MusicBed(style=bed.style, seed=bed.seed + 1))
    return replace(edit, sounds=(*edit.sounds[:-1], replace(edit.sounds[-1], media=other)))


def _voice(edit: Timeline) -> Timeline:
    """One line a little softer."""
    assert edit.sounds[0].role is SoundRole.voice
    return replace(edit, sounds=(replace(edit.sounds[0], volume_db=-1.5), *edit.sounds[1:]))


CHANGES: dict[str, Callable[[Timeline], Timeline]] = {
    "nothing": lambda edit: edit,
    "price": _price,
    "caption": _caption,
    "clip": _clip,
    "last_clip": _last_clip,
    "transition": _transition,
    "title": _title,
    "music": _music,
    "voice_level": _voice,
}


def main() -> None:
    preset = "540p" if QUICK in arguments() else "1080p"
    with tempfile.TemporaryDirectory(prefix="reelsmith-bench-") as folder, open_house(Path(folder)) as house:
        edit = standard_edit(house.blobs, preset)
        full = house.run(edit)
        figure("full_cpu_s", full.cpu_s, f"CPU s, {preset}, accept to done")
        _stages("full", full)
        for name, change in CHANGES.items():
            ran = house.run(change(edit))
            figure(f"{name}_share", 100 * ran.cpu_s / full.cpu_s, "% of the CPU of the full render")
            picture = 100 * ran.stages[RENDER] / full.stages[RENDER]
            figure(f"{name}_picture_share", picture, "% of the CPU of all segments: what is rendered again")
            figure(f"{name}_cpu_s", ran.cpu_s, "CPU s, accept to done")
            figure(f"{name}_segments", ran.renders[False], f"segments rendered, {ran.renders[True]} taken from before")
            _stages(name, ran)


def _stages(name: str, ran: Ran) -> None:
    for stage, cpu_s in ran.stages.items():
        figure(f"{name}.{stage}.cpu_s", cpu_s, "CPU s")


if __name__ == "__main__":
    main()
