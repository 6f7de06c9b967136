"""`voice.narrate`: speak one scene, fit it to its time, time its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.brief import Brief
from libs.common.media.errors import InvalidInput
from libs.common.media.presets import master_preset
from libs.common.media.review import SceneReview
from libs.common.media.sound import Utterance
from libs.common.media.storyboard import Scene
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.runtime.context import StepContext
from services.voice import waveform
from services.voice.catalogue import Voice, voice_for
from services.voice.normalise import Token, normalise
from services.voice.on_grid import nearest_frame, on_grid
from services.voice.settings import VoiceSettings
from services.voice.tts.base import Span, Speech, SpeechSynthesizer
from services.voice.words import at_48k, timed_words

CORRECTIONS = 2
"""How often the rate is set anew: 2 % is reached in one or two."""
CLOSE_ENOUGH = 0.02
"""Of the time wanted; nobody hears the rest."""
OVERRUN = 1.08
"""A scene this much over its time endangers the video's length: then the voice hurries."""
FADE = SAMPLE_RATE_HZ * 5 // 1000
"""5 ms."""


@dataclass(frozen=True, slots=True)
class Take:
    """One rendering of the narration."""

    speech: Speech
    rate_scale: float
    samples: waveform.Samples
    """All that the engine gave, at 48 kHz."""
    start: int
    """First audible sample."""
    end: int
    """End of what is audible."""

    @property
    def length_s(self) -> float:
        return (self.end - self.start) / SAMPLE_RATE_HZ


def narrate(
    brief: Brief,
    scene: Scene,
    review: SceneReview,
    *,
    tts: SpeechSynthesizer,
    blobs: BlobStore,
    settings: VoiceSettings,
    context: StepContext,
) -> Utterance:
    """The scene's narration as sound, a whole number of frames long, never shorter than what is said.

    `review` is read because nothing is spoken that was not reviewed. Raises InvalidInput for a voice that is not in the catalogue or
    does not speak the language, and for a narration without a word; Unavailable where the engine is down.
    """
    voice = voice_for(brief.voice, scene.language)
    tokens = normalise(scene.narration, scene.language)
    if not any(char.isalnum() for token in tokens for char in token.spoken):
        raise InvalidInput("the narration has nothing to say", code="scene.nothing_to_say", field="/narration")
    take = fitted_take(tokens, voice, float(scene.target_s), tts=tts, settings=settings, context=context)
    lead, pause = _samples(settings.lead_s), _samples(settings.pause_s)
    needed = lead + take.end - take.start + pause
    rate = master_preset(brief.presets).rate
    take, spans, lead = on_frames(take, lead=lead, rate=rate)
    speech_end = lead + take.end - take.start
    length = utterance_length(max(speech_end, needed), scene.target_s, rate)
    sound = finished(take, lead=lead, length=RationalTime.ceil(length.seconds, Fraction(SAMPLE_RATE_HZ)).value, settings=settings)
    words = timed_words(tokens, spans, from_hz=SAMPLE_RATE_HZ, trimmed=take.start, lead=lead, end=speech_end)
    context.note(
        speech_s=round(take.length_s, 3),
        length_s=round(float(length.seconds), 3),
        target_s=round(float(scene.target_s), 3),
        rate_scale=round(take.rate_scale, 3),
        hurried=take.rate_scale > 1 + settings.stretch + 1e-6,
    )
    return Utterance(
        scene=scene.index,
        audio=store_content(blobs, "speech", waveform.wav_bytes(sound), "wav"),
        length=length,
        words=words,
        voice=voice.name,
        engine=tts.identity,
        timing_source=take.speech.timing_source,
        rate_scale=round(take.rate_scale, 4),
    )


def fitted_take(
    tokens: Sequence[Token], voice: Voice, target_s: float, *, tts: SpeechSynthesizer, settings: VoiceSettings, context: StepContext
) -> Take:
    """The narration at the rate that fits `target_s` best, within the voice's limits: what does not fit is longer, never cut."""
    units = tuple(token.spoken for token in tokens)
    wanted_s = max(0.1, target_s - settings.lead_s - settings.pause_s)
    longest_s = max(wanted_s, target_s * OVERRUN - settings.lead_s - settings.pause_s)
    take = speak(units, voice, 1.0, tts)
    for done in range(CORRECTIONS):
        context.progress((done + 1) / (CORRECTIONS + 1))
        if abs(take.length_s - wanted_s) <= CLOSE_ENOUGH * wanted_s:
            break
        own_s = take.length_s * take.rate_scale
        scale = min(1 + settings.stretch, max(1 / (1 + settings.stretch), own_s / wanted_s))
        if own_s / scale > longest_s:
            scale = min(1 + max(settings.hurry, settings.stretch), own_s / longest_s)
        if abs(scale - take.rate_scale) < 0.005:
            break
        take = speak(units, voice, scale, tts)
    return take


def speak(units: Sequence[str], voice: Voice, rate_scale: float, tts: SpeechSynthesizer) -> Take:
    speech = tts.speak(units, voice, rate_scale)
    samples = waveform.at_house_rate(speech.pcm, speech.sample_rate_hz)
    start, end = waveform.audible(samples)
    return Take(speech, rate_scale, samples, start, end)


def on_frames(take: Take, *, lead: int, rate: Fraction) -> tuple[Take, tuple[Span | None, ...], int]:
    """The take with the beginnings of its phrases on frames, the words of it at 48 kHz, and the lead that puts the first word on one."""
    hz = take.speech.sample_rate_hz
    spans = tuple(None if span is None else Span(at_48k(span.start, hz), at_48k(span.end, hz)) for span in take.speech.spans)
    first = next((span.start for span in spans if span is not None), take.start)
    begins = lead + max(0, first - take.start)
    lead = max(0, lead + nearest_frame(begins, rate) - begins)
    samples, placed = on_grid(take.samples, spans, origin=lead - take.start, rate=rate)
    return replace(take, samples=samples, end=take.end + samples.size - take.samples.size), placed, lead


def utterance_length(needed: int, target_s: Fraction, rate: Fraction) -> RationalTime:
    """On the frame grid: room for `needed` samples, and the scene's time where that is more."""
    floor = RationalTime.ceil(Fraction(needed, SAMPLE_RATE_HZ), rate)
    target = RationalTime.snap(target_s, rate)
    return max(floor, target, key=lambda time: time.value)


def finished(take: Take, *, lead: int, length: int, settings: VoiceSettings) -> waveform.Samples:
    """`length` samples: silence, the speech at house loudness with soft ends, silence."""
    speech = take.samples[take.start : take.end]
    levelled = waveform.levelled(speech, target_lufs=settings.target_lufs, peak_dbfs=settings.peak_dbfs)
    sound = np.zeros(length, np.float32)
    sound[lead : lead + speech.size] = waveform.faded(levelled, FADE)
    return sound


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
