"""Samples: rate, ends, loudness, file."""

import io
import wave

import numpy as np
import pytest

from libs.common.media.time import SAMPLE_RATE_HZ
from services.voice import waveform


def tone(hz, seconds, *, rate=SAMPLE_RATE_HZ, level=0.5):
    return (level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def pcm(samples):
    return np.rint(samples * 32_767).astype("<i2").tobytes()


@pytest.mark.parametrize("hz", [200, 1_000, 5_000, 9_000])
def test_a_tone_keeps_its_place_and_level_at_the_house_rate(hz):
    found = waveform.at_house_rate(pcm(tone(hz, 1, rate=22_050)), 22_050)

    assert abs(found.size - SAMPLE_RATE_HZ) <= 2
    middle = slice(4_800, 43_200)
    assert np.abs(found[middle] - tone(hz, 1)[middle]).max() < 0.01


def test_the_resampler_leaves_no_images_above_the_old_band():
    spectrum = np.abs(np.fft.rfft(waveform.at_house_rate(pcm(tone(9_000, 1, rate=22_050)), 22_050)))

    assert 20 * np.log10(spectrum[12_000:].max() / spectrum.max()) < -60


def test_loudness_is_that_of_the_standard():
    # BS.1770-4: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LKFS.
    assert waveform.loudness_lufs(tone(997, 5, level=1.0)) == pytest.approx(-3.01, abs=0.05)


def test_a_pause_does_not_change_the_loudness():
    speech = tone(997, 4, level=0.1)
    with_pause = np.concatenate([speech, np.zeros(4 * SAMPLE_RATE_HZ, np.float32), speech])

    assert waveform.loudness_lufs(with_pause) == pytest.approx(waveform.loudness_lufs(speech), abs=0.6)


def test_levelling_reaches_the_target():
    assert waveform.loudness_lufs(waveform.levelled(tone(997, 3, level=0.01), target_lufs=-24, peak_dbfs=-3)) == pytest.approx(
        -24, abs=0.05
    )


def test_a_peak_is_kept_below_its_ceiling_even_when_the_target_is_missed():
    clicks = np.zeros(SAMPLE_RATE_HZ, np.float32)
    clicks[::4_800] = 0.9

    levelled = waveform.levelled(clicks, target_lufs=-10, peak_dbfs=-3)

    assert np.abs(levelled).max() == pytest.approx(10 ** (-3 / 20), rel=1e-5)


def test_silence_stays_silence():
    assert not waveform.levelled(np.zeros(9_600, np.float32), target_lufs=-24, peak_dbfs=-3).any()


def test_what_is_audible_keeps_a_margin():
    sound = np.zeros(48_000, np.float32)
    sound[10_000:20_000] = 0.5

    assert waveform.audible(sound) == (10_000 - waveform.MARGIN, 20_000 + waveform.MARGIN)


def test_silence_is_audible_as_a_whole():
    assert waveform.audible(np.zeros(500, np.float32)) == (0, 500)


def test_ends_are_soft():
    faded = waveform.faded(np.ones(1_000, np.float32), 240)

    assert faded[0] < 0.01
    assert faded[-1] < 0.01
    assert (faded[240:760] == 1).all()


def test_the_file_is_48_khz_mono_16_bit():
    with wave.open(io.BytesIO(waveform.wav_bytes(tone(440, 0.5)))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes()) == (48_000, 1, 2, 24_000)
