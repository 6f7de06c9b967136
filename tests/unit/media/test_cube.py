"""Reading colour tables."""

import pytest

from libs.common.media.cube import read_cube
from libs.common.media.errors import InvalidInput, TooLarge

IDENTITY = "\n".join(f"{r} {g} {b}" for b in (0, 1) for g in (0, 1) for r in (0, 1))


def cube(head="LUT_3D_SIZE 2", body=IDENTITY):
    return f"{head}\n{body}\n".encode()


def test_a_table_is_read_with_red_running_fastest():
    found = read_cube(cube('# a comment\nTITLE "Late sun"\n\nLUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 2'))
    assert (found.title, found.size, found.three_d, found.domain_max) == ("Late sun", 2, True, (1, 1, 2))
    assert list(found.values[:9]) == [0, 0, 0, 1, 0, 0, 0, 1, 0]


def test_a_table_of_curves_and_the_range_lines_of_resolve_are_read():
    found = read_cube(cube("LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE 0.0 2.0", "0 0 0\n.5 .4 .3\n1e0 1 1"))
    assert (found.three_d, found.size, found.domain_max) == (False, 3, (2, 2, 2))
    assert found.values[3] == pytest.approx(0.5)


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm():
    assert read_cube(b"\xef\xbb\xbf" + cube().replace(b"\n", b"\r\n")).size == 2


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"\xff\xfe\x00", "lut.not_text", "text"),
        (b"", "lut.bad_size", "LUT_3D_SIZE"),
        (cube("LUT_3D_SIZE 1"), "lut.bad_size", "line 1"),
        (cube("LUT_3D_SIZE 66"), "lut.bad_size", "2 to 65"),
        (cube("LUT_3D_SIZE two"), "lut.bad_size", "line 1"),
        (cube("LUT_3D_SIZE 9999999999999999999999"), "lut.bad_size", "line 1"),
        (cube("LUT_3D_SIZE 2\nLUT_1D_SIZE 4"), "lut.bad_size", "line 2"),
        (cube("TITLE x"), "lut.bad_size", "line 2"),
        (cube("GAMMA 2.2\nLUT_3D_SIZE 2"), "lut.unknown_line", "line 1"),
        (cube(body=IDENTITY + "\nTITLE late"), "lut.unknown_line", "line 10"),
        (cube(body=IDENTITY.replace("1 1 1", "nan 1 1")), "lut.bad_number", "line 9"),
        (cube(body=IDENTITY.replace("1 1 1", "1 1 inf")), "lut.bad_number", "line 9"),
        (cube(body=IDENTITY.replace("1 1 1", "1 1 1e30")), "lut.bad_number", "line 9"),
        (cube(body=IDENTITY.replace("0 0 0", "0 0", 1)), "lut.bad_number", "line 2"),
        (cube(body=IDENTITY.replace("0 0 0", "0 0 0x1", 1)), "lut.bad_number", "line 2"),
        (cube(body=IDENTITY + "\n0 0 0"), "lut.line_count", "line 10"),
        (cube(body=IDENTITY.partition("\n")[2]), "lut.line_count", "7 are there"),
        (cube("LUT_3D_SIZE 2\nDOMAIN_MIN 1 0 0"), "lut.bad_domain", "minimum"),
    ],
)
def test_a_table_that_is_wrong_is_refused_and_its_line_named(data, code, said):
    with pytest.raises(InvalidInput) as refused:
        read_cube(data)
    assert refused.value.code == code
    assert said in refused.value.detail


def test_a_file_that_is_far_too_large_is_not_read():
    with pytest.raises(TooLarge):
        read_cube(b"#" * ((16 << 20) + 1))
