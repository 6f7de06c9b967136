"""`composition.cut`: the edit of one scene, exact to the frame."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import BrandKit, Brief, Scenario, Tone
from libs.common.media.errors import Defect
from libs.common.media.footage import Footage, MediaKind, Shot
from libs.common.media.music import MusicChoice, music_seed
from libs.common.media.presets import master_preset, preset, smaller_sizes
from libs.common.media.sound import Utterance
from libs.common.media.storyboard import Mood, Scene
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Transition
from libs.common.runtime.context import StepContext
from services.composition.card_plan import card_of
from services.composition.clearance import anchored, kept_clear, seen_subjects
from services.composition.framing import fit_of, motion_of
from services.composition.layout import layout_of
from services.composition.music.bed import tempo_for_cuts
from services.composition.overlay_plan import overlays
from services.composition.pacing import beat_frames, beats, first_phase, paced, phase_at, phrase_starts
from services.composition.phrases import captions
from services.composition.shown_on import shown_on
from services.composition.transitions import CUT, transition

TRANSITION_FRAMES = 12
STATEMENT = "statement"
"""The style that a clip has by default; only cards look at it."""

GRADES: dict[Mood, dict[str, float | str]] = {
    Mood.bright: {"exposure": 0.12, "contrast": 0.06, "saturation": 1.12, "warmth": 0.04},
    Mood.calm: {"exposure": 0.03, "contrast": -0.04, "saturation": 0.96, "warmth": -0.08},
    Mood.tense: {"exposure": -0.06, "contrast": 0.16, "saturation": 0.9, "warmth": -0.14},
    Mood.warm: {"exposure": 0.05, "contrast": 0.05, "saturation": 1.06, "warmth": 0.16},
    Mood.neutral: {"exposure": 0.02, "contrast": 0.06, "saturation": 1.04, "warmth": 0.0},
}
"""Gentle: the footage of a scene should look alike, not look graded."""
VIGNETTE: dict[str, float | str] = {"strength": 0.22}


def cut(
    brief: Brief,
    choice: MusicChoice,
    scene: Scene,
    utterance: Utterance,
    footage: Footage,
    previous: Cut | None,
    *,
    blobs: BlobStore,
    context: StepContext,
) -> Cut:
    """The clips fill the utterance's length to the frame; all else is laid over them.

    `blobs` is asked for the size of the logo, nothing is read. Raises InvalidInput for an unknown transition, Defect where footage and
    utterance do not fit together. Captions, headings and tags keep off the subjects that the footage names.
    """
    canvas = master_preset(brief.presets).canvas(brief.aspect)
    length = utterance.length.at(canvas.rate).value
    beat = _beat(brief, choice, footage, canvas.rate)
    brand = brief.product.brand or BrandKit()
    phrases = captions(utterance.words, length=length, rate=canvas.rate, language=scene.language) if brief.captions else ()
    marks = phrase_starts(phrases) if beat is None else beats(*beat, length)
    clips = _clips(brief, scene, footage, canvas, length, marks)
    layout = layout_of(canvas, brief.platform)
    seen = seen_subjects(clips, footage.shots, canvas)
    phrases = anchored(phrases, clips, seen, layout)
    drawn = overlays(brief, scene, clips, previous, length=length, rate=canvas.rate, blobs=blobs)
    context.note(frames=length, clips=len(clips), captions=len(phrases))
    return Cut(
        scene=scene.index,
        canvas=canvas,
        length=length,
        clips=clips,
        transition=_transition(scene, previous, canvas, length),
        captions=phrases,
        caption_style=_caption_style(brief),
        overlays=kept_clear(drawn, phrases, seen, layout, canvas) if seen else drawn,
        safe_area=brief.platform,
        language=scene.language.value,
        primary=brand.primary,
        secondary=brand.secondary,
        renditions=smaller_sizes({name: preset(name).canvas(brief.aspect) for name in brief.presets}, canvas),
    )


def _beat(brief: Brief, choice: MusicChoice, footage: Footage, rate: Fraction) -> tuple[Fraction, Fraction] | None:
    """How far into a beat the scene starts, and the beat's length, in frames; None where nothing is cut on beats."""
    tempo = tempo_for_cuts(brief, choice, seed=music_seed(brief))
    if tempo is None:
        return None
    length = beat_frames(tempo[0], rate)
    return phase_at(footage.start.at(rate).value, first_phase(tempo[1], length, rate), length), length


def _clips(brief: Brief, scene: Scene, footage: Footage, canvas: Canvas, length: int, marks: Sequence[int]) -> tuple[Clip, ...]:
    """The shots end to end, their joints on the `marks` where that can be."""
    clips: list[Clip] = []
    at = 0
    shares = paced(footage.shots, [shot.share.at(canvas.rate).value for shot in footage.shots], marks, canvas.rate)
    for number, (shot, share) in enumerate(zip(footage.shots, shares, strict=True)):
        clips.append(_clip(brief, scene, shot, canvas, start=at, length=share, turn=brief.seed + scene.index + number))
        at += share
    if at != length or not clips or any(clip.length < 1 for clip in clips):
        raise Defect(f"the shots of scene {scene.index} fill {at} of {length} frames", code="cut.footage_does_not_fill")
    return tuple(clips)


def _clip(brief: Brief, scene: Scene, shot: Shot, canvas: Canvas, *, start: int, length: int, turn: int) -> Clip:
    media = shot.media
    product = media.kind is MediaKind.image and shot.clip_id is None
    fit = fit_of(media, canvas, product=product)
    card = card_of(brief, scene) if media.kind is MediaKind.card else None
    return Clip(
        media=media,
        start=start,
        length=length,
        source_start=None if shot.source_range is None else shot.source_range.start,
        fit=fit,
        motion=motion_of(media, canvas, fit, turn=turn, subjects=shot.subjects),
        effects=_effects(scene, media.kind, product),
        text=card.text if card else "",
        style=card.style if card else STATEMENT,
        params=card.params if card else {},
    )


def _effects(scene: Scene, kind: MediaKind, product: bool) -> tuple[Effect, ...]:
    """A product keeps its colours, and a card is drawn as it should be."""
    if product or kind is MediaKind.card:
        return ()
    return (Effect(name="grade", params=dict(GRADES[scene.mood])), Effect(name="vignette", params=dict(VIGNETTE)))


def _caption_style(brief: Brief) -> str:
    if brief.scenario is Scenario.news:
        return "box"
    return "pill" if brief.tone in (Tone.energetic, Tone.playful) else "karaoke"


def _transition(scene: Scene, previous: Cut | None, canvas: Canvas, length: int) -> Transition | None:
    """The outgoing clip shows on for the overlap; where its source has no room left, the scene begins with a plain cut."""
    if scene.transition != CUT:
        transition(scene.transition, {}, canvas)  # an unknown name fails here, not in the renderer
    if previous is None or scene.transition == CUT:
        return None
    if previous.canvas != canvas:
        raise Defect(f"scene {previous.scene} has another canvas than scene {scene.index}", code="cut.canvas_differs")
    overlap = min(TRANSITION_FRAMES, length // 2)
    outgoing = shown_on(previous.clips[-1], overlap, canvas.rate) if overlap else None
    return None if outgoing is None else Transition(name=scene.transition, length=overlap, outgoing=outgoing)
