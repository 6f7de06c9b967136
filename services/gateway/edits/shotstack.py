"""A subset of Shotstack's `{timeline, output, merge}` in our words. What does not map is refused with its place, see `docs/edit.md`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from libs.common.media.errors import InvalidInput

CODE = "shotstack.unsupported"
SIZES = {"preview": 288, "mobile": 360, "sd": 576, "hd": 720, "1080": 1080}
"""Short sides of their resolutions."""
ASPECTS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1), "4:5": (4, 5), "4:3": (4, 3)}
FITS = {"crop": "fill", "contain": "contain"}
FADES = {"fade": 1.0, "fadeSlow": 2.0, "fadeFast": 0.5}
MOVES = {"slide": "slide", "wipe": "wipe"}
SPEEDS = {"": 1.0, "Slow": 2.0, "Fast": 0.5}
"""Seconds of their transitions."""
ZOOMS = {"": 1.3, "Slow": 1.15, "Fast": 1.5}
FILTERS: dict[str, dict[str, Any]] = {
    "greyscale": {"name": "mono"},
    "boost": {"name": "grade", "params": {"contrast": 0.2, "saturation": 1.25}},
    "contrast": {"name": "grade", "params": {"contrast": 0.25}},
    "darken": {"name": "grade", "params": {"exposure": -0.3}},
    "lighten": {"name": "grade", "params": {"exposure": 0.3}},
    "muted": {"name": "grade", "params": {"saturation": 0.55}},
    "blur": {"name": "blur"},
}
PLACES = {
    "center": (0.5, 0.5),
    "top": (0.5, 0.0),
    "topRight": (1.0, 0.0),
    "right": (1.0, 0.5),
    "bottomRight": (1.0, 1.0),
    "bottom": (0.5, 1.0),
    "bottomLeft": (0.0, 1.0),
    "left": (0.0, 0.5),
    "topLeft": (0.0, 0.0),
}
"""Share of the room beside a scaled clip that lies to its left and above it."""
IGNORED = {"timeline": {"cache"}, "output": {"quality", "repeat"}}
"""These say how their service works, and change nothing of the video."""


def is_shotstack(body: Mapping[str, Any]) -> bool:
    timeline = body.get("timeline")
    return isinstance(timeline, dict) and "tracks" in timeline and "output" in body


def translated(body: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The edit, and where each part of it stood. Raises an ExceptionGroup of InvalidInput with all that does not map."""
    made = _Translation(body)
    edit = made.edit()
    if made.errors:
        raise ExceptionGroup("not all of it maps", made.errors[:100])
    return edit, made.places


