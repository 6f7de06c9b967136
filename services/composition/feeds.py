"""The sources of a scene while it is rendered: what a frame shows of each feed, and the views cut from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np

from libs.common.blobs.base import BlobStore
from libs.common.media.errors import Defect, InvalidInput
from services.composition.card_ground import draw_ground
from services.composition.executors.base import OpenVideo, VideoSource
from services.composition.executors.scaling import resized, softened
from services.composition.frames import VideoReader
from services.composition.palette import parse
from services.composition.pictures import over_white, read_rgba
from services.composition.plan import ScenePlan
from services.composition.planes import Planes, cropped, from_rgb
from services.composition.recipe import Feed, FeedKind, FrameRecipe, View
from services.composition.theme import Theme


class Feeds:
    """Opens each feed when it is first shown, and closes a video once nothing shows it any more."""

    def __init__(self, plan: ScenePlan, theme: Theme, blobs: BlobStore, *, open_video: OpenVideo | None = None) -> None:
        """`open_video` is an executor's own way to the frames of a video; None for the CPU's."""
        self._plan, self._theme, self._blobs = plan, theme, blobs
        self._open_video = open_video or _open_video
        self._readers: dict[int, VideoSource] = {}
        self._stills: dict[int, Planes] = {}
        self.notes: list[str] = []
        self.served: Counter[str] = Counter()
        """Frames by where they came from; complete once all is closed."""

    def pictures(self, recipe: FrameRecipe) -> dict[int, Any]:
        """The whole picture of each feed that the recipe shows."""
        times = dict(recipe.times)
        for gone in [feed for feed in self._readers if feed not in times]:
            self._close(gone)
        shown = {self._plan.views[layer.view].feed for layer in recipe.drawn()}
        return {feed: self._picture(feed, times.get(feed)) for feed in shown}

    def close(self) -> None:
        for feed in list(self._readers):
            self._close(feed)

    def _picture(self, number: int, second: Fraction | None) -> Any:
        feed = self._plan.feeds[number]
        if feed.kind is FeedKind.video:
            if second is None:
                raise Defect("a video without a time", code="render.no_time")
            if number not in self._readers:
                key = self._key(feed)
                self._readers[number] = self._open_video(key, lambda: self._blobs.open(key), second, f"the clip {key}")
            return _checked(self._readers[number].at(second), feed)
        if number not in self._stills:
            self._stills[number] = self._still(feed)
        return self._stills[number]

    def _still(self, feed: Feed) -> Any:
        if feed.kind is FeedKind.image:
            rgba = read_rgba(self._blobs.get(self._key(feed)), name=f"the image {self._key(feed)}")
            return _checked(from_rgb(over_white(rgba[: rgba.shape[0] // 2 * 2, : rgba.shape[1] // 2 * 2])), feed)
        if feed.kind is FeedKind.colour:
            return from_rgb(np.full((feed.height_px, feed.width_px, 3), parse(feed.colour).levels, np.uint8))
        return draw_ground(feed, self._theme)

    def _close(self, number: int) -> None:
        reader = self._readers.pop(number)
        key = self._key(self._plan.feeds[number])
        if reader.damaged:
            self.notes.append(f"damaged source {key}: the last good frame was held")
        if reader.held:
            self.notes.append(f"source {key} ended early: its last frame was held for {reader.held} frames")
        reader.close()
        self.served.update(reader.served)

    @staticmethod
    def _key(feed: Feed) -> str:
        if feed.media.blob is None:
            raise Defect("a picture source without a blob", code="render.no_blob")
        return feed.media.blob.key


def _open_video(key: str, open_blob: Callable[[], BinaryIO], start: Fraction, name: str) -> VideoSource:
    return VideoReader(open_blob(), start=start, name=name)


def _checked(planes: Any, feed: Feed) -> Any:
    """The planner trusts the size that the library noted; an odd last row or column is not used."""
    if (planes.width // 2 * 2, planes.height // 2 * 2) != (feed.width_px, feed.height_px):
        found, noted = f"{planes.width} x {planes.height}", f"{feed.width_px} x {feed.height_px}"
        raise InvalidInput(f"a source is {found} where {noted} was noted", code="media.size_differs")
    return planes


class Views:
    """Pictures made ready for sampling. A still's view is made once."""

    def __init__(self, plan: ScenePlan, prepare: Callable[[Any, View], Any] | None = None) -> None:
        """`prepare` is an executor's own; None for the CPU's."""
        self._plan = plan
        self._prepare = prepare
        self._made: dict[int, tuple[Any, Any]] = {}
        self._spare: dict[int, Planes] = {}

    def of(self, recipe: FrameRecipe, pictures: Mapping[int, Any]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for layer in recipe.drawn():
            view = self._plan.views[layer.view]
            picture = pictures[view.feed]
            source, made = self._made.get(layer.view, (None, None))
            if made is None or source is not picture:
                made = self._prepare(picture, view) if self._prepare else self._on_cpu(picture, layer.view)
                if self._plan.feeds[view.feed].kind is not FeedKind.video:
                    self._made[layer.view] = (picture, made)
            found[layer.view] = made
        return found

    def _on_cpu(self, picture: Planes, number: int) -> Planes:
        """A video's view is drawn over the last one, which no one needs any more: new memory for each frame costs more than the scaling."""
        view = self._plan.views[number]
        spare = self._spare.get(number)
        made = on_cpu(picture, view, spare)
        if _scales(view) and not view.blur_px and self._plan.feeds[view.feed].kind is FeedKind.video:
            self._spare[number] = made
        return made


def _scales(view: View) -> bool:
    return (view.to_width, view.to_height) != (view.width, view.height)


def on_cpu(picture: Planes, view: View, into: Planes | None = None) -> Planes:
    """Crop, scale, blur, each only where the view asks for it. `into` is of the view's size, for what is scaled."""
    whole = (view.left, view.top) == (0, 0) and (view.width, view.height) == (picture.width // 2 * 2, picture.height // 2 * 2)
    made = picture if whole else cropped(picture, view.left, view.top, view.width, view.height)
    if _scales(view):
        made = resized(made, view.to_width, view.to_height, into)
    if view.blur_px:
        made = softened(made, view.blur_px)
    return made
