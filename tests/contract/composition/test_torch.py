"""The parts of the tensor executor, each against what it stands for."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import torch

from libs.common.media.timeline import Canvas, Effect
from services.composition import effects, transitions
from services.composition.executors import choose
from services.composition.executors.base import Patch
from services.composition.executors.torch_compile import Painter
from services.composition.executors.torch_executor import TorchExecutor
from services.composition.executors.torch_planes import black
from services.composition.executors.torch_probe import open_torch
from services.composition.executors.torch_video import FrameStore
from services.composition.feeds import on_cpu
from services.composition.filters.base import Picture
from services.composition.filters.ops import NumpyOps
from services.composition.filters.torch_ops import TorchOps
from services.composition.moment import Moment
from services.composition.planes import Planes, blank
from services.composition.recipe import Axis, FrameRecipe, Layer, Look, Sampling, Stamp, View
from services.composition.settings import CompositionSettings, Drawing

CPU = torch.device("cpu")
SIZE = (190, 334)
WHOLE = Layer(view=0, x=Axis(0.93, 3.37), y=Axis(0.93, 5.81), look=0, left=0, top=0, width=SIZE[0], height=SIZE[1])
LOOK = Look(y=tuple(20 + 12.5 * k for k in range(17)), vignette=0.5)


@pytest.fixture(scope="module")
def executor():
    torch.set_num_threads(1)
    return TorchExecutor(CPU)


def plane(height, width, seed=0):
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(16, 235, (height // 6 + 2, width // 6 + 2))
    rows, columns = np.arange(height) / 6, np.arange(width) / 6
    y, x = rows.astype(int), columns.astype(int)
    fy, fx = (rows - y)[:, None], (columns - x)[None, :]
    a, b = coarse[y][:, x] * (1 - fx) + coarse[y][:, x + 1] * fx, coarse[y + 1][:, x] * (1 - fx) + coarse[y + 1][:, x + 1] * fx
    return (a * (1 - fy) + b * fy).astype(np.float32)


def furthest(one, other):
    return float(np.abs(np.asarray(one, float) - np.asarray(other, float)).max())


NUMPY, TENSORS, PLANE = NumpyOps(), TorchOps(CPU), plane(334, 190)
RNG = np.random.default_rng(4)
PLACES = tuple(RNG.uniform(-10, 345, (2, 80, 60)).astype(np.float32))
CALLS = {
    "a small blur": lambda ops, p, _: ops.blur(p, 2.0, 0.7),
    "a blur along one axis": lambda ops, p, _: ops.blur(p, 0.0, 7.9),
    "a wide blur": lambda ops, p, _: ops.blur(p, 40.0, 11.0),
    "shrinking to blocks that do not fit": lambda ops, p, _: ops.shrink(p, 7, 5),
    "enlarging": lambda ops, p, _: ops.resize(p, 501, 720),
    "making smaller": lambda ops, p, _: ops.resize(p, 95, 167),
    "doubling": lambda ops, p, _: ops.double(p),
    "sampling, also beside the picture": lambda ops, p, at: ops.sample(p, *at),
    "a curve, also beyond its ends": lambda ops, p, _: ops.curve(p * 1.4 - 30, LOOK.y),
    "noise": lambda ops, p, _: ops.noise(900, 800, 77),
}


@pytest.mark.parametrize("name", CALLS)
def test_tensors_and_arrays_agree_to_a_quarter_level(name):
    found = CALLS[name](TENSORS, torch.from_numpy(PLANE), tuple(map(torch.from_numpy, PLACES)))
    wanted = CALLS[name](NUMPY, PLANE, PLACES)
    assert found.dtype == torch.float32
    assert found.shape == wanted.shape
    assert furthest(found, wanted) <= 0.25


def test_colour_tables_agree_to_a_quarter_level():
    planes = PLANE, plane(167, 95, 1), plane(167, 95, 2)
    axis = np.linspace(0, 1, 17)
    table = np.stack(np.meshgrid(axis, axis**1.3, axis**0.8, indexing="ij")[::-1], -1).astype(np.float32)
    found = TENSORS.lut3d(Picture(*map(torch.from_numpy, planes)), torch.from_numpy(table))
    wanted = NUMPY.lut3d(Picture(*planes), table)
    for one, other in ((found.y, wanted.y), (found.u, wanted.u), (found.v, wanted.v)):
        assert np.percentile(np.abs(one.numpy() - other), 99.9) <= 0.25
        assert furthest(one, other) <= 1


@pytest.mark.parametrize("ops", [NUMPY, TENSORS], ids=["numpy", "torch"])
def test_chroma_is_doubled_where_it_is_sited(ops):
    """A chroma sample lies on its left luma column, and between two rows."""
    ramp = np.add.outer(np.arange(8) * 10, np.arange(6)).astype(np.float32)
    found = np.asarray(ops.double(ramp if ops is NUMPY else torch.from_numpy(ramp)))
    assert found[3, 4:8] == pytest.approx([10 * 1.25 + x for x in (2, 2.5, 3, 3.5)])


@pytest.mark.parametrize("ops", [NUMPY, TENSORS], ids=["numpy", "torch"])
def test_a_wide_blur_leaves_a_line_where_it_is(ops):
    """Also where the blocks of the smaller plane do not fit the width."""
    line = np.zeros((64, 211), np.float32)
    line[:, 150] = 1000
    found = np.asarray(ops.blur(line if ops is NUMPY else torch.from_numpy(line), 20.0, 0.0))[32]
    assert (found * np.arange(211)).sum() / found.sum() == pytest.approx(150, abs=1.5)


MOMENT = Moment(frame=5, length=24, rate=Fraction(30), width_px=180, height_px=320)
CANVAS = Canvas(width_px=180, height_px=320, rate=Fraction(30))


def pictures(placement):
    yield placement
    for part in placement.also:
        yield from pictures(part)


def all_filters():
    for name in effects.CATALOGUE:
        yield name, effects.stack_of((Effect(name=name, params={}),)).filters(MOMENT)
    for name in transitions.CATALOGUE:
        for placement in transitions.transition(name, {}, CANVAS)(0.4):
            for number, part in enumerate(pictures(placement)):
                if number < 3:
                    yield name, part.filters


@pytest.mark.parametrize(("name", "filters"), [pytest.param(*found, id=found[0]) for found in all_filters() if found[1]])
def test_a_filter_never_leaves_the_device(name, filters):
    """A tensor of the device `meta` has no values: to fetch one, or to mix in an array, is an error there as it is slow on a GPU."""
    ops = TorchOps(torch.device("meta"))
    picture = Picture(*(torch.empty(size, device="meta") for size in ((320, 180), (160, 90), (160, 90))))
    for filter_ in filters:
        picture = filter_.apply(picture, ops)
    found = [picture.y, picture.u, picture.v, *([] if picture.cover is None else [picture.cover])]
    assert {part.device.type for part in found} == {"meta"}
    assert {part.dtype for part in found} == {torch.float32}
    assert [tuple(part.shape) for part in found[:3]] == [(320, 180), (160, 90), (160, 90)]


VIEWS = {
    "cut out": View(feed=0, left=20, top=12, width=100, height=80, to_width=100, to_height=80),
    "shrunk": View(feed=0, left=0, top=0, width=220, height=360, to_width=86, to_height=142),
    "cut out and enlarged": View(feed=0, left=40, top=60, width=100, height=120, to_width=250, to_height=300),
    "a backdrop": View(feed=0, left=0, top=0, width=220, height=360, to_width=22, to_height=36, blur_px=4.0),
    "a backdrop smaller than its blur": View(feed=0, left=0, top=0, width=220, height=360, to_width=8, to_height=4, blur_px=4.0),
}


@pytest.mark.parametrize("name", VIEWS)
def test_views_are_made_ready_as_on_the_cpu(name, executor, picture):
    source = picture(220, 360)
    wanted, found = on_cpu(source, VIEWS[name]), executor.prepare(source, VIEWS[name])
    for one, other in zip(found.tensors(), wanted.all(), strict=True):
        assert one.shape == other.shape
        assert furthest(one, other) <= 1


def compose(executor, recipe, views, patches=None, looks=(LOOK,)):
    target = blank(*SIZE)
    executor.compose(target, recipe, views=views, looks=looks, patches=patches or {})
    return np.concatenate([part.ravel() for part in target.all()]).astype(int)


@pytest.mark.parametrize(
    ("sampling", "scale"), [(Sampling.cubic, 0.56), (Sampling.cubic, 1.13), (Sampling.area, 1.7), (Sampling.area, 0.9)]
)
def test_layers_are_sampled_as_on_the_cpu(sampling, scale, executor, kernel, picture):
    """Also past the picture's edges, and beside another layer."""
    far = replace(WHOLE, x=Axis(scale, -20.3), y=Axis(scale, 5.8), sampling=sampling)
    near = replace(far, left=22, top=58, width=134, height=122, mix=0.6)
    recipe = FrameRecipe(layers=(far, near), stamps=(), times=())
    found, wanted = (compose(drawn_by, recipe, {0: picture(220, 360)}) for drawn_by in (executor, kernel))
    assert (np.abs(found - wanted) <= 1).mean() >= 0.99
    assert np.abs(found - wanted).max() <= 2


