"""Real files from other projects' tests: every good one becomes a mezzanine that plays, every damaged one is refused with a code."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import MediaKind
from libs.common.runtime.containers import open_input
from services.assets.child import memory_file
from services.assets.ffmpeg import is_mezzanine
from services.assets.limits import MediaLimits
from services.assets.media import take_in
from services.assets.probe import probe_video
from services.assets.sniff import Family, Kind

MEDIA = Path(__file__).parents[3].parent / "shared" / "data" / "media"
SAMPLES = [json.loads(line) for line in (MEDIA / "MANIFEST.jsonl").read_text().splitlines()]
LARGE_BYTES = 800_000
"""Larger samples hold no further trap and take seconds each."""

REFUSED = {
    "auto-editor/aac.m4a": "media.no_video",
    "auto-editor/mono.mp3": "media.no_video",
    "auto-editor/new-commentary.mp3": "media.no_video",
    "decord/corrupted.mp4": "media.damaged",
    "torchcodec/corrupt.jpg": "media.unreadable",
    "torchcodec/heapbof.png": "media.not_allowed_format",
    "torchcodec/sigsegv.png": "media.unreadable",
    "torchcodec/sine_16ch_s16.wav": "media.no_video",
    "torchcodec/sine_mono_f32.wav": "media.no_video",
    "torchcodec/sine_mono_s16.wav": "media.no_video",
}
GOOD = [sample for sample in SAMPLES if sample["file"] not in REFUSED and sample["bytes"] <= LARGE_BYTES]
STILLS = (".jpg", ".png", ".gif", ".avif", ".heic")


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_damaged_and_silent_pictures_are_refused(name: str, code: str) -> None:
    blobs = MemoryBlobStore()
    with memory_file((MEDIA / name).read_bytes()) as source, pytest.raises(InvalidInput) as caught:
        take_in(source, source_sha256="0" * 64, blobs=blobs, limits=MediaLimits())

    assert caught.value.code == code
    assert list(blobs.keys("")) == []


@pytest.mark.parametrize("sample", [one for one in GOOD if not one["file"].endswith(STILLS)], ids=lambda one: one["file"])
def test_good_films_are_usable(sample: dict[str, object]) -> None:
    blobs = MemoryBlobStore()
    with memory_file((MEDIA / str(sample["file"])).read_bytes()) as source:
        media = take_in(source, source_sha256="0" * 64, blobs=blobs, limits=MediaLimits())

    with memory_file(blobs.get(media.blob.key)) as stored:
        assert is_mezzanine(probe_video(stored, Kind(Family.video, "mov"), limits=MediaLimits()))
    with blobs.open(media.blob.key) as stored, open_input(stored) as container:
        frames = list(container.decode(video=0))
    assert [frame.time for frame in frames] == pytest.approx([number / 30 for number in range(media.frames)])
    assert {(frame.width, frame.height, frame.rotation) for frame in frames} == {(media.width_px, media.height_px, 0)}
    if "nasa" not in str(sample["file"]):
        assert _shape(sample) == pytest.approx(media.width_px / media.height_px, rel=0.02)


def _shape(sample: dict[str, object]) -> float:
    """Width over height as it should be seen, from the manifest."""
    said = sample["sar"]
    shape = float(Fraction(str(said)) if said != "None" else 1) * int(str(sample["w"])) / int(str(sample["h"]))
    return 1 / shape if abs(int(str(sample["rot"]))) == 90 else shape


def test_a_film_with_an_hdr_header_and_an_sdr_container_keeps_its_colours() -> None:
    """The same picture, once as SDR and once with a header that says PQ in a container that says BT.709."""
    means = []
    for name in ("nasa_13013.mp4", "nasa_13013_hdr.mp4"):
        blobs = MemoryBlobStore()
        with memory_file((MEDIA / "torchcodec" / name).read_bytes()) as source:
            media = take_in(source, source_sha256="0" * 64, blobs=blobs, limits=MediaLimits())
        with blobs.open(media.blob.key) as stored, open_input(stored) as container:
            frames = [frame.reformat(160, 90, "yuv420p") for frame, _ in zip(container.decode(video=0), range(25), strict=False)]
        means.append(frames[-1].to_ndarray().astype(float))

    assert abs(means[0] - means[1]).mean() < 4


@pytest.mark.parametrize("sample", [one for one in GOOD if one["file"].endswith(STILLS)], ids=lambda one: one["file"])
def test_good_images_are_usable(sample: dict[str, object]) -> None:
    blobs = MemoryBlobStore()
    with memory_file((MEDIA / str(sample["file"])).read_bytes()) as source:
        media = take_in(source, source_sha256="0" * 64, blobs=blobs, limits=MediaLimits())

    assert media.kind is MediaKind.image
    assert media.width_px * media.height_px > 0
    if "rotated" in str(sample["file"]):
        assert media.height_px > media.width_px
