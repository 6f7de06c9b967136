"""The built-in colour tables, as formulas: `python -m services.composition.tables.made` writes them anew."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from services.composition.planes import KB, KG, KR
from services.composition.tables import FOLDER

SIZE = 17
Rgb = NDArray[np.float64]
WEIGHTS = np.array([KR, KG, KB])


def golden_hour(rgb: Rgb) -> Rgb:
    """Low sun: amber lights, shadows that keep a little blue."""
    luma = _luma(rgb)
    warm = _toned(_contrast(rgb, 0.2), luma, dark=(-0.01, -0.005, 0.03), bright=(0.07, 0.012, -0.085))
    return _saturated(warm, 1.12)


def clean_commercial(rgb: Rgb) -> Rgb:
    """White that is white, open shadows, colours that sell without shouting."""
    lifted = rgb ** np.array([0.9, 0.9, 0.89])
    return _saturated(_contrast(lifted, 0.32), 1.1)


def soft_film(rgb: Rgb) -> Rgb:
    """Negative film: a long shoulder, lifted greenish blacks, skin a little rosy."""
    luma = _luma(rgb)
    rolled = 1 - (1 - rgb) ** 1.25
    rolled = 0.05 + 0.89 * _contrast(rolled, 0.25)
    return _saturated(_toned(rolled, luma, dark=(-0.02, 0.015, 0.01), bright=(0.025, 0.0, -0.035)), 0.9)


def moody_teal(rgb: Rgb) -> Rgb:
    """Dark and cool with warm skin: shadows far into teal."""
    luma = _luma(rgb)
    dark = _contrast(rgb**1.12, 0.3)
    return _saturated(_toned(dark, luma, dark=(-0.07, 0.015, 0.05), bright=(0.06, 0.01, -0.07)), 0.95)


def fresh_green(rgb: Rgb) -> Rgb:
    """Morning in a garden: bright, clear, greens towards mint."""
    luma = _luma(rgb)
    bright = _contrast(rgb**0.86, 0.12)
    return _saturated(_toned(bright, luma, dark=(-0.02, 0.02, 0.015), bright=(-0.015, 0.02, 0.01)), 1.08)


def chrome_mono(rgb: Rgb) -> Rgb:
    """Black and white through an orange glass: light skin, dark sky, full contrast."""
    grey = rgb @ np.array([0.46, 0.42, 0.12])
    return _contrast(np.repeat(grey[..., None], 3, axis=-1), 0.6)


LOOKS: dict[str, Callable[[Rgb], Rgb]] = {
    look.__name__: look for look in (golden_hour, clean_commercial, soft_film, moody_teal, fresh_green, chrome_mono)
}


def cube_text(name: str) -> str:
    axis = np.linspace(0, 1, SIZE)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    table = np.clip(LOOKS[name](np.stack([red, green, blue], axis=-1)), 0, 1).reshape(-1, 3)
    lines = "\n".join(f"{r:.4f} {g:.4f} {b:.4f}" for r, g, b in table)
    return f'TITLE "{name}"\nLUT_3D_SIZE {SIZE}\n{lines}\n'


def _luma(rgb: Rgb) -> Rgb:
    return np.asarray((rgb @ WEIGHTS)[..., None])


def _contrast(rgb: Rgb, strength: float) -> Rgb:
    return rgb + strength * rgb * (1 - rgb) * (2 * rgb - 1) * 2


def _saturated(rgb: Rgb, factor: float) -> Rgb:
    luma = _luma(rgb)
    return np.asarray(luma + (rgb - luma) * factor)


def _toned(rgb: Rgb, luma: Rgb, *, dark: tuple[float, float, float], bright: tuple[float, float, float]) -> Rgb:
    """Colour for shadows and lights; black and white keep none."""
    shadows, lights = 6.75 * luma * (1 - luma) ** 2, 6.75 * luma**2 * (1 - luma)
    return np.asarray(rgb + shadows * np.array(dark) + lights * np.array(bright))


def main() -> None:
    for name in LOOKS:
        (FOLDER / f"{name}.cube").write_text(cube_text(name))


if __name__ == "__main__":
    main()
