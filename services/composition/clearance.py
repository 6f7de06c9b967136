"""Keeping drawings off faces and products: where the subjects of the clips lie on the canvas, and which place leaves them free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from libs.common.media.captions import Anchor, Caption
from libs.common.media.footage import Shot, Subject
from libs.common.media.timeline import Canvas, Clip, Overlay, OverlayKind
from services.composition.geometry import frame_of, rect_of, window_at
from services.composition.layout import Box, Layout, place_of

CLEAR = 0.02
"""Up to this share of a subject counts as not covered."""
MOMENTS = (0.0, 0.5, 1.0)
"""Of a camera move, at which the subject is looked for."""
ANCHORS = (Anchor.bottom, Anchor.middle, Anchor.top)
"""In the order in which they are liked."""
HEADING_PX, TAG_PX = 250.0, 270.0
"""Height of a heading of two lines, and of a price tag, at a short side of 1080."""
TAG_SHARE = 0.62
"""Of the safe area's width, at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A subject on the canvas, while its clip stands."""

    start: int
    end: int
    box: Box


def seen_subjects(clips: Sequence[Clip], shots: Sequence[Shot], canvas: Canvas) -> tuple[Seen, ...]:
    """Where fit, crop and camera move bring them; a moving one is all of its way."""
    found = []
    for clip, shot in zip(clips, shots, strict=True):
        for subject in shot.subjects:
            box = _on_canvas(clip, subject, canvas)
            if box.width > 0 and box.height > 0:
                found.append(Seen(clip.start, clip.start + clip.length, box))
    return tuple(found)


def anchored(captions: Sequence[Caption], clips: Sequence[Clip], seen: Sequence[Seen], layout: Layout) -> tuple[Caption, ...]:
    """Captions at the first anchor that is free: one for the whole scene, else one for each clip, so that they move only when the picture
    does. Where none is free, the one that covers least."""
    if not seen:
        return tuple(captions)
    whole = next((anchor for anchor in ANCHORS if _covered(captions, anchor, seen, layout) <= CLEAR), None)
    if whole is not None:
        return tuple(replace(caption, anchor=whole) for caption in captions)
    found: list[Caption] = []
    for number, clip in enumerate(clips):
        last = number == len(clips) - 1
        begun = [c for c in captions if clip.start <= c.start and (last or c.start < clip.start + clip.length)]
        shares = [_covered(begun, anchor, seen, layout) for anchor in ANCHORS]
        best = next((n for n, share in enumerate(shares) if share <= CLEAR), shares.index(min(shares)))
        found += [replace(caption, anchor=ANCHORS[best]) for caption in begun]
    return tuple(found)


def kept_clear(
    overlays: Sequence[Overlay], captions: Sequence[Caption], seen: Sequence[Seen], layout: Layout, canvas: Canvas
) -> tuple[Overlay, ...]:
    """Headings and price tags at the first of their places where they cover no subject and no caption, else where they cover least. Logo
    and label stay: people look for them in their corners."""
    bands = [Seen(c.start, c.start + c.length, layout.caption_band(c.anchor)) for c in captions]
    return tuple(_cleared(overlay, [*seen, *bands], layout, canvas) for overlay in overlays)


def _cleared(overlay: Overlay, others: Sequence[Seen], layout: Layout, canvas: Canvas) -> Overlay:
    places = _places(overlay, layout)
    if not places:
        return overlay
    near = [seen for seen in others if seen.start < overlay.start + overlay.length and overlay.start < seen.end]
    shares = [_share(near, box) for box in places]
    best = next((n for n, share in enumerate(shares) if share <= CLEAR), shares.index(min(shares)))
    return overlay if best == 0 else replace(overlay, place=place_of(places[best], canvas))


def _places(overlay: Overlay, layout: Layout) -> list[Box]:
    """The usual one first."""
    safe, unit = layout.safe, layout.unit
    tops: tuple[float, ...]
    if overlay.place is not None:
        return []
    if overlay.kind is OverlayKind.heading:
        tops = (float(layout.heading_top), layout.tag_bottom - HEADING_PX * unit, safe.bottom - HEADING_PX * unit)
        return [Box(safe.left, top, safe.right, top + HEADING_PX * unit) for top in tops]
    if overlay.kind is OverlayKind.price_tag:
        width, height = TAG_SHARE * safe.width, TAG_PX * unit
        under = layout.heading_top + HEADING_PX * unit
        tops = (layout.tag_bottom - height, under, float(layout.heading_top), safe.bottom - height)
        return [Box(left, top, left + width, top + height) for top in tops for left in (safe.left, safe.right - width)]
    return []


def _covered(captions: Sequence[Caption], anchor: Anchor, seen: Sequence[Seen], layout: Layout) -> float:
    band = layout.caption_band(anchor)
    near = (s for s in seen if any(s.start < c.start + c.length and c.start < s.end for c in captions))
    return _share(near, band)


def _share(near: Iterable[Seen], box: Box) -> float:
    return sum(seen.box.covered_by(box) for seen in near)


def _on_canvas(clip: Clip, subject: Subject, canvas: Canvas) -> Box:
    width, height = clip.media.width_px // 2 * 2, clip.media.height_px // 2 * 2
    frame = frame_of(width, height, rect_of(clip.place, canvas), clip.fit)
    windows = [window_at(width, height, frame, clip.motion, moment) for moment in MOMENTS]
    left, right = (side * width for side in (subject.left, subject.left + subject.width))
    top, bottom = (side * height for side in (subject.top, subject.top + subject.height))
    whole = Box(
        min(frame.left + (left - w.left) / w.scale for w in windows),
        min(frame.top + (top - w.top) / w.scale for w in windows),
        max(frame.left + (right - w.left) / w.scale for w in windows),
        max(frame.top + (bottom - w.top) / w.scale for w in windows),
    )
    return whole.within(Box(frame.left, frame.top, frame.left + frame.width, frame.top + frame.height))
