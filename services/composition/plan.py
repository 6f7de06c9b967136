"""From a Cut to its frame recipes: pure, without a pixel."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from fractions import Fraction

from libs.common.blobs.base import BlobStore
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Fit, Overlay
from services.composition.captions import arrivals
from services.composition.effects import Stack, stack_of
from services.composition.geometry import Rect, Window, axes, backdrop_view, even, frame_of, rect_of, view_of, visible, window_at
from services.composition.grading import covered
from services.composition.moment import Moment
from services.composition.overlays import OverlayParams, overlay_params, overlay_state
from services.composition.recipe import (
    IDENTITY,
    PLAIN,
    Axis,
    Feed,
    FeedKind,
    FrameRecipe,
    Layer,
    Look,
    PatchKind,
    PatchPlan,
    Sampling,
    Stamp,
    View,
)
from services.composition.speed import played
from services.composition.stamps import caption_stamp, card_stamp, overlay_stamp
from services.composition.theme import theme_of
from services.composition.transitions import Placement, transition

BACKDROP_LOOK = Look(y=tuple(16 + (level - 16) * 0.55 for level in IDENTITY), vignette=0.25)
"""A backdrop is dark enough to leave the eye on the picture."""
SHAPES_MIX = 0.5
CARD_OVERSIZE = 1.25
"""A card's gradient is drawn larger than the canvas: it drifts."""
OVER_ALL_SEED = 0
"""Of what looks random in effects over the whole picture: the same in every cut."""
BLACK = "#000000"
PLAIN_PX = 4
"""Side of the picture of a plain colour; sampling repeats its edge."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One view of a clip: where it lies, and how it looks."""

    view: int
    frame: Rect
    look: Look | None
    """None for the look that the clip's effects give."""
    sampling: Sampling = Sampling.bilinear
    mix: float = 1.0
    mirrored: bool = False
    """Moves against the clip's motion."""
    backdrop: bool = False


@dataclass(frozen=True, slots=True)
class _Track:
    """A clip made ready."""

    clip: Clip
    feed: int
    strips: tuple[_Strip, ...]
    card_patch: int | None
    stack: Stack
    seed: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """An overlay made ready."""

    params: OverlayParams
    states: tuple[int, ...]
    """In each of its frames."""
    patches: dict[int, int]
    """The drawing of each state."""


