"""From a Cut to its frame recipes: pure, without a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from libs.common.media.footage import MediaKind
from libs.common.media.timeline import Clip, Cut, Fit
from services.composition.effects import look_of
from services.composition.geometry import Rect, Window, axes, backdrop_view, frame_of, view_of, visible, window_at
from services.composition.recipe import IDENTITY, Feed, FeedKind, FrameRecipe, Layer, Look, PatchKind, PatchPlan, Stamp, View
from services.composition.stamps import caption_stamp, card_stamp, overlay_stamp
from services.composition.transitions import Placement, transition

BACKDROP_LOOK = Look(y=tuple(16 + (level - 16) * 0.55 for level in IDENTITY), vignette=0.25)
"""A backdrop is dark enough to leave the eye on the picture."""
SHAPES_MIX = 0.5
CARD_OVERSIZE = 1.25
"""A card's gradient is drawn larger than the canvas: it drifts."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One view of a clip: where it lies, and how it looks."""

    view: int
    frame: Rect
    look: int
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


class ScenePlan:
    """The recipes of one scene. Everything is decided when it is made; `frame` only counts."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.feeds: list[Feed] = []
        self.views: list[View] = []
        self.looks: list[Look] = []
        self.patches: list[PatchPlan] = []
        self._tracks = [self._track(clip, number) for number, clip in enumerate(cut.clips)]
        leaving = cut.transition
        self._leaving = None if leaving is None else self._track(leaving.outgoing, len(cut.clips))
        self._captions = [
            [self._patch(PatchPlan(kind=PatchKind.caption, index=number, active=word)) for word in range(len(caption.words))]
            for number, caption in enumerate(cut.captions)
        ]
        self._overlays = [self._patch(PatchPlan(kind=PatchKind.overlay, index=number)) for number in range(len(cut.overlays))]

    def frame(self, number: int) -> FrameRecipe:
        """The recipe of frame `number`, counted from the scene's start."""
        track = next(t for t in self._tracks if t.clip.start <= number < t.clip.start + t.clip.length)
        shown = [(track, Placement())]
        fade = 1.0
        if self._leaving is not None and self.cut.transition is not None and number < self.cut.transition.length:
            fade = (number + 1) / (self.cut.transition.length + 1)
            outgoing, incoming = transition(self.cut.transition.name)(fade)
            shown = [(self._leaving, outgoing), (track, incoming)]
        layers: list[Layer] = []
        stamps: list[Stamp] = []
        times: list[tuple[int, Fraction]] = []
        for part, placement in shown:
            layers += self._layers(part, placement, number)
            if part.clip.source_start is not None:
                elapsed_s = (number - part.clip.start) / self.cut.canvas.rate
                times.append((part.feed, part.clip.source_start.seconds + elapsed_s))
            if part.card_patch is not None:
                leaves = 1 - fade if part is self._leaving else 1.0
                stamps.append(card_stamp(part.card_patch, number - part.clip.start, part is self._leaving, leaves, self.cut.canvas))
        return FrameRecipe(layers=tuple(layers), stamps=(*stamps, *self._stamps(number)), times=tuple(times))

    def _stamps(self, number: int) -> list[Stamp]:
        cut = self.cut
        stamps = [
            overlay_stamp(patch, overlay, number, cut.canvas)
            for patch, overlay in zip(self._overlays, cut.overlays, strict=True)
            if overlay.start <= number < overlay.start + overlay.length
        ]
        for patches, caption in zip(self._captions, cut.captions, strict=True):
            if caption.start <= number < caption.start + caption.length:
                begun = [index for index, word in enumerate(caption.words) if word.start <= number]
                stamps.append(caption_stamp(patches[begun[-1] if begun else 0], number - caption.start, cut.canvas))
        return stamps

    def _layers(self, track: _Track, placement: Placement, number: int) -> list[Layer]:
        canvas, clip = self.cut.canvas, track.clip
        progress = (number - clip.start) / max(1, clip.length - 1)
        layers = []
        for strip in track.strips:
            shows = visible(strip.frame, placement, canvas)
            mix = strip.mix * placement.mix
            if shows is None or mix <= 0:
                continue
            view, feed = self.views[strip.view], self.feeds[self.views[strip.view].feed]
            if strip.backdrop:
                window = Window(view.left, view.top, view.width / canvas.width_px)
            else:
                window = window_at(feed.width_px, feed.height_px, strip.frame, clip.motion, progress)
            if strip.mirrored:
                right = feed.width_px - strip.frame.width * window.scale - window.left
                window = Window(right, window.top, window.scale)
            x, y = axes(window, view, strip.frame, placement, canvas)
            layers.append(
                Layer(
                    view=strip.view,
                    x=x,
                    y=y,
                    left=shows.left,
                    top=shows.top,
                    width=shows.width,
                    height=shows.height,
                    look=strip.look,
                    mix=mix,
                )
            )
        return layers

    def _track(self, clip: Clip, number: int) -> _Track:
        canvas = self.cut.canvas
        if clip.media.kind is MediaKind.card:
            return self._card(clip, number)
        kind = FeedKind.video if clip.media.kind is MediaKind.video else FeedKind.image
        width, height = clip.media.width_px // 2 * 2, clip.media.height_px // 2 * 2
        feed = self._feed(Feed(kind=kind, media=clip.media, width_px=width, height_px=height))
        frame = frame_of(width, height, canvas, clip.fit)
        strips = []
        if clip.fit is Fit.blur:
            back = self._view(backdrop_view(feed, width, height, canvas))
            strips.append(_Strip(back, Rect(0, 0, canvas.width_px, canvas.height_px), self._look(BACKDROP_LOOK), backdrop=True))
        view = self._view(view_of(feed, width, height, frame, clip.motion, still=kind is FeedKind.image))
        strips.append(_Strip(view, frame, self._look(look_of(clip.effects))))
        return _Track(clip, feed, tuple(strips), None)

    def _card(self, clip: Clip, number: int) -> _Track:
        """Two gradients, one over the other, that drift against each other; the text lies above both."""
        canvas = self.cut.canvas
        width, height = (round(side * CARD_OVERSIZE / 2) * 2 for side in (canvas.width_px, canvas.height_px))
        frame = Rect(0, 0, canvas.width_px, canvas.height_px)
        look = self._look(look_of(clip.effects))
        seed = self.cut.scene - (number == len(self.cut.clips))  # the outgoing card looks as it did in its own scene
        strips = []
        for kind in (FeedKind.ground, FeedKind.shapes):
            feed = self._feed(Feed(kind=kind, media=clip.media, width_px=width, height_px=height, seed=seed))
            plain = View(feed=feed, left=0, top=0, width=width, height=height, to_width=width, to_height=height)
            shapes = kind is FeedKind.shapes
            strips.append(_Strip(self._view(plain), frame, look, mix=SHAPES_MIX if shapes else 1.0, mirrored=shapes))
        patch = self._patch(PatchPlan(kind=PatchKind.card_text, index=number)) if clip.text else None
        return _Track(clip, len(self.feeds) - 1, tuple(strips), patch)

    def _feed(self, feed: Feed) -> int:
        self.feeds.append(feed)
        return len(self.feeds) - 1

    def _view(self, view: View) -> int:
        self.views.append(view)
        return len(self.views) - 1

    def _look(self, look: Look) -> int:
        if look not in self.looks:
            self.looks.append(look)
        return self.looks.index(look)

    def _patch(self, patch: PatchPlan) -> int:
        self.patches.append(patch)
        return len(self.patches) - 1


def all_clips(cut: Cut) -> list[Clip]:
    """The scene's clips, and the outgoing one of its transition last: what `PatchPlan.index` of a card's text counts."""
    return [*cut.clips, *([cut.transition.outgoing] if cut.transition is not None else [])]
