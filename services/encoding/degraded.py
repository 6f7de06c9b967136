"""Every fall-back that a job took, in words."""

from __future__ import annotations

from libs.common.media.brief import Brief
from libs.common.media.footage import Footage
from libs.common.media.render import Segment
from libs.common.media.sound import Soundtrack, TimingSource, Utterance
from libs.common.media.storyboard import Storyboard

_FOOTAGE = {
    "product_image": "no clip of the library fitted, a product image stands in",
    "text_card": "neither a clip nor an image fitted, a text card stands in",
}
_TIMING = {
    TimingSource.energy: "the word times are estimated from pauses in the sound",
    TimingSource.proportional: "the word times are estimated from the length of the words",
}


def fall_backs(
    brief: Brief,
    storyboard: Storyboard,
    utterances: tuple[Utterance, ...],
    footages: tuple[Footage, ...],
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
) -> tuple[str, ...]:
    """One line each, empty where everything went as asked. Scenes are counted from 1."""
    lines = []
    if storyboard.degraded:
        lines.append(f"Script: {storyboard.degraded_reason or 'the template answered instead of the model'}")
    for footage in footages:
        if footage.fallback is not None:
            lines.append(f"Scene {footage.scene + 1}: {_FOOTAGE.get(footage.fallback, footage.fallback)}")
    for utterance in utterances:
        if utterance.timing_source in _TIMING:
            lines.append(f"Scene {utterance.scene + 1}: {_TIMING[utterance.timing_source]}")
    for segment in segments:
        lines.extend(f"Scene {segment.scene + 1}: {note}" for note in segment.notes)
    if brief.music and soundtrack.music is None:
        lines.append("Sound: there is no music")
    return tuple(lines)