class ScenePlan:
    """The recipes of one scene. Everything is decided when it is made; `frame` only counts."""

    def __init__(self, cut: Cut, blobs: BlobStore | None = None) -> None:
        """`blobs` holds what effects have to read before the first frame: colour tables. Without it they are only checked."""
        self.cut = cut
        self._blobs = blobs
        self.feeds: list[Feed] = []
        self.views: list[View] = []
        self.looks: list[Look] = []
        self.patches: list[PatchPlan] = []
        self._theme = theme_of(cut)
        self._look_numbers: dict[Look, int] = {}
        self._below: int | None = None
        clips = all_clips(cut)
        tracks = [self._track(clip, number) for number, clip in enumerate(clips)]
        self._tracks = tracks[: len(cut.clips)]
        self._insets = tracks[len(cut.clips) : len(cut.clips) + len(cut.insets)]
        self._leaving = tracks[-1] if cut.transition is not None else None
        leaving = cut.transition
        self._place = None if leaving is None else transition(leaving.name, leaving.params, cut.canvas)
        self._over_all = self._stack(cut.effects)
        arriving = arrivals(cut.caption_style, cut.canvas.rate, cut.caption_params) if cut.captions else ()
        self._captions = [
            [
                [self._patch(PatchPlan(kind=PatchKind.caption, index=number, active=word, arrived=arrived)) for arrived in arriving]
                for word in range(len(caption.words))
            ]
            for number, caption in enumerate(cut.captions)
        ]
        self._overlays = [self._standing(overlay, number) for number, overlay in enumerate(cut.overlays)]

    def frame(self, number: int) -> FrameRecipe:
        """The recipe of frame `number`, counted from the scene's start."""
        track = next(t for t in self._tracks if t.clip.start <= number < t.clip.start + t.clip.length)
        insets = [t for t in self._insets if t.clip.start <= number < t.clip.start + t.clip.length]
        pictures: list[tuple[list[_Track], Placement | None, float]] = [([track, *insets], None, 1.0)]
        if self._leaving is not None and self._place is not None and number < self._leaving.clip.length:
            progress = (number + 1) / (self._leaving.clip.length + 1)
            outgoing, incoming = self._place(progress)
            # Insets that begin with the scene come in with it; others lie above the change.
            arriving = [t for t in insets if t.clip.start == 0]
            old, new = ([self._leaving], outgoing, 1 - progress), ([track, *arriving], incoming, 1.0)
            pictures = [new, old] if outgoing.above else [old, new]
            pictures.append(([t for t in insets if t.clip.start != 0], None, 1.0))
        layers: list[Layer] = []
        stamps: list[Stamp] = []
        times: list[tuple[int, Fraction]] = []
        for parts, placement, leaves in pictures:
            if placement is None:
                layers += [layer for part in parts for layer in self._clip(part, Placement(), number)]
            else:
                layers += [layer for piece in (placement, *placement.also) for layer in self._picture(parts, piece, number)]
            for part in parts:
                if part.clip.source_start is not None:
                    times.append((part.feed, part.clip.source_start.seconds + played(part.clip, number - part.clip.start) / self._rate))
                if part.card_patch is not None:
                    stamps.append(self._card_stamp(part, part.card_patch, placement or Placement(), number, leaves))
        whole = Rect(0, 0, self.cut.canvas.width_px, self.cut.canvas.height_px)
        if self.cut.background != BLACK and not (layers and not layers[0].filters and _hides(layers[0], whole, self.cut.canvas)):
            layers.insert(0, self._ground(whole, Placement(), number))
        moment = self._moment_of_all(number)
        filters = self._over_all.reframed(moment) + self._over_all.filters(moment)
        return FrameRecipe(layers=tuple(layers), filters=filters, stamps=(*stamps, *self._stamps(number)), times=tuple(times))

    @property
    def _rate(self) -> Fraction:
        return self.cut.canvas.rate

    def _card_stamp(self, track: _Track, patch: int, placement: Placement, number: int, leaves: float) -> Stamp:
        """The text of a card comes and goes with its clip and is carried along by a transition."""
        canvas, clip = self.cut.canvas, track.clip
        frame = number - clip.start
        stamp = card_stamp(patch, frame, track is self._leaving, leaves, canvas)
        shift_x, shift_y = self._shift(placement)
        opacity = stamp.opacity * clip.opacity * _fade(clip, frame) * placement.mix * (1 - placement.tint)
        return replace(stamp, dx=stamp.dx + shift_x, dy=stamp.dy + shift_y, opacity=opacity)

    def _moment(self, frame: int, length: int, seed: int) -> Moment:
        canvas = self.cut.canvas
        return Moment(frame=frame, length=length, rate=canvas.rate, width_px=canvas.width_px, height_px=canvas.height_px, seed=seed)

    def _moment_of_all(self, number: int) -> Moment:
        """Of effects over the whole picture. They go on from cut to cut, so that nobody sees where the edit falls into pieces."""
        return self._moment(self.cut.effects_before + number, self.cut.effects_length or self.cut.length, OVER_ALL_SEED)

    def _stamps(self, number: int) -> list[Stamp]:
        cut = self.cut
        stamps = [
            overlay_stamp(standing.patches[standing.states[number - overlay.start]], overlay, standing.params, number, cut.canvas)
            for standing, overlay in zip(self._overlays, cut.overlays, strict=True)
            if overlay.start <= number < overlay.start + overlay.length
        ]
        for patches, caption in zip(self._captions, cut.captions, strict=True):
            if caption.start <= number < caption.start + caption.length:
                active = max((index for index, word in enumerate(caption.words) if word.start <= number), default=0)
                age = max(0, number - caption.words[active].start)
                patch = patches[active][min(age, len(patches[active]) - 1)]
                stamps.append(caption_stamp(patch, number - caption.start, cut.canvas))
        return stamps

    def _standing(self, overlay: Overlay, number: int) -> _Standing:
        params = overlay_params(overlay, field=f"/overlays/{number}")
        states = tuple(overlay_state(overlay, params, frame, self.cut.canvas) for frame in range(overlay.length))
        patches = {state: self._patch(PatchPlan(kind=PatchKind.overlay, index=number, active=state)) for state in dict.fromkeys(states)}
        return _Standing(params, states, patches)

    def _picture(self, tracks: list[_Track], placement: Placement, number: int) -> list[Layer]:
        """Clips under a transition, as one picture over the background. Filters see it where it lies, whole, and the result is shifted:
        else a pattern would move with its picture."""
        canvas = self.cut.canvas
        still = replace(placement, shift_x=0.0, shift_y=0.0) if placement.filters else placement
        shows = visible(Rect(0, 0, canvas.width_px, canvas.height_px), still, canvas)
        if shows is None or placement.mix <= 0:
            return []
        layers = [layer for track in tracks for layer in self._clip(track, still, number)]
        cut = not placement.filters and any(layer.filters for layer in layers) and not _whole(placement)
        as_one = placement.mix < 1 or bool(placement.filters) or cut
        if not layers or cut or not _hides(layers[0], shows, canvas) or (as_one and len(layers) > 1 and layers[0].filters):
            layers.insert(0, self._ground(shows, placement, number))
        if not as_one:
            return layers
        base = layers[0]
        filters = base.filters + placement.filters
        # Without filters the layers lie where they belong already.
        shift_x, shift_y = self._shift(placement) if filters else (0, 0)
        over = base.over + tuple(layers[1:])
        return [replace(base, mix=placement.mix, filters=filters, over=over, shift_x=shift_x, shift_y=shift_y)]

    def _ground(self, shows: Rect, placement: Placement, number: int) -> Layer:
        """The background below clips that do not cover the canvas, tinted as they are."""
        colour = self.cut.background
        if self._below is None:
            media = Media(kind=MediaKind.colour)
            feed = self._feed(Feed(kind=FeedKind.colour, media=media, width_px=PLAIN_PX, height_px=PLAIN_PX, colour=colour))
            plain = View(feed=feed, left=0, top=0, width=PLAIN_PX, height=PLAIN_PX, to_width=PLAIN_PX, to_height=PLAIN_PX)
            self._below = self._view(plain)
        at = Axis(0.0, PLAIN_PX / 2)
        # Black that nobody asked for stays black, like the canvas that it stands for.
        own = PLAIN if colour == BLACK else self._with_over_all(PLAIN, number)
        look = self._look(self._tinted(own, placement))
        return Layer(view=self._below, x=at, y=at, left=shows.left, top=shows.top, width=shows.width, height=shows.height, look=look)

    def _clip(self, track: _Track, placement: Placement, number: int) -> list[Layer]:
        """A clip where the placement's shift, zoom and part of the canvas put it, with its own effects; its views as one where they
        have to be."""
        clip = track.clip
        moment = self._moment(clip.before + number - clip.start, clip.before or clip.length, track.seed)
        filters = track.stack.filters(moment)
        mix = clip.opacity * _fade(clip, number - clip.start)
        shift_x = shift_y = 0
        if filters:  # they see the clip whole and where it lies
            shift_x, shift_y = self._shift(placement)
            placement = replace(placement, shift_x=0.0, shift_y=0.0, left=0.0, right=1.0, top=0.0, bottom=1.0)
        look = self._tinted(self._with_over_all(track.stack.look(moment), number), placement)
        found = (self._strip(track, strip, placement, moment, look) for strip in track.strips)
        layers = [layer for layer in found if layer is not None]
        if mix <= 0 or not layers:
            return []
        if mix >= 1 and not filters:
            return layers
        first, *rest = layers
        return [replace(first, mix=first.mix * mix, filters=filters, over=tuple(rest), shift_x=shift_x, shift_y=shift_y)]

    def _strip(self, track: _Track, strip: _Strip, placement: Placement, moment: Moment, look: Look) -> Layer | None:
        canvas, clip = self.cut.canvas, track.clip
        shows = visible(strip.frame, placement, canvas)
        if shows is None:
            return None
        view, feed = self.views[strip.view], self.feeds[self.views[strip.view].feed]
        if strip.backdrop:
            window = Window(view.left, view.top, view.width / strip.frame.width)
        else:
            cameras = track.stack.cameras(moment)
            window = window_at(feed.width_px, feed.height_px, strip.frame, clip.motion, moment.progress, cameras)
        if strip.mirrored:
            right = feed.width_px - strip.frame.width * window.scale - window.left
            window = Window(right, window.top, window.scale)
        x, y = axes(window, view, strip.frame, placement, canvas)
        own = look if strip.look is None else self._tinted(strip.look, placement)
        return Layer(
            view=strip.view,
            x=x,
            y=y,
            left=shows.left,
            top=shows.top,
            width=shows.width,
            height=shows.height,
            look=self._look(own),
            sampling=strip.sampling,
            mix=strip.mix,
        )

    def _tinted(self, look: Look, placement: Placement) -> Look:
        if placement.tint <= 0:
            return look
        return covered(look, self._theme.colour(placement.colour).hex, placement.tint)

    def _shift(self, placement: Placement) -> tuple[int, int]:
        return even(placement.shift_x * self.cut.canvas.width_px), even(placement.shift_y * self.cut.canvas.height_px)

    def _with_over_all(self, look: Look, number: int) -> Look:
        """Looks of effects over the whole picture go on each layer: a tone curve of a mix is the mix of tone curves, near enough."""
        return self._over_all.look(self._moment_of_all(number), look)

    def _track(self, clip: Clip, number: int) -> _Track:
        canvas = self.cut.canvas
        stack = self._stack(clip.effects)
        seed = _seed_of(clip)
        room = rect_of(clip.place, canvas)
        if clip.media.kind is MediaKind.card:
            return self._card(clip, number, stack, seed, room)
        if clip.media.kind is MediaKind.colour:
            feed = self._feed(Feed(kind=FeedKind.colour, media=clip.media, width_px=PLAIN_PX, height_px=PLAIN_PX, colour=clip.colour))
            plain = View(feed=feed, left=0, top=0, width=PLAIN_PX, height=PLAIN_PX, to_width=PLAIN_PX, to_height=PLAIN_PX)
            return _Track(clip, feed, (_Strip(self._view(plain), room, None),), None, stack, seed)
        kind = FeedKind.video if clip.media.kind is MediaKind.video else FeedKind.image
        width, height = clip.media.width_px // 2 * 2, clip.media.height_px // 2 * 2
        feed = self._feed(Feed(kind=kind, media=clip.media, width_px=width, height_px=height))
        frame = frame_of(width, height, room, clip.fit)
        strips = []
        if clip.fit is Fit.blur:
            back = self._view(backdrop_view(feed, width, height, room))
            strips.append(_Strip(back, room, BACKDROP_LOOK, backdrop=True))
        roams = bool(stack.cameras(self._moment(0, clip.length, seed)))
        view, sampling = view_of(feed, width, height, frame, clip.motion, still=kind is FeedKind.image, roams=roams)
        strips.append(_Strip(self._view(view), frame, None, sampling))
        return _Track(clip, feed, tuple(strips), None, stack, seed)

    def _card(self, clip: Clip, number: int, stack: Stack, seed: int, room: Rect) -> _Track:
        """Two gradients, one over the other, that drift against each other; the text lies above both."""
        width, height = (round(side * CARD_OVERSIZE / 2) * 2 for side in (room.width, room.height))
        strips = []
        for kind in (FeedKind.ground, FeedKind.shapes):
            feed = self._feed(Feed(kind=kind, media=clip.media, width_px=width, height_px=height, seed=seed))
            plain = View(feed=feed, left=0, top=0, width=width, height=height, to_width=width, to_height=height)
            shapes = kind is FeedKind.shapes
            strips.append(_Strip(self._view(plain), room, None, mix=SHAPES_MIX if shapes else 1.0, mirrored=shapes))
        patch = self._patch(PatchPlan(kind=PatchKind.card_text, index=number)) if clip.text or clip.params else None
        return _Track(clip, len(self.feeds) - 1, tuple(strips), patch, stack, seed)

    def _stack(self, effects: tuple[Effect, ...]) -> Stack:
        stack = stack_of(effects)
        return stack if self._blobs is None else stack.loaded(self._blobs.get)

    def _feed(self, feed: Feed) -> int:
        self.feeds.append(feed)
        return len(self.feeds) - 1

    def _view(self, view: View) -> int:
        self.views.append(view)
        return len(self.views) - 1

    def _look(self, look: Look) -> int:
        if look not in self._look_numbers:
            self._look_numbers[look] = len(self.looks)
            self.looks.append(look)
        return self._look_numbers[look]

    def _patch(self, patch: PatchPlan) -> int:
        self.patches.append(patch)
        return len(self.patches) - 1


