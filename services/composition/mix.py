"""Voice and music to one soundtrack: placed to the sample, ducked, levelled, limited, encoded once, and measured after decoding."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.brief import Brief
from libs.common.media.errors import Defect
from libs.common.media.music import CueSheet, MusicChoice, music_seed
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Storyboard
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.runtime.context import StepContext
from services.composition.music.bed import bed
from services.composition.sound import Signal
from services.composition.sound.aac import decode_aac, encode_aac
from services.composition.sound.ducking import ducking_gain
from services.composition.sound.effects import effects_track
from services.composition.sound.limiter import limited
from services.composition.sound.loudness import SILENCE_LUFS, integrated_lufs, peaks, true_peak_dbtp
from services.composition.sound.settings import SoundSettings
from services.composition.sound.voice import voice_track

_MARGIN_DB = 0.7
"""The first try stays this far under the ceiling: AAC moves peaks, and the standard's interpolator may miss half a decibel near 20 kHz."""
_TRIES = 3
_TOLERANCE_LU = 0.1
_LEVEL_TRIES = 5
_HEADROOM_DB = 3.0
_LEAST_RATE = 0.25
"""A decibel of gain that brings less than this much loudness is not worth pushing for."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An AAC file and what a listener's decoder makes of it."""

    data: bytes
    samples: int
    integrated_lufs: float
    true_peak_dbtp: float


def mix(
    brief: Brief,
    choice: MusicChoice,
    sheet: CueSheet,
    storyboard: Storyboard,
    utterances: tuple[Utterance, ...],
    *,
    blobs: BlobStore,
    settings: SoundSettings,
    context: StepContext,
) -> Soundtrack:
    """The soundtrack lasts exactly as long as the picture: the sum of the utterances.

    Raises Defect where utterances and storyboard do not fit each other or the grid, InvalidInput for sound that is not ours.
    """
    started = time.thread_time()
    if [utterance.scene for utterance in utterances] != [scene.index for scene in storyboard.scenes]:
        raise Defect("there is not one utterance for each scene, in order", code="mix.scenes")
    voice = voice_track(utterances, blobs=blobs)
    samples = voice.shape[1]
    context.progress(0.1)
    played = bed(brief, choice, samples=samples, seed=music_seed(brief), blobs=blobs)
    context.progress(0.4)
    settings = settings if brief.loudness_lufs is None else settings.model_copy(update={"loudness_lufs": float(brief.loudness_lufs)})
    rate = utterances[0].length.rate
    bus = _bus(voice, None if played is None else played[0], settings=settings)
    if sheet.cues:
        bus += effects_track(sheet.cues, samples=samples, rate=rate) * effects_gain(bus, settings)
    encoded = mastered(bus, settings=settings, context=context)
    if encoded.samples != samples:
        raise Defect(f"the encoded soundtrack has {encoded.samples} samples instead of {samples}", code="mix.length")
    context.note(
        cpu_s=round(time.thread_time() - started, 3),
        integrated_lufs=round(encoded.integrated_lufs, 2),
        true_peak_dbtp=round(encoded.true_peak_dbtp, 2),
        music=None if played is None else played[1],
    )
    return Soundtrack(
        audio=store_content(blobs, "soundtracks", encoded.data, "m4a"),
        length=RationalTime(samples, Fraction(SAMPLE_RATE_HZ)),
        integrated_lufs=round(encoded.integrated_lufs, 2),
        true_peak_dbtp=round(encoded.true_peak_dbtp, 2),
        music=None if played is None else played[1],
    )


def effects_gain(bus: Signal, settings: SoundSettings) -> np.float32:
    """Peaks of effect sounds stay this far from the loudness of everything else, so that they are heard and never startle."""
    loudness = integrated_lufs(bus)
    reference = loudness if loudness > SILENCE_LUFS else settings.loudness_lufs
    return np.float32(10 ** ((reference + settings.effects_above_lu) / 20))


def _bus(voice: Signal, music: Signal | None, *, settings: SoundSettings) -> Signal:
    """Voice in the middle, music under it; stereo, at the voice's own level."""
    bus: Signal = np.repeat(voice, 2, axis=0)
    if music is not None:
        spoken_lufs, music_lufs = integrated_lufs(bus), integrated_lufs(music)
        reference = spoken_lufs if spoken_lufs > SILENCE_LUFS else settings.loudness_lufs + settings.music_below_voice_lu
        level = np.float32(10 ** ((reference - settings.music_below_voice_lu - music_lufs) / 20))
        bus += music * (ducking_gain(voice, depth_db=settings.duck_db) * level)
    return bus


def mastered(bus: Signal, *, settings: SoundSettings, context: StepContext) -> Encoded:
    """Encode, decode, measure; lower the limiter's ceiling by what the codec added until the decoded peak is under the promise."""
    ceiling_dbtp = settings.true_peak_dbtp - _MARGIN_DB
    for attempt in range(_TRIES):
        data = encode_aac(_levelled(bus, settings.loudness_lufs, ceiling_dbtp), bitrate_bps=settings.bitrate_bps)
        heard = decode_aac(data)
        peak = true_peak_dbtp(heard)
        context.progress(0.7 + 0.1 * attempt)
        if peak <= settings.true_peak_dbtp:
            return Encoded(data, heard.shape[1], integrated_lufs(heard), peak)
        ceiling_dbtp -= peak - settings.true_peak_dbtp + 0.2
    raise Defect(f"the decoded peak stays at {peak:.2f} dBTP", code="mix.true_peak")


def _levelled(bus: Signal, loudness_lufs: float, ceiling_dbtp: float) -> Signal:
    """Linear gain to the loudness, then the limiter; again for what the limiter took, at the rate at which it took it. Silence stays."""
    loudness = integrated_lufs(bus)
    if loudness <= SILENCE_LUFS:
        return bus
    gain_db, reached, rate = loudness_lufs - loudness, loudness, 1.0
    step_db = gain_db
    ceiling = 10 ** (ceiling_dbtp / 20)
    known_up_to_db = -math.inf
    for _ in range(_LEVEL_TRIES):
        if gain_db > known_up_to_db:  # peaks grow with the gain: they are looked for once, for a little more than is needed now
            known_up_to_db = gain_db + _HEADROOM_DB
            peak = peaks(bus, above=ceiling / 10 ** (known_up_to_db / 20))
        gain = np.float32(10 ** (gain_db / 20))
        done = limited(bus * gain, peak * gain, ceiling=ceiling)
        before, reached = reached, integrated_lufs(done)
        missing_lu = loudness_lufs - reached
        if abs(missing_lu) <= _TOLERANCE_LU:
            break
        if step_db:
            rate = min(1.0, max(_LEAST_RATE, (reached - before) / step_db))
        step_db = missing_lu / rate
        gain_db += step_db
    return done
