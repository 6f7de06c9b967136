"""Whole scenes drawn by torch: the same frames, with decoded ones kept from render to render."""

import io
from dataclasses import replace
from fractions import Fraction

import av
import pytest
import torch

from libs.common.media.timeline import Transition
from libs.common.runtime.context import RecordingContext
from services.composition import nvenc
from services.composition import render as rendering
from services.composition.executors.torch_executor import TorchExecutor
from services.composition.nvdec import open_reader, suits
from services.composition.render import render
from services.composition.settings import CompositionSettings, Drawing
from tests.integration.composition.conftest import GRADE, encode

SOME_BYTES = 64 << 20


@pytest.fixture
def on_torch(settings):
    torch.set_num_threads(1)
    return CompositionSettings(kernel_cache=settings.kernel_cache, executor=Drawing.torch, device="cpu", decode_cache_bytes=SOME_BYTES)


@pytest.fixture(autouse=True)
def chosen_anew():
    """Kept frames are one executor's: each test has its own."""
    rendering._chosen.cache_clear()
    yield
    rendering._chosen.cache_clear()


@pytest.fixture
def rendered(studio):
    def run(cut, settings):
        context = RecordingContext()
        segment = render(cut, blobs=studio.blobs, settings=settings, context=context)
        return segment, studio.blobs.get(segment.video.key), context.figures

    return run


def busy(studio):
    change = Transition(name="push", length=8, outgoing=studio.clip(studio.ramp(), 8, at=25))
    return studio.cut(
        studio.clip(studio.ramp(), 20, at=3, effects=GRADE),
        studio.clip(studio.image(), 13, start=20),
        drawings=True,
        transition=change,
        scene=1,
    )


def test_a_scene_has_the_kernels_frames(studio, settings, on_torch, rendered, frames_of):
    (one, drawn, figures), (_, wanted, _) = (rendered(busy(studio), chosen) for chosen in (on_torch, settings))
    assert [time for _, time, _ in frames_of(drawn)] == [Fraction(n, 30) for n in range(33)]
    assert [luma for luma, _, _ in frames_of(drawn)] == pytest.approx([luma for luma, _, _ in frames_of(wanted)], abs=0.5)
    assert (one.executor, one.notes) == ("torch-cpu", ())
    assert (figures["device"], figures["drawing"]) == ("cpu", "eager")


def test_what_was_decoded_once_is_not_decoded_again(studio, on_torch, rendered):
    cut = studio.cut(studio.clip(studio.ramp(), 20, at=3))
    first, again = rendered(cut, on_torch), rendered(replace(cut, caption_style="plain"), on_torch)
    assert first[2]["decoded"] == {"cpu": 20}
    assert again[2]["decoded"] == {"cache": 20}
    assert first[1] == again[1]


def test_a_part_that_is_missing_is_decoded(studio, on_torch, rendered, frames_of):
    media = studio.ramp()
    rendered(studio.cut(studio.clip(media, 10, at=3)), on_torch)
    _, data, figures = rendered(studio.cut(studio.clip(media, 20, at=3)), on_torch)
    assert figures["decoded"] == {"cache": 10, "cpu": 10}
    assert [luma for luma, _, _ in frames_of(data)] == pytest.approx([40 + 4 * (3 + n) for n in range(20)], abs=1.5)


def test_without_memory_for_frames_all_are_decoded(studio, on_torch, rendered):
    cut, none = studio.cut(studio.clip(studio.ramp(), 6)), on_torch.model_copy(update={"decode_cache_bytes": 0})
    assert [rendered(cut, none)[2]["decoded"] for _ in range(2)] == [{"cpu": 6}] * 2


def test_damage_is_told_each_time(studio, on_torch, rendered):
    whole = bytearray(encode([40 + 4 * n for n in range(40)]))
    with av.open(io.BytesIO(bytes(whole))) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    for position, size in packets[20:24]:  # the key frame too: a reader that begins there has no good frame to hold
        whole[position + 4 : position + size] = b"\xff" * (size - 4)
    cut = studio.cut(studio.clip(studio.video(bytes(whole), 40), 30))
    first, again = rendered(cut, on_torch), rendered(cut, on_torch)
    assert any("damaged source" in note for note in first[0].notes)
    assert first[0] == again[0]


def test_frames_under_way_do_not_use_up_the_ring(studio, on_torch, rendered, monkeypatch):
    """As on CUDA, where two frames are begun before the first is waited for; the ring may be as small as two."""
    executor = TorchExecutor(torch.device("cpu"))
    executor.ahead = 2
    monkeypatch.setattr(rendering, "executor_of", lambda settings: (executor, ""))
    for ring in (2, 3, 4):
        segment, _, _ = rendered(studio.cut(studio.clip(studio.ramp(), 9)), on_torch.model_copy(update={"ring_frames": ring}))
        assert segment.length == 9


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, True),
        ({"name": "hevc"}, True),
        ({"name": "vp9"}, False),
        ({"pix_fmt": "yuv420p10le"}, False),
        ({"pix_fmt": "yuvj420p"}, False),
        ({"pix_fmt": "yuv422p"}, False),
        ({"width": 64}, False),
        ({"height": 8192}, False),
    ],
)
def test_only_what_every_decoder_of_nvidia_takes_is_given_to_it(changes, taken):
    context = type("Context", (), {"name": "h264", "pix_fmt": "yuv420p", "width": 1080, "height": 1920, **changes})
    assert suits(context) is taken


@pytest.mark.gpu
def test_nvdec_gives_the_frames_of_the_cpu(studio):
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    data = encode([40 + 4 * n for n in range(20)], size=(320, 192))
    executor = TorchExecutor(torch.device("cuda"))
    source = executor.open_video("clip", lambda: io.BytesIO(data), Fraction(0), "clip")
    cpu = open_reader(lambda: io.BytesIO(data), start=Fraction(0), name="clip", device=None)
    for number in range(20):
        one, other = source.at(Fraction(number, 30)), cpu.at(Fraction(number, 30))
        assert all((a.cpu().numpy() == b).all() for a, b in zip(one.tensors(), other.all(), strict=True))
    assert source.served == {"nvdec": 20}


def test_where_nvenc_is_asked_for_and_missing_x264_encodes_and_the_segment_says_so(studio, settings, rendered, monkeypatch):
    monkeypatch.setattr(nvenc, "nvenc_works", lambda: False)
    cut, wanted = studio.cut(studio.clip(studio.ramp(), 3)), settings.model_copy(update={"nvenc": True})
    (segment, data, figures), (_, plain, _) = rendered(cut, wanted), rendered(cut, settings)
    assert data == plain
    assert figures["codec"] == "libx264"
    assert any("NVENC" in note for note in segment.notes)


def test_the_probe_of_nvenc_is_one_real_frame_and_ends_in_a_yes_or_no():
    assert nvenc.nvenc_works() in (True, False)


@pytest.mark.gpu
def test_nvenc_makes_segments_that_begin_with_a_key(studio, settings, rendered, frames_of):
    if not nvenc.nvenc_works():
        pytest.skip("no NVENC")
    _, data, figures = rendered(studio.cut(studio.clip(studio.ramp(), 20)), settings.model_copy(update={"nvenc": True}))
    assert figures["codec"] == "h264_nvenc"
    assert [time for _, time, _ in frames_of(data)] == [Fraction(n, 30) for n in range(20)]
    assert frames_of(data)[0][2]