@dataclass(slots=True)
class _Translation:
    body: Mapping[str, Any]
    errors: list[InvalidInput] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def edit(self) -> dict[str, Any]:
        self._only(self.body, {"timeline", "output", "merge"}, "")
        timeline, output = self._dict(self.body["timeline"], "/timeline"), self._dict(self.body["output"], "/output")
        self._only(timeline, {"tracks", "background", "soundtrack"} | IGNORED["timeline"], "/timeline")
        edit: dict[str, Any] = {"title": "Shotstack edit", "tracks": [], "overlays": [], "sounds": []}
        tracks = timeline.get("tracks")
        for number, track in reversed(list(enumerate(tracks))) if isinstance(tracks, list) else []:  # their first track lies on top
            self._track(self._dict(track, f"/timeline/tracks/{number}"), f"/timeline/tracks/{number}", edit)
        self.places |= dict.fromkeys(("/tracks", "/overlays", "/sounds"), "/timeline/tracks")
        if not edit["tracks"]:
            edit["tracks"].append({"clips": []})
        if "background" in timeline:
            edit["background"] = timeline["background"]
            self.places["/background"] = "/timeline/background"
        if "soundtrack" in timeline:
            self._soundtrack(self._dict(timeline["soundtrack"], "/timeline/soundtrack"), edit)
        self._output(output, edit)
        edit["merge"] = self._merge()
        return edit

    def _track(self, track: Mapping[str, Any], at: str, edit: dict[str, Any]) -> None:
        """Sounds and texts have no tracks of ours: they are set apart, and the pictures keep their order."""
        self._only(track, {"clips"}, at)
        clips: list[dict[str, Any]] = []
        ours = f"/tracks/{len(edit['tracks'])}"
        until = 0.0
        found = track.get("clips")
        for number, clip in enumerate(found if isinstance(found, list) else []):
            place = f"{at}/clips/{number}"
            clip = self._dict(clip, place)
            start = until if clip.get("start") == "auto" else clip.get("start")
            length = clip.get("length")
            if isinstance(length, str) and not length.startswith("{{"):
                self._refuse(f"a length of {length!r} is not worked out here; give seconds", f"{place}/length")
                continue
            if isinstance(start, int | float) and isinstance(length, int | float):
                until = start + length
            asset = self._dict(clip.get("asset"), f"{place}/asset")
            kind = asset.get("type")
            if kind in ("video", "image"):
                self.places[f"{ours}/clips/{len(clips)}"] = place
                self.places[f"{ours}/clips/{len(clips)}/media"] = f"{place}/asset/src"
                clips.append(self._picture(clip, asset, start, length, place, main=not edit["tracks"]))
            elif kind == "audio":
                self._only(clip, {"asset", "start", "length"}, place)
                self._add_sound(self._sound(asset, start, length, place), place, edit)
            elif kind in ("title", "text"):
                self.places[f"/overlays/{len(edit['overlays'])}"] = place
                edit["overlays"].append(self._text(clip, asset, start, length, place))
            else:
                self._refuse(f"an asset of type {kind!r} has no counterpart", f"{place}/asset/type")
        if clips:
            edit["tracks"].append({"clips": clips})

    def _picture(
        self, clip: Mapping[str, Any], asset: Mapping[str, Any], start: Any, length: Any, at: str, *, main: bool
    ) -> dict[str, Any]:
        known = {"asset", "start", "length", "fit", "scale", "position", "offset", "opacity", "effect", "filter", "transition"}
        self._only(clip, known, at)
        film = asset.get("type") == "video"
        self._only(asset, {"type", "src", "trim", "volume"} if film else {"type", "src"}, f"{at}/asset")
        made: dict[str, Any] = {"media": {"url": asset.get("src")}, "start": start, "length": length}
        if film:
            made["source_in"] = asset.get("trim", 0)
            made["volume_db"] = self._decibel(asset.get("volume", 1), f"{at}/asset/volume")
        made["fit"] = self._known(FITS, clip.get("fit", "crop"), f"{at}/fit")
        if "opacity" in clip:
            made["opacity"] = clip["opacity"]
        if "filter" in clip:
            made["effects"] = [self._known(FILTERS, clip["filter"], f"{at}/filter")]
        made |= self._place(clip, at)
        made |= self._effect(clip.get("effect"), f"{at}/effect")
        made |= self._transition(self._dict(clip.get("transition", {}), f"{at}/transition"), f"{at}/transition", main=main)
        return made

    def _place(self, clip: Mapping[str, Any], at: str) -> dict[str, Any]:
        if not {"scale", "position", "offset"} & set(clip):
            return {}
        scale = clip.get("scale", 1)
        left, top = PLACES.get(str(clip.get("position", "center")), (math.nan, math.nan))
        offset = self._dict(clip.get("offset", {}), f"{at}/offset")
        if not isinstance(scale, int | float) or not 0 < scale <= 1:
            return self._refuse("a scale lies above 0 and is at most 1", f"{at}/scale")
        if math.isnan(left):
            return self._refuse("unknown position", f"{at}/position")
        try:
            x = left * (1 - scale) + float(offset.get("x", 0))
            y = top * (1 - scale) - float(offset.get("y", 0))  # theirs counts upwards
        except (TypeError, ValueError):
            return self._refuse("an offset is two numbers", f"{at}/offset")
        if not (0 <= x <= 1 - scale + 1e-9 and 0 <= y <= 1 - scale + 1e-9):
            return self._refuse("the clip would leave the picture", f"{at}/offset")
        whole = scale == 1 and x == 0 and y == 0
        return {} if whole else {"place": {"left": round(x, 6), "top": round(y, 6), "width": scale, "height": scale}}

    def _effect(self, effect: Any, at: str) -> dict[str, Any]:
        if effect is None:
            return {}
        name, speed = _speed_of(str(effect))
        far = ZOOMS[speed]
        moves: dict[str, dict[str, float]] = {
            "zoomIn": {"zoom_to": far},
            "zoomOut": {"zoom_from": far},
            "slideLeft": {"zoom_from": far, "zoom_to": far, "pan_x_from": -1, "pan_x_to": 1},
            "slideRight": {"zoom_from": far, "zoom_to": far, "pan_x_from": 1, "pan_x_to": -1},
            "slideUp": {"zoom_from": far, "zoom_to": far, "pan_y_from": -1, "pan_y_to": 1},
            "slideDown": {"zoom_from": far, "zoom_to": far, "pan_y_from": 1, "pan_y_to": -1},
        }
        return {"motion": self._known(moves, name, at)}

    def _transition(self, wanted: Mapping[str, Any], at: str, *, main: bool) -> dict[str, Any]:
        """Fades are fades; slides and wipes are transitions of the main track, coming in alone."""
        self._only(wanted, {"in", "out"}, at)
        made: dict[str, Any] = {}
        for side in ("in", "out"):
            name = wanted.get(side)
            if name is None:
                continue
            if not isinstance(name, str):
                self._refuse("a name is expected", f"{at}/{side}")
                continue
            if name in FADES:
                made[f"fade_{side}"] = FADES[name]
                continue
            plain, speed = _speed_of(name)
            verb = next((verb for verb in MOVES if plain.startswith(verb)), None)
            direction = plain.removeprefix(verb or "").lower()
            if verb is None or direction not in ("left", "right", "up", "down") or side == "out" or not main:
                self._refuse(f"the transition {name!r} has no counterpart here", f"{at}/{side}")
                continue
            made["transition"] = {"name": MOVES[verb], "length": SPEEDS[speed], "params": {"direction": direction}}
        return made

    def _sound(self, asset: Mapping[str, Any], start: Any, length: Any, at: str) -> dict[str, Any]:
        self._only(asset, {"type", "src", "trim", "volume"}, f"{at}/asset")
        return {
            "media": {"url": asset.get("src")},
            "start": start,
            "length": length,
            "source_in": asset.get("trim", 0),
            "volume_db": self._decibel(asset.get("volume", 1), f"{at}/asset/volume"),
        }

    def _add_sound(self, sound: dict[str, Any], at: str, edit: dict[str, Any]) -> None:
        """What is silent is left out."""
        if sound["volume_db"] is not None:
            self.places[f"/sounds/{len(edit['sounds'])}"] = at
            edit["sounds"].append(sound)

    def _text(self, clip: Mapping[str, Any], asset: Mapping[str, Any], start: Any, length: Any, at: str) -> dict[str, Any]:
        self._only(clip, {"asset", "start", "length", "position"}, at)
        self._only(asset, {"type", "text", "color", "font"}, f"{at}/asset")
        font = self._dict(asset.get("font", {}), f"{at}/asset/font")
        self._only(font, {"color", "size"}, f"{at}/asset/font")
        params: dict[str, Any] = {}
        if (colour := font.get("color", asset.get("color"))) is not None:
            params["colour"] = colour
        if isinstance(font.get("size"), int | float):
            params["size_px"] = float(min(300, max(30, font["size"])))
        made: dict[str, Any] = {"kind": "text", "text": asset.get("text", ""), "start": start, "length": length, "params": params}
        position = clip.get("position", "center")
        if not isinstance(position, str) or position not in PLACES:
            self._refuse("unknown position", f"{at}/position")
        elif position != "center":
            left, top = PLACES[position]
            made["place"] = {"left": left * 0.3, "top": top * 0.66, "width": 0.7 if left != 0.5 else 1.0, "height": 0.34}
            if left == 0.5:
                made["place"]["left"] = 0.0
        return made

    def _soundtrack(self, wanted: Mapping[str, Any], edit: dict[str, Any]) -> None:
        at = "/timeline/soundtrack"
        self._only(wanted, {"src", "effect", "volume"}, at)
        sound: dict[str, Any] = {"media": {"url": wanted.get("src")}, "role": "sound"}
        sound["volume_db"] = self._decibel(wanted.get("volume", 1), f"{at}/volume")
        effect = wanted.get("effect")
        if effect in ("fadeIn", "fadeInFadeOut"):
            sound["fade_in"] = 1
        if effect in ("fadeOut", "fadeInFadeOut"):
            sound["fade_out"] = 1
        if effect not in (None, "fadeIn", "fadeOut", "fadeInFadeOut"):
            self._refuse("unknown effect", f"{at}/effect")
        self._add_sound(sound, at, edit)

    def _output(self, output: Mapping[str, Any], edit: dict[str, Any]) -> None:
        known = {"format", "resolution", "aspectRatio", "size", "fps"} | IGNORED["output"]
        self._only(output, known, "/output")
        if output.get("format", "mp4") != "mp4":
            self._refuse("MP4 alone is made", "/output/format")
        edit["rate"] = output.get("fps", 25)
        self.places["/rate"] = "/output/fps"
        self.places["/size"] = "/output/size" if "size" in output else "/output/resolution"
        if "size" in output:
            size = self._dict(output["size"], "/output/size")
            edit["size"] = {"width_px": size.get("width"), "height_px": size.get("height")}
            return
        short = self._known(SIZES, output.get("resolution", "hd"), "/output/resolution")
        across, down = self._known(ASPECTS, output.get("aspectRatio", "16:9"), "/output/aspectRatio") or (16, 9)
        if short:
            side = round(short * max(across, down) / min(across, down) / 2) * 2
            edit["size"] = {"width_px": side, "height_px": short} if across >= down else {"width_px": short, "height_px": side}

    def _merge(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        fields = self.body.get("merge", [])
        if not isinstance(fields, list):
            self._refuse("a list of find and replace is expected", "/merge")
            return values
        for number, item in enumerate(fields):
            pair = self._dict(item, f"/merge/{number}")
            if not isinstance(pair.get("find"), str):
                self._refuse("a name is expected", f"/merge/{number}/find")
                continue
            values[pair["find"]] = pair.get("replace", "")
        return values

    def _decibel(self, volume: Any, at: str) -> float | None:
        """Their 0..1 is a factor; none at all is silence."""
        if not isinstance(volume, int | float) or not 0 <= volume <= 4:
            self._refuse("a volume is a number from 0 to 4", at)
            return None
        return None if volume == 0 else max(-60.0, round(20 * math.log10(volume), 3))

    def _known(self, table: Mapping[str, Any], name: Any, at: str) -> Any:
        if isinstance(name, str) and name in table:
            return table[name]
        self._refuse(f"{name!r} has no counterpart; there are: {', '.join(table)}", at)
        return None

    def _only(self, found: Mapping[str, Any], known: set[str], at: str) -> None:
        for name in found:
            if name not in known:
                self._refuse(f"{name!r} has no counterpart here", f"{at}/{name}")

    def _dict(self, value: Any, at: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._refuse("an object is expected", at)
        return {}

    def _refuse(self, detail: str, at: str) -> dict[str, Any]:
        self.errors.append(InvalidInput(detail, code=CODE, field=at))
        return {}


def _speed_of(name: str) -> tuple[str, str]:
    speed = next((speed for speed in ("Slow", "Fast") if name.endswith(speed)), "")
    return name.removesuffix(speed), speed
