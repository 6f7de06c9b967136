from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Brief
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.music import Cue, CueSheet, MusicChoice, music_seed
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Storyboard
from libs.common.media.time import RationalTime
from libs.common.runtime.context import RecordingContext
from services.composition.mix import mix
from services.composition.music import STYLES, compose
from services.composition.sound.aac import decode_aac
from services.composition.sound.settings import SoundSettings
from services.composition.sound_steps import build_sound_steps

Meter = Callable[[bytes], tuple[float, float]]


def mixed(film, *, settings: SoundSettings | None = None, **changes: object) -> Soundtrack:
    given = {
        "brief": film.brief,
        "choice": MusicChoice(),
        "sheet": CueSheet(),
        "storyboard": film.storyboard,
        "utterances": film.utterances,
    } | changes
    return mix(
        given["brief"],
        given["choice"],
        given["sheet"],
        given["storyboard"],
        given["utterances"],
        blobs=film.blobs,
        settings=settings or SoundSettings(),
        context=RecordingContext(),
    )


def test_the_soundtrack_lasts_as_long_as_the_picture_to_the_sample(film):
    heard = decode_aac(film.blobs.get(film.soundtrack.audio.key))

    assert film.soundtrack.length == RationalTime(181 * 1_600, Fraction(48_000))
    assert heard.shape == (2, 181 * 1_600)


def test_each_voice_starts_where_its_scene_does(film):
    heard = decode_aac(film.blobs.get(film.soundtrack.audio.key)).mean(axis=0)
    start = 0
    for utterance in film.utterances:
        samples = utterance.length.value * 1_600
        raw = film.blobs.get(utterance.audio.key)[44:]
        spoken = np.frombuffer(raw, "<i2").astype(np.float32)
        padded = np.pad(heard, 4_096)[start : start + samples + 8_192]

        lags = np.correlate(padded[: 60_000 + 8_192], spoken[:60_000], mode="valid")

        assert np.argmax(lags) == 4_096
        start += samples


def test_loudness_and_peak_hold_after_decoding(film, ebur128: Meter):
    lufs, peak = ebur128(film.blobs.get(film.soundtrack.audio.key))

    assert lufs == pytest.approx(-14.0, abs=0.5)
    assert peak <= -1.0
    assert film.soundtrack.integrated_lufs == pytest.approx(lufs, abs=0.2)
    assert film.soundtrack.true_peak_dbtp == pytest.approx(peak, abs=0.3)


def test_a_voice_of_hard_peaks_is_limited_not_clipped(film, make_utterance: Callable[..., Utterance], ebur128: Meter):
    blobs = film.blobs
    clicks = np.zeros(61 * 1_600)
    clicks[2_000::2_400] = 0.9
    utterances = (make_utterance(blobs, 0, 61, clicks), *film.utterances[1:])

    soundtrack = mixed(film, utterances=utterances)

    assert ebur128(blobs.get(soundtrack.audio.key))[1] <= -1.0


def test_where_the_codec_adds_to_the_peaks_the_promise_still_holds(film, make_utterance: Callable[..., Utterance], ebur128: Meter):
    # A square wave at a low bit rate comes back almost 3 dB higher than it went in.
    square = 0.5 * np.sign(np.sin(np.arange(61 * 1_600) * 0.013))
    utterances = (make_utterance(film.blobs, 0, 61, square), *film.utterances[1:])

    soundtrack = mixed(film, utterances=utterances, settings=SoundSettings(loudness_lufs=-8, true_peak_dbtp=-7, bitrate_bps=96_000))

    assert ebur128(film.blobs.get(soundtrack.audio.key))[1] <= -7.0


def test_the_music_is_lower_while_somebody_speaks(film, make_utterance: Callable[..., Utterance], make_storyboard):
    # A voice far above the music's spectrum, so that the two can be told apart in the finished file.
    frames = 240
    time = np.arange(frames * 1_600) / 48_000
    high = 0.3 * np.sin(2 * np.pi * 9_000 * time) * ((time > 3) & (time < 5.5))
    utterance = make_utterance(film.blobs, 0, frames, high)

    soundtrack = mixed(film, storyboard=make_storyboard(1), utterances=(utterance,))

    heard = decode_aac(film.blobs.get(soundtrack.audio.key))
    music = compose(STYLES["warm_plucks"], samples=frames * 1_600, seed=music_seed(film.brief))
    speaking, resting = (level_db(heard, span) - level_db(music, span) for span in ((3.3, 5.3), (0.8, 2.3)))
    assert speaking - resting == pytest.approx(-SoundSettings().duck_db, abs=1.0)


