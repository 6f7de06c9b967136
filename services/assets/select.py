"""Scene to footage: which clips are seen while it is spoken, and why."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import Brief
from libs.common.media.footage import Footage, Media, MediaKind, Shot
from libs.common.media.sound import Utterance
from libs.common.media.storyboard import Scene
from libs.common.media.time import RationalTime
from libs.common.runtime.context import StepContext
from services.assets.choose import SECOND_BEST, Option, options_of, shot_of
from services.assets.library import Library
from services.assets.product import free_images, image_option, wants_product
from services.assets.search import ClipQuery

TWO_SHOTS_FROM_S = 4
"""A longer scene gets two shots where there are two good ones."""
SHORTEST_SHOT_S = Fraction(6, 5)
_CANDIDATES = 40
PRODUCT_IMAGE, TEXT_CARD = "product_image", "text_card"


def select(
    brief: Brief,
    scene: Scene,
    utterance: Utterance,
    previous: Footage | None,
    *,
    library: Library,
    blobs: BlobStore,
    context: StepContext,
) -> Footage:
    """Deterministic in its inputs and the library's revision. Where nothing fits, `fallback` says what stands in."""
    used = previous.used if previous is not None else ()
    query = ClipQuery(
        text=scene.visual_query,
        keywords=scene.keywords,
        narration=scene.narration,
        with_media=True,
        exclude=frozenset(used),
        limit=_CANDIDATES,
    )
    found = library.search(query, tenant=context.tenant, library=brief.library)
    clips = options_of(found, aspect=brief.aspect, length=utterance.length, seed=brief.seed, scene=scene.index)
    images = _images(brief, scene, used, blobs)
    context.note(considered=len(found), relevant=len(clips), best_relevance=round(max((one.relevance for one in found), default=0.0), 3))
    chosen = arrange([*images, *clips] if wants_product(brief, scene) else clips, utterance)
    fallback = None
    if not chosen and images:
        chosen, fallback = arrange(images, utterance), PRODUCT_IMAGE
    shots = tuple(shot_of(option, share, seed=brief.seed, scene=scene.index) for option, share in chosen)
    if not shots:
        shots, fallback = (_card(utterance.length, bool(found)),), TEXT_CARD
    return Footage(
        scene=scene.index,
        shots=shots,
        fallback=fallback,
        used=(*used, *(option.id for option, _ in chosen)),
        considered=len(found),
        start=RationalTime(0, utterance.length.rate) if previous is None else ends(previous),
    )


def ends(footage: Footage) -> RationalTime:
    """Where its scene ends, from the start of the video."""
    return sum((shot.share for shot in footage.shots), start=footage.start)


def arrange(options: Sequence[Option], utterance: Utterance) -> list[tuple[Option, RationalTime]]:
    """One or two of `options`, which stand best first, with their shares of the scene; none where none is long enough."""
    length = utterance.length
    whole = next((option for option in options if option.fits(length)), None)
    if whole is not None and length.seconds <= TWO_SHOTS_FROM_S:
        return [(whole, length)]
    # Two shots for a long scene, or where no clip alone is long enough: then any relevant one may be the second.
    both = _two(options, utterance, nearly_as_good=SECOND_BEST if whole is not None else 0.0)
    return both or ([(whole, length)] if whole is not None else [])


def split(utterance: Utterance) -> tuple[RationalTime, RationalTime] | None:
    """The scene in two, where a word begins near its middle. The parts add up to its length; None where one would be too short."""
    length, rate = utterance.length.value, utterance.length.rate
    shortest = RationalTime.ceil(SHORTEST_SHOT_S, rate).value
    if length < 2 * shortest:
        return None
    starts = (RationalTime.snap(word.spoken.start.seconds, rate).value for word in utterance.words if word.spoken is not None)
    near = [start for start in starts if max(shortest, length * 3 // 10) <= start <= min(length - shortest, length * 7 // 10)]
    at = min(near, key=lambda start: (abs(2 * start - length), start), default=length // 2)
    return RationalTime(at, rate), RationalTime(length - at, rate)


def _two(options: Sequence[Option], utterance: Utterance, *, nearly_as_good: float) -> list[tuple[Option, RationalTime]]:
    parts = split(utterance)
    if parts is None:
        return []
    first = next((option for option in options if option.fits(parts[0])), None)
    if first is None:
        return []
    others = (option for option in options if option.id != first.id and option.fits(parts[1]))
    second = next((option for option in others if option.relevance >= nearly_as_good * first.relevance), None)
    return [(first, parts[0]), (second, parts[1])] if second is not None else []


def _images(brief: Brief, scene: Scene, used: tuple[str, ...], blobs: BlobStore) -> list[Option]:
    reason = "an image of the product itself"
    return [image_option(number, image, blobs=blobs, reason=reason) for number, image in free_images(brief, scene, used=used)]


def _card(length: RationalTime, found: bool) -> Shot:
    why = "no clip of the library shows this closely enough or is long enough" if found else "the library has no clip with media for this"
    reason = f"{why}, and no product image is free"
    return Shot(media=Media(kind=MediaKind.card), source_range=None, share=length, reason=reason)
