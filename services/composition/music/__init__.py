"""Music written by the program itself, so that nobody holds rights in it: one file a style, found by itself.

A piece is decided by its style, length and seed alone. It fills its length exactly: intro, build-up, tune, and a last chord that rings out
with the last picture.
"""

from __future__ import annotations

import importlib
import pkgutil
from fractions import Fraction

import numpy as np

from libs.common.media.brief import Scenario, Tone
from services.composition.music import styles
from services.composition.music.plan import BEATS, plan, steady_plan
from services.composition.music.room import finished
from services.composition.music.score import Score, Style, harmonised
from services.composition.sound import Signal


def _catalogue() -> dict[str, Style]:
    modules = (importlib.import_module(f"{styles.__name__}.{found.name}") for found in pkgutil.iter_modules(styles.__path__))
    return {style.name: style for style in (module.STYLE for module in modules)}


STYLES = _catalogue()


def choose_style(tone: Tone, scenario: Scenario) -> Style:
    """A style made for the scenario goes first, then one for the tone; ties by name."""
    return min(STYLES.values(), key=lambda style: (scenario not in style.scenarios, tone not in style.tones, style.name))


def tempo_of(style: Style, *, seed: int) -> Fraction:
    """Beats a minute of a steady piece, whole."""
    return Fraction(round(float(np.random.default_rng(seed).uniform(*style.bpm))))


def compose(style: Style, *, samples: int, seed: int, steady: bool = False) -> Signal:
    """A stereo piece of exactly `samples`, largest value 0.5. The tempo bends a little so that the bars fill the piece, unless it is to
    be `steady`: then it is `tempo_of`, with the first beat at the start."""
    rng = np.random.default_rng(seed)
    wanted_bpm = float(rng.uniform(*style.bpm))
    form = steady_plan(samples, bpm=tempo_of(style, seed=seed)) if steady else plan(samples, bpm=wanted_bpm)
    key, chords = harmonised(style, rng, form.bars)
    score = Score(form, key, chords, rng)
    style.write(score)
    fade = max(samples // 8, samples - form.at(form.bars - 1, BEATS / 4))
    return finished(score.tape, room_s=style.room_s, room_gain=style.room_gain, fade_samples=fade)
