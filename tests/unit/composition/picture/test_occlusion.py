from dataclasses import replace

from services.composition.executors.occlusion import uncovered
from services.composition.recipe import Axis, Layer

WHOLE = Layer(view=0, x=Axis(1, 0), y=Axis(1, 0), look=0, left=0, top=0, width=100, height=200)
MIDDLE = replace(WHOLE, top=60, height=80)


def rectangles(layers: list[Layer]) -> list[tuple[int, int, int, int]]:
    return [(layer.left, layer.top, layer.width, layer.height) for layer in layers]


def test_a_picture_across_the_middle_leaves_two_bands_of_its_backdrop() -> None:
    assert rectangles(uncovered(WHOLE, [MIDDLE])) == [(0, 0, 100, 60), (0, 140, 100, 60)]


def test_a_layer_under_a_whole_opaque_one_is_not_drawn() -> None:
    assert uncovered(MIDDLE, [replace(WHOLE, view=1)]) == []


def test_a_layer_that_lets_light_through_hides_nothing() -> None:
    assert uncovered(WHOLE, [replace(MIDDLE, mix=0.5)]) == [WHOLE]


def test_an_inset_in_a_corner_hides_nothing_worth_the_cutting() -> None:
    assert uncovered(WHOLE, [replace(MIDDLE, left=60, width=40)]) == [WHOLE]
