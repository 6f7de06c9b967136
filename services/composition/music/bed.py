"""The music bed of a video: a track of the customer's, cut or looped to length, or a piece written for it."""

from __future__ import annotations

import math
from fractions import Fraction

import av
import numpy as np

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import Brief, CutOn
from libs.common.media.errors import InvalidInput
from libs.common.media.music import MusicChoice, Track
from libs.common.media.time import SAMPLE_RATE_HZ
from libs.common.runtime.containers import open_input
from services.composition.music import choose_style, compose, tempo_of
from services.composition.music.score import Style
from services.composition.sound import Signal

FADE_OUT_S = 1.5
FADE_IN_S = 0.02
_LOOP_FADE = SAMPLE_RATE_HZ // 50
"""20 ms: no click, and no two beats at once."""


def generated_style(brief: Brief, choice: MusicChoice) -> Style | None:
    """The style that is written in where no track was chosen; None for no music at all."""
    return choose_style(brief.tone, brief.scenario) if brief.music and choice.track is None else None


def tempo_for_cuts(brief: Brief, choice: MusicChoice, *, seed: int) -> tuple[Fraction, Fraction] | None:
    """Tempo in beats a minute, and the second of the first beat; None where nothing is cut on beats."""
    if brief.cut_on is not CutOn.beats or not brief.music:
        return None
    if choice.track is not None:
        return choice.track.tempo_bpm, choice.track.first_beat_s
    return tempo_of(choose_style(brief.tone, brief.scenario), seed=seed), Fraction(0)


def bed(brief: Brief, choice: MusicChoice, *, samples: int, seed: int, blobs: BlobStore) -> tuple[Signal, str] | None:
    """The bed of exactly `samples`, and its name; None for none."""
    if choice.track is not None and brief.music:
        return track_bed(choice.track, samples=samples, blobs=blobs), choice.track.id
    style = generated_style(brief, choice)
    if style is None:
        return None
    return compose(style, samples=samples, seed=seed, steady=brief.cut_on is CutOn.beats), style.name


def track_bed(track: Track, *, samples: int, blobs: BlobStore) -> Signal:
    """From the track's start. Where it is too short it goes on from its first beat at its last one, so that the pulse runs through; the
    old end dies away under the new start."""
    beat = Fraction(60) / track.tempo_bpm * SAMPLE_RATE_HZ
    sound = read_sound(track.audio.key, blobs=blobs, most=samples + math.ceil(2 * beat))  # whatever is longer than that is not looped
    first = round(track.first_beat_s * SAMPLE_RATE_HZ)
    last = first + math.floor((sound.shape[1] - first) / beat) * beat
    if last <= first:
        raise InvalidInput(f"the track {track.id!r} is shorter than a beat", code="music.too_short")
    made = np.zeros((2, samples), np.float32)
    _lay(made, sound, 0)
    at = Fraction(last)
    while at < samples:
        start = round(at)
        _release(made, start)
        _lay(made, sound[:, first:], start, rise=min(_LOOP_FADE, sound.shape[1] - first))
        at += last - first
    _fade(made[:, : round(FADE_IN_S * SAMPLE_RATE_HZ)], rising=True)
    _fade(made[:, -round(FADE_OUT_S * SAMPLE_RATE_HZ) :], rising=False)
    return made


def read_sound(key: str, *, blobs: BlobStore, most: int) -> Signal:
    """The first `most` samples, or all, of sound in the house's form (FLAC or WAV, 48 kHz stereo), shape (2, samples). Raises InvalidInput
    (`music.form`) for another."""
    with blobs.open(key) as source, open_input(source, name=key) as container:
        stream = container.streams.audio[0] if container.streams.audio else None
        if stream is None or stream.rate != SAMPLE_RATE_HZ or stream.channels != 2:
            raise InvalidInput(f"{key} is no 48 kHz stereo sound", code="music.form")
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE_HZ)
        blocks: list[Signal] = []
        read = 0
        for frame in container.decode(stream):
            blocks += [np.asarray(out.to_ndarray(), np.float32) for out in resampler.resample(frame)]
            read += frame.samples
            if read >= most:
                break
    if not blocks:
        raise InvalidInput(f"{key} is silent: nothing can be decoded", code="music.form")
    return np.concatenate(blocks, axis=1)[:, :most]


def _lay(made: Signal, sound: Signal, start: int, *, rise: int = 0) -> None:
    length = min(sound.shape[1], made.shape[1] - start)
    part = np.array(sound[:, :length])
    if rise:
        _fade(part[:, :rise], rising=True)
    made[:, start : start + length] += part


def _release(made: Signal, start: int) -> None:
    """What still sounds at `start` dies away."""
    _fade(made[:, start : start + _LOOP_FADE], rising=False)
    made[:, start + _LOOP_FADE :] = 0


def _fade(part: Signal, *, rising: bool) -> None:
    """A raised cosine over the whole part, in place."""
    ramp = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, part.shape[1], dtype=np.float32))
    part *= ramp if rising else ramp[::-1]
