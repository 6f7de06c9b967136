import numpy as np
import pytest

from services.composition.sound.loudness import SILENCE_LUFS, integrated_lufs, peaks, true_peak_dbtp

SECONDS = np.arange(480_000) / 48_000


def tone(hertz: float, level_db: float, *, phase: float = 0.0) -> np.ndarray:
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * SECONDS + phase))[None].astype(np.float32)


def test_the_standards_calibration_tone_reads_as_its_level():
    # EBU Tech 3341, case 1: 1 kHz stereo at -23 dBFS is -23 LUFS; one channel alone is 3 LU less.
    stereo = np.repeat(tone(1_000, -23), 2, axis=0)

    assert integrated_lufs(stereo) == pytest.approx(-23.0, abs=0.1)
    assert integrated_lufs(stereo[:1]) == pytest.approx(-26.0, abs=0.1)


def test_silence_does_not_dilute_the_loudness():
    # EBU Tech 3341, case 3 in spirit: quiet parts fall through the gates.
    loud = np.repeat(tone(1_000, -23), 2, axis=0)
    programme = np.concatenate((np.zeros_like(loud), loud, loud * np.float32(0.01)), axis=1)

    assert integrated_lufs(programme) == pytest.approx(-23.0, abs=0.15)


def test_bass_counts_less_than_presence():
    assert integrated_lufs(tone(30, -20)) < integrated_lufs(tone(1_000, -20)) - 6
    assert integrated_lufs(tone(4_000, -20)) > integrated_lufs(tone(1_000, -20)) + 2


def test_silence_and_less_than_a_block_are_the_gate():
    assert integrated_lufs(np.zeros((2, 480_000), np.float32)) == SILENCE_LUFS
    assert integrated_lufs(tone(1_000, -3)[:, :10_000]) == SILENCE_LUFS


def test_a_peak_between_two_samples_is_seen():
    # A quarter of the sample rate, 45 degrees off: all samples lie 3 dB under the crest (EBU Tech 3341, case 16).
    between = tone(12_000, -6, phase=np.pi / 4)

    assert 20 * np.log10(np.abs(between).max()) == pytest.approx(-9.0, abs=0.05)
    assert true_peak_dbtp(between) == pytest.approx(-6.0, abs=0.3)


def test_true_peak_of_silence_is_a_number():
    assert true_peak_dbtp(np.zeros((2, 100), np.float32)) == -120.0


def test_skipping_quiet_blocks_changes_no_peak():
    rng = np.random.default_rng(5)
    signal = (rng.standard_normal((2, 30_000)) * np.linspace(0, 0.3, 30_000)).astype(np.float32)

    everywhere, near_the_top = peaks(signal, above=0.0), peaks(signal, above=0.9)

    hot = everywhere > 0.9
    assert hot.any()
    np.testing.assert_array_equal(near_the_top[hot], everywhere[hot])
