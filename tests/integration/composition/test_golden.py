"""Every entry of every catalogue looks as it did when somebody last looked at it."""

import numpy as np
import pytest
from PIL import Image

from services.composition.previews.drawn import Kind
from tests.integration.composition.golden import COMMAND, ENTRIES, FOLDER, drawn, path_of

LEAST_PSNR_DB = 40.0


def psnr_db(one, other):
    error = np.mean((one.astype(float) - other.astype(float)) ** 2)
    return 99.0 if error == 0 else 10 * np.log10(255**2 / error)


@pytest.mark.parametrize(("kind", "name"), ENTRIES, ids=[f"{kind}-{name}" for kind, name in ENTRIES])
def test_it_looks_as_it_did(kind, name):
    path = path_of(kind, name)
    assert path.exists(), f"draw it with `{COMMAND}`, and look at it"
    with Image.open(path) as kept:
        expected, found = np.asarray(kept.convert("RGB")), drawn(kind, name)
    assert found.shape == expected.shape, f"if that is meant, run `{COMMAND}`"
    close = psnr_db(found, expected)
    assert close >= LEAST_PSNR_DB, (
        f"{kind}/{name} is {close:.1f} dB from its golden frame; if that is meant, run `{COMMAND}` and look at it"
    )


def test_no_golden_frame_is_left_over():
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.png")} == {f"{kind}/{name}.png" for kind, name in ENTRIES}


def test_no_effect_looks_like_another_or_like_none():
    """A copy, or an effect whose defaults nobody sees."""
    frames = {name: np.asarray(Image.open(path_of(Kind.effect, name)).convert("RGB")) for kind, name in ENTRIES if kind is Kind.effect}
    names = sorted(frames)
    alike = [
        (one, other)
        for at, one in enumerate(names)
        for other in names[at + 1 :]
        if frames[one].shape == frames[other].shape and psnr_db(frames[one], frames[other]) > 50
    ]
    assert alike == []
