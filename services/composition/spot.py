"""`composition.spot`: which short sounds mark what is seen, over the whole video."""

from __future__ import annotations

from libs.common.media.brief import Brief
from libs.common.media.music import Cue, CueSheet
from libs.common.media.timeline import Cut, OverlayKind
from libs.common.runtime.context import StepContext

QUIET_TRANSITIONS = frozenset({"crossfade", "dip", "dissolve", "luma"})
"""Soft changes of scene, which a sound would only disturb."""
OF_OVERLAYS = {OverlayKind.price_tag: "ding", OverlayKind.badge: "pop", OverlayKind.lower_third: "pop", OverlayKind.qr_code: "pop"}


def spot(brief: Brief, cuts: tuple[Cut, ...], *, context: StepContext) -> CueSheet:
    """Nothing where the brief wants no sounds. A sheet of its own, so that the mix is made again only when a sound moves."""
    if not brief.sound_effects:
        return CueSheet()
    cues: list[Cue] = []
    start = 0
    for cut in cuts:
        cues += [Cue(frame=start + cue.frame, sound=cue.sound) for cue in cues_of(cut)]
        start += cut.length
    context.note(cues=len(cues))
    return CueSheet(cues=tuple(sorted(cues, key=lambda cue: (cue.frame, cue.sound))))


def cues_of(cut: Cut) -> list[Cue]:
    """From the start of the scene; the middle of a transition is its event."""
    cues = []
    if cut.transition is not None and cut.transition.name not in QUIET_TRANSITIONS:
        cues.append(Cue(frame=cut.transition.length // 2, sound="whoosh"))
    for overlay in cut.overlays:
        if overlay.enters and overlay.kind in OF_OVERLAYS:
            cues.append(Cue(frame=overlay.start, sound=OF_OVERLAYS[overlay.kind]))
        if overlay.kind is OverlayKind.countdown:
            each = int(cut.canvas.rate)
            cues += [Cue(frame=frame, sound="tick") for frame in range(overlay.start, overlay.start + overlay.length, each)]
    return cues