@pytest.mark.parametrize("wanted", [-16, -23])
def test_a_brief_sets_the_loudness(film, wanted):
    assert mixed(film, brief=replace(film.brief, loudness_lufs=wanted)).integrated_lufs == pytest.approx(wanted, abs=0.3)


def test_a_sound_at_a_cut_is_heard_and_no_louder_than_the_peak_allows(film):
    plain, marked = (mixed(film, sheet=sheet) for sheet in (CueSheet(), CueSheet(cues=(Cue(frame=75, sound="ding"),))))
    heard = [decode_aac(film.blobs.get(made.audio.key))[0, 75 * 1_600 : 75 * 1_600 + 19_200] for made in (plain, marked)]
    bell = [np.abs(np.fft.rfft(span * np.hanning(span.size)))[round(1_047 * 0.4) - 4 : round(1_047 * 0.4) + 5].max() for span in heard]
    assert bell[1] > 3 * bell[0]
    assert marked.true_peak_dbtp <= -1.0


def level_db(signal: np.ndarray, span_s: tuple[float, float]) -> float:
    """Energy from 100 Hz to 1 kHz."""
    piece = signal[:, round(span_s[0] * 48_000) : round(span_s[1] * 48_000)].mean(axis=0)
    power = np.square(np.abs(np.fft.rfft(piece * np.hanning(piece.size))))
    hertz = np.fft.rfftfreq(piece.size, 1 / 48_000)
    return float(10 * np.log10(power[(hertz > 100) & (hertz < 1_000)].sum()))


def test_the_same_inputs_give_the_same_bytes(film):
    assert mixed(film) == film.soundtrack


def test_another_product_gets_another_piece(film):
    other = replace(film.brief, product=replace(film.brief.product, name="Honker"))

    assert mixed(film, brief=other).audio != film.soundtrack.audio


def test_without_music_the_voice_stands_alone(film):
    soundtrack = mixed(film, brief=replace(film.brief, music=False))

    heard = decode_aac(film.blobs.get(soundtrack.audio.key))
    assert soundtrack.music is None
    assert np.abs(heard[:, : 16 * 1_600]).max() < 1e-3


def test_silence_is_not_blown_up(film, make_utterance: Callable[..., Utterance], make_storyboard):
    silent = make_utterance(film.blobs, 0, 60, np.zeros(60 * 1_600))

    soundtrack = mixed(film, storyboard=make_storyboard(1), utterances=(silent,), brief=replace(film.brief, music=False))

    assert soundtrack.integrated_lufs == -70.0
    assert np.abs(decode_aac(film.blobs.get(soundtrack.audio.key))).max() < 1e-4


def test_sound_that_is_not_as_long_as_its_document_says_is_a_defect(film):
    longer = replace(film.utterances[0], length=RationalTime(62, Fraction(30)))

    with pytest.raises(Defect) as caught:
        mixed(film, utterances=(longer, *film.utterances[1:]))
    assert caught.value.code == "mix.utterance_length"


def test_scenes_out_of_order_are_a_defect(film):
    with pytest.raises(Defect) as caught:
        mixed(film, utterances=film.utterances[::-1])
    assert caught.value.code == "mix.scenes"


def test_bytes_that_are_no_wav_are_refused(film):
    blobs = film.blobs
    blobs.put("speech/broken.wav", b"RIFF no more")
    broken = replace(film.utterances[0], audio=replace(film.utterances[0].audio, key="speech/broken.wav"))

    with pytest.raises(InvalidInput) as caught:
        mixed(film, utterances=(broken, *film.utterances[1:]))
    assert caught.value.code == "mix.unreadable"


def test_the_step_is_bound_and_its_settings_are_part_of_the_key(film, brief: Brief, make_storyboard: Callable[[int], Storyboard]):
    steps = build_sound_steps(SoundSettings(), blobs=MemoryBlobStore())
    louder = build_sound_steps(SoundSettings(loudness_lufs=-16), blobs=MemoryBlobStore())

    assert {"composition.spot", "composition.mix"} <= set(steps)
    assert steps["composition.mix"].salt() != louder["composition.mix"].salt()


def test_the_step_notes_what_it_cost(film):
    context = RecordingContext()

    mix(
        film.brief, MusicChoice(), CueSheet(), film.storyboard, film.utterances, blobs=film.blobs, settings=SoundSettings(), context=context
    )

    assert context.figures["cpu_s"] > 0
    assert context.figures["music"] == "warm_plucks"