def _fade(clip: Clip, frame: int) -> float:
    """How far the clip has come up, or has not yet gone, 0..1."""
    come = (frame + 1) / (clip.fade_in + 1) if clip.fade_in else 1.0
    stay = (clip.length - frame) / (clip.fade_out + 1) if clip.fade_out else 1.0
    return min(1.0, max(0.0, come), max(0.0, stay))


def _hides(layer: Layer, shows: Rect, canvas: Canvas) -> bool:
    """Nothing of what is below such a layer is seen in this part of the canvas, unless its filters let it through."""
    left, top = max(0, layer.left + layer.shift_x), max(0, layer.top + layer.shift_y)
    right = min(canvas.width_px, layer.left + layer.shift_x + layer.width)
    bottom = min(canvas.height_px, layer.top + layer.shift_y + layer.height)
    return layer.mix >= 1 and (left, top, right - left, bottom - top) == (shows.left, shows.top, shows.width, shows.height)


def _seed_of(clip: Clip) -> int:
    """The same wherever a clip is shown: in each piece of an edit, and in the transition that it leaves by."""
    source = clip.media.blob.key if clip.media.blob is not None else f"{clip.style} {clip.text} {clip.subtext}"
    return zlib.crc32(source.encode()) % 1_000_000


def _whole(placement: Placement) -> bool:
    return (placement.left, placement.right, placement.top, placement.bottom) == (0.0, 1.0, 0.0, 1.0)


def all_clips(cut: Cut) -> list[Clip]:
    """The main track, the insets, and the outgoing clip of the transition last: what `PatchPlan.index` of a card's text counts."""
    return [*cut.clips, *cut.insets, *([cut.transition.outgoing] if cut.transition is not None else [])]