def test_a_decoders_padding_is_not_read_nor_the_encoders_written(executor, picture):
    source = picture(200, 350)
    padded = Planes(*(np.pad(part, ((0, 0), (0, 34)), constant_values=255)[:, : part.shape[1]] for part in source.all()))
    recipe = FrameRecipe(layers=(WHOLE,), stamps=(), times=())
    assert np.array_equal(compose(executor, recipe, {0: padded}), compose(executor, recipe, {0: source}))
    wide = [np.zeros((part.shape[0], part.shape[1] + 10), np.uint8) for part in blank(*SIZE).all()]
    target = Planes(*(part[:, :-10] for part in wide))
    executor.compose(target, recipe, views={0: source}, looks=[LOOK], patches={})
    assert not any(part[:, -10:].any() for part in wide)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_compiled_form_is_made_once_for_every_frame_size_and_number(executor, picture, make_patch):
    """Traced without graph breaks, and never again: neither for another source, nor for other numbers, nor for a drawing more."""
    compiled = TorchExecutor(CPU, painter=partial(Painter, layers=(2,), stamps=1))
    compiled.compile(40, 64, backend="eager")
    assert compiled.figures()["drawing"] == "compiled"
    views = {0: picture(220, 360, seed=1), 1: picture(200, 350, seed=2), 2: picture(200, 350, seed=3)}
    patches = {number: make_patch(number) for number in range(3)}
    mixed = replace(WHOLE, view=1, mix=0.4)
    many = tuple(Stamp(patch=number) for number in patches)
    frames = [
        FrameRecipe(layers=(), stamps=(), times=()),
        FrameRecipe(layers=(WHOLE,), stamps=(Stamp(patch=0, scale=1.2),), times=()),
        FrameRecipe(layers=(WHOLE, mixed), stamps=(Stamp(patch=0), Stamp(patch=1, opacity=0.3)), times=()),
        FrameRecipe(layers=(WHOLE, mixed, replace(mixed, view=2), mixed, WHOLE), stamps=many, times=()),
        FrameRecipe(layers=(replace(WHOLE, over=(mixed,), mix=0.7, left=20, width=100),), stamps=(), times=()),
    ]
    with torch._dynamo.config.patch(error_on_recompile=True):
        for recipe in frames:
            found = np.abs(compose(compiled, recipe, views, patches) - compose(executor, recipe, views, patches))
            assert found.max() <= 1


