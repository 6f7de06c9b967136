"""x264 settings by name: points of the speed-quality frontier that was measured for the composition engine."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    preset: str
    crf: int
    params: str
    """x264's own options, `:` between them."""

    def options(self, *, threads: int) -> dict[str, str]:
        return {"preset": self.preset, "crf": str(self.crf), "x264-params": self.params, "threads": str(threads)}


ENCODERS = {
    "fastest": Encoder(
        preset="ultrafast",
        crf=23,
        params="cabac=1:no-deblock=0:subme=1:8x8dct=1:bframes=3:b-adapt=0:partitions=i8x8,i4x4:keyint=60",
    ),
    # Adaptive quantisation stays on here: a small picture costs little, and dark gradients do not band.
    "fast": Encoder(preset="superfast", crf=23, params="b-adapt=0:keyint=60"),
    "quality": Encoder(preset="veryfast", crf=21, params="keyint=60"),
}


def encoder(name: str) -> Encoder:
    try:
        return ENCODERS[name]
    except KeyError:
        raise InvalidInput(f"unknown encoder preset {name!r}; there are: {', '.join(ENCODERS)}", code="encode.unknown_encoder") from None
