"""A projector of a hundred years ago: brown, flickering a little, with dust, scratches and a frame that does not stand still."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.chance import chance, wander
from services.composition.effects import Camera
from services.composition.filters.base import Filter
from services.composition.filters.texture import Dust, Grain
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Old film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.8
    """0 leaves the picture alone, 1 is the strongest."""
    dust: Share = 0.7
    """How much dust and scratches show."""


FILM_HZ = 16
"""Frames a second of a hand-cranked camera: dust and flicker change as often, whatever the video's rate."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    """The flicker stays below a tenth of the light, the limit above which WCAG 2.2 counts a flash."""
    if params.amount == 0:
        return look
    light = 1 + 0.07 * (chance(moment.seed, _film_frame(moment), 1) - 0.5)

    def shape(t: float) -> float:
        return light * (0.05 + 0.88 * grading.contrasted(t, 0.5))

    brown = grading.chroma(grading.luma(look, shape), saturation=0.1, u=-10, v=6)
    return grading.mixed(look, grading.darker_corners(brown, 0.42), params.amount)


def camera(params: Params, moment: Moment) -> Camera:
    """The gate is worn: the frame weaves by a few thousandths of its height."""
    k = params.amount
    weave = wander(moment.seconds, 2.2, moment.seed, 2), chance(moment.seed, _film_frame(moment), 3) - 0.5
    return Camera(zoom=1 + 0.02 * k, shift_x=0.003 * k * weave[0], shift_y=0.005 * k * weave[1])


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.amount == 0:
        return ()
    seed = moment.seed * 100_003 + _film_frame(moment)
    size = 2.4 * moment.unit
    grain = Grain(11 * params.amount * min(1.0, size), max(1.0, size), seed)
    return (grain, Dust(params.dust * params.amount, seed)) if params.dust else (grain,)


def _film_frame(moment: Moment) -> int:
    return int(moment.seconds * FILM_HZ // 1)
