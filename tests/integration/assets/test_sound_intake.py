"""Sound that somebody sends comes in in one form, or is refused by code."""

import io
import wave

import numpy as np
import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from libs.common.runtime.containers import open_input
from services.assets.child import memory_file
from services.assets.limits import MediaLimits
from services.assets.media import take_in_sound


def tone(*, rate_hz=44_100, channels=1, seconds=1.5):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        level = np.sin(np.arange(int(rate_hz * seconds)) / 20) * 9_000
        file.writeframes(np.repeat(level.astype("<i2")[:, None], channels, axis=1).tobytes())
    return out.getvalue()


@pytest.mark.parametrize(("rate_hz", "channels"), [(44_100, 1), (48_000, 2), (8_000, 1), (96_000, 6)])
def test_any_rate_and_channels_become_48_khz_stereo_of_the_same_length(rate_hz, channels):
    blobs = MemoryBlobStore()
    with memory_file(tone(rate_hz=rate_hz, channels=channels)) as source:
        found = take_in_sound(source, blobs=blobs, limits=MediaLimits())
    assert found.samples == pytest.approx(72_000, abs=2)
    with blobs.open(found.blob.key) as source, open_input(source) as container:
        heard = sum(frame.samples for frame in container.decode(audio=0))
        assert (container.streams.audio[0].rate, container.streams.audio[0].channels) == (48_000, 2)
    assert heard == found.samples


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "media.empty"),
        (b"#EXTM3U\nhttp://10.0.0.1/x", "media.not_allowed_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "media.no_sound_or_damaged"),
        (b"RIFF\x00\x00\x00\x00WAVE" + bytes(500), "media.no_sound_or_damaged"),
    ],
)
def test_what_is_no_sound_is_refused_by_code(data, code):
    with memory_file(data) as source, pytest.raises(InvalidInput) as refused:
        take_in_sound(source, blobs=MemoryBlobStore(), limits=MediaLimits())
    assert refused.value.code == code
