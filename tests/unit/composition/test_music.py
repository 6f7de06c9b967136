from itertools import pairwise

import numpy as np
import pytest

from libs.common.media.brief import Scenario, Tone
from services.composition.music import STYLES, choose_style, compose
from services.composition.music.harmony import MAJOR, MINOR, Key, melody, progression, voicings
from services.composition.music.plan import Part, plan
from services.composition.music.score import Style
from services.composition.sound import Signal

SAMPLES = 10 * 48_000 + 1_600


@pytest.fixture(scope="module", params=STYLES.values(), ids=list(STYLES))
def style(request: pytest.FixtureRequest) -> Style:
    found: Style = request.param
    return found


@pytest.fixture(scope="module")
def piece(style: Style) -> Signal:
    return compose(style, samples=SAMPLES, seed=7)


def test_a_piece_has_its_length_and_is_the_same_each_time(style: Style, piece: Signal):
    again = compose(style, samples=SAMPLES, seed=7)

    assert piece.shape == (2, SAMPLES)
    assert piece.dtype == np.float32
    np.testing.assert_array_equal(piece, again)


def test_another_seed_is_another_piece(style: Style, piece: Signal):
    assert np.abs(piece - compose(style, samples=SAMPLES, seed=8)).max() > 0.05


def test_a_piece_starts_and_ends_without_a_click(piece: Signal):
    assert np.abs(piece[:, 0]).max() == 0
    assert np.abs(piece[:, -480:]).max() < 1e-3
    assert np.abs(np.diff(piece)).max() < 0.25


def test_a_piece_neither_clips_nor_is_crushed(piece: Signal):
    rms = np.sqrt(np.square(piece).mean())

    assert np.abs(piece).max() == pytest.approx(0.5, abs=1e-4)
    assert 9 < 20 * np.log10(np.abs(piece).max() / rms) < 22


def test_a_piece_leaves_room_for_consonants(piece: Signal):
    power = np.square(np.abs(np.fft.rfft(piece.mean(axis=0))))
    hertz = np.fft.rfftfreq(SAMPLES, 1 / 48_000)

    body, presence = (power[(hertz >= low) & (hertz < high)].sum() for low, high in ((100, 1_000), (1_000, 4_000)))

    assert 10 * np.log10(body / presence) > 10


def test_a_piece_does_not_fall_silent_before_its_end(piece: Signal):
    seconds = np.sqrt(np.square(piece[:, : 10 * 48_000]).reshape(2, 10, 48_000).mean(axis=(0, 2)))

    assert 20 * np.log10(seconds[:-2].min() / seconds.max()) > -18


def test_a_piece_is_stereo_that_survives_one_loudspeaker(piece: Signal):
    left, right = piece

    assert np.abs(left - right).max() > 0.01
    assert np.square(left + right).mean() > 0.5 * np.square(np.stack((left, right))).sum(axis=0).mean()


def test_news_has_its_own_music_and_other_tones_differ():
    assert {choose_style(tone, Scenario.news).name for tone in Tone} == {"newsroom_pulse"}
    assert len({choose_style(tone, Scenario.ecommerce).name for tone in Tone}) == len(Tone)


@pytest.mark.parametrize("seconds", [5, 6, 7.3, 12, 30, 61, 180])
def test_bars_fill_the_piece_exactly(seconds: float):
    samples = round(seconds * 48_000)

    form = plan(samples, bpm=100)

    assert form.at(form.bars) == samples
    assert form.parts[0] is Part.intro
    assert form.parts[-1] is Part.ending
    assert abs(form.bpm / 100 - 1) < 0.21


@pytest.mark.parametrize("scale", [MAJOR, MINOR])
def test_harmony_leads_home(scale: tuple[int, ...]):
    key = Key(2, scale)

    chords = progression(key, (0, 5, 3, 4), 9)

    assert chords[-1] == key.chord(0)
    assert chords[-2] != chords[-1]
    assert all(note % 12 in {key.note(step) % 12 for step in range(7)} for chord in chords for note in chord)


def test_voices_move_by_small_steps():
    chords = progression(Key(0, MAJOR), (0, 4, 5, 3), 12)

    voiced = voicings(chords, around=60)

    means = [sum(notes) / len(notes) for notes in voiced]
    assert all(abs(mean - 60) <= 6 for mean in means)
    assert all(list(notes) == sorted(notes) for notes in voiced)
    assert max(abs(after - before) for before, after in pairwise(means)) <= 5


def test_a_tune_stays_in_its_key_and_ends_on_the_tonic():
    key = Key(7, MAJOR)
    chords = progression(key, (0, 3, 0, 4), 8)

    tune = melody(key, chords, np.random.default_rng(0), around=74)

    assert all(tone.note % 12 in {key.note(step) % 12 for step in range(7)} for bar in tune for tone in bar)
    assert all(62 <= tone.note <= 86 for bar in tune for tone in bar)
    assert tune[-1][0].note % 12 == 7
