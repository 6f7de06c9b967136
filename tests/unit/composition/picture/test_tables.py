"""Colour tables made ready for drawing."""

from fractions import Fraction

import numpy as np
import pytest

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.cube import read_cube
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.timeline import Effect
from services.composition.effects import CATALOGUE, stack_of
from services.composition.moment import Moment
from services.composition.tables import FOLDER, built_in, grid_of
from services.composition.tables.made import LOOKS, cube_text

MOMENT = Moment(frame=0, length=9, rate=Fraction(30), width_px=180, height_px=320)
SWAP = "LUT_3D_SIZE 2\n" + "\n".join(f"{b} {r} {g}" for b in (0, 1) for g in (0, 1) for r in (0, 1))


def test_the_shipped_tables_are_what_their_formulas_make():
    assert {path.stem for path in FOLDER.glob("*.cube")} == set(LOOKS)
    assert all((FOLDER / f"{name}.cube").read_text() == cube_text(name) for name in LOOKS)
    assert set(next(param for param in CATALOGUE["lut"].params if param.name == "look").choices) == set(LOOKS)


@pytest.mark.parametrize("name", LOOKS)
def test_a_shipped_table_keeps_black_dark_white_bright_and_grey_rising(name):
    table = built_in(name).values
    greys = np.array([table[i, i, i].mean() for i in range(len(table))])
    assert greys[0] < 0.1
    assert greys[-1] > 0.9
    assert (np.diff(greys) > 0).all()


def test_a_wider_domain_is_brought_to_ours():
    axis = "\n".join(f"{r} {g} {b}" for b in (0, 1, 2) for g in (0, 1, 2) for r in (0, 1, 2))
    grid = grid_of(read_cube(f"LUT_3D_SIZE 3\nDOMAIN_MAX 2 2 2\n{axis}".encode()))
    assert grid[0, 0, 2] == pytest.approx((1, 0, 0))
    assert grid[1, 1, 1] == pytest.approx((0.5, 0.5, 0.5))


def test_curves_act_on_each_channel_by_itself():
    grid = grid_of(read_cube(b"LUT_1D_SIZE 2\n1 0 0\n0 1 0.5\n"))
    assert grid[-1, 0, 0] == pytest.approx((1, 0, 0.5))
    assert grid[0, -1, -1] == pytest.approx((0, 1, 0))


def test_an_uploaded_table_is_read_before_the_first_frame():
    blobs = MemoryBlobStore()
    key = store_content(blobs, "uploads", SWAP.encode(), "cube").key
    stack = stack_of((Effect(name="lut", params={"file": key}),))
    with pytest.raises(Defect):
        stack.filters(MOMENT)
    (filter_,) = stack.loaded(blobs.get).filters(MOMENT)
    assert filter_.table.values[0, 0, 1] == pytest.approx((0, 1, 0))
    assert stack.loaded(blobs.get).filters(MOMENT) == (filter_,)


def test_an_upload_that_is_no_table_is_refused_by_its_line():
    blobs = MemoryBlobStore()
    key = store_content(blobs, "uploads", b"LUT_3D_SIZE 2\n0 0 0\n", "cube").key
    with pytest.raises(InvalidInput) as refused:
        stack_of((Effect(name="lut", params={"file": key}),)).loaded(blobs.get)
    assert refused.value.code == "lut.line_count"