@pytest.fixture
def make_patch():
    def make(number):
        width, height = 40 + 2 * number, 30
        alpha = np.random.default_rng(number).integers(0, 256, (height, width)).astype(np.uint8)
        half = alpha[::2, ::2]
        return Patch(10 + 20 * number, 12 * number - 6, Planes(alpha // 2, half // 2, half // 2), 255 - alpha, 255 - half)

    return make


def test_where_nothing_compiles_it_draws_without(picture):
    """A backend that is not there stands for a compiler that is not."""
    plain = TorchExecutor(CPU)
    plain.compile(40, 64, backend="no_such_backend")
    assert plain.figures()["drawing"] == "eager"
    assert compose(plain, FrameRecipe(layers=(WHOLE,), stamps=(), times=()), {0: picture(200, 350)}).any()


@pytest.fixture
def settings(kernel_library):
    return partial(CompositionSettings, kernel_cache=kernel_library.parent)


def test_torch_on_the_cpu_is_taken_where_it_is_asked_for_by_name(settings):
    found, note = choose.choose_executor(settings(executor=Drawing.torch, device="cpu"))
    assert (found.name, note) == ("torch-cpu", "")


@pytest.mark.parametrize(("changes", "said"), [({"executor": Drawing.torch}, "NVIDIA"), ({"executor": Drawing.auto}, "")])
def test_without_a_driver_the_kernel_draws_and_says_so_where_torch_was_wanted(settings, monkeypatch, changes, said):
    monkeypatch.setattr(choose, "DRIVER", "libno-such-driver.so.1")
    found, note = choose.choose_executor(settings(**changes))
    assert found.name == "kernel"
    assert (said in note) if said else note == ""


def test_a_device_that_does_not_exist_is_no_device(settings):
    with pytest.raises(choose.NoDevice, match="torch"):
        open_torch(settings(executor=Drawing.torch, device="cuda:63"))


def test_auto_never_takes_the_slow_reference(settings):
    assert choose.choose_executor(settings(device="cpu"))[0].name == "kernel"


def test_frames_of_a_damaged_source_are_forgotten_and_no_others():
    store = FrameStore(1 << 20)
    frames = {name: black(32, 32, CPU) for name in ("whole", "damaged")}
    for name, frame in frames.items():
        store.keep(name, Fraction(1, 30), Fraction(0), frame)
        store.keep(name, Fraction(2, 30), Fraction(0), frame)
    store.forget("damaged")
    assert [store.find(name, Fraction(2, 30)) for name in ("whole", "damaged")] == [frames["whole"], None]
    assert store.find("whole", Fraction(3, 30)) is None
