"""`composition.mix_edit`: the sounds of an edit to one soundtrack, with the same levels, ducking and mastering as a narrated video's."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.edit import SoundPart, SoundPlan, SoundRole
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.sound import Soundtrack
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.composition.mix import effects_gain, mastered
from services.composition.music import STYLES, compose
from services.composition.music.bed import FADE_OUT_S, track_bed
from services.composition.sound import Signal
from services.composition.sound.ducking import ducking_gain
from services.composition.sound.effects import made
from services.composition.sound.loudness import SILENCE_LUFS, integrated_lufs
from services.composition.sound.settings import SoundSettings

CLICK = SAMPLE_RATE_HZ // 200
"""Samples of the fade that keeps a sound which is cut out of a longer one from clicking: 5 ms."""


def mix_edit(plan: SoundPlan, *, blobs: BlobStore, settings: SoundSettings, context: StepContext) -> Soundtrack:
    """Exactly as long as the plan says; silent where there is nothing to hear. Raises InvalidInput for sound that is not ours."""
    started = time.thread_time()
    samples = plan.length.at(Fraction(SAMPLE_RATE_HZ)).value
    voices = [part for part in plan.parts if part.role is SoundRole.voice]
    bus: Signal = np.zeros((2, samples), np.float32)
    for part in voices:
        _lay(bus, part, _signal(part, blobs))
    context.progress(0.1)
    spoken_lufs = integrated_lufs(bus) if voices else SILENCE_LUFS
    settings = settings if plan.loudness_lufs is None else settings.model_copy(update={"loudness_lufs": plan.loudness_lufs})
    reference = spoken_lufs if spoken_lufs > SILENCE_LUFS else settings.loudness_lufs + settings.music_below_voice_lu
    duck = ducking_gain(bus.mean(axis=0, keepdims=True), depth_db=settings.duck_db) if spoken_lufs > SILENCE_LUFS else None
    others = [part for part in plan.parts if part.role is not SoundRole.voice and not part.effect]
    for number, part in enumerate(others, start=1):
        signal = _signal(part, blobs)
        if part.role is SoundRole.music and (lufs := integrated_lufs(signal)) > SILENCE_LUFS:
            signal *= np.float32(10 ** ((reference - settings.music_below_voice_lu - lufs) / 20))
        if part.ducks and duck is not None:
            signal *= duck[part.start : part.start + part.length]
        _lay(bus, part, signal)
        context.progress(0.1 + 0.5 * number / len(others))
    if effects := [part for part in plan.parts if part.effect]:
        gain = effects_gain(bus, settings)
        for part in effects:
            under = duck[part.start : part.start + part.length] if part.ducks and duck is not None else np.float32(1)
            _lay(bus, part, _signal(part, blobs) * (gain * under))
    encoded = mastered(bus, settings=settings, context=context)
    if encoded.samples != samples:
        raise Defect(f"the encoded soundtrack has {encoded.samples} samples instead of {samples}", code="mix.length")
    music = ", ".join(dict.fromkeys(_name(part) for part in plan.parts if part.role is SoundRole.music)) or None
    lufs, peak = round(encoded.integrated_lufs, 2), round(encoded.true_peak_dbtp, 2)
    context.note(cpu_s=round(time.thread_time() - started, 3), integrated_lufs=lufs, true_peak_dbtp=peak, parts=len(plan.parts))
    return Soundtrack(
        audio=store_content(blobs, "soundtracks", encoded.data, "m4a"),
        length=RationalTime(samples, Fraction(SAMPLE_RATE_HZ)),
        integrated_lufs=lufs,
        true_peak_dbtp=peak,
        music=music,
    )


def _name(part: SoundPart) -> str:
    return part.style or (part.track.id if part.track is not None else "own")


def _lay(bus: Signal, part: SoundPart, signal: Signal) -> None:
    bus[:, part.start : part.start + part.length] += signal * np.float32(10 ** (part.volume_db / 20))


def _signal(part: SoundPart, blobs: BlobStore) -> Signal:
    """The part of shape (2, length), with its fades."""
    end = part.source_start + part.length
    cut_off = False
    if part.track is not None:  # its own end dies away by itself, and lies behind where the edit says how
        beyond = round(FADE_OUT_S * SAMPLE_RATE_HZ) if part.fade_out else 0
        signal = track_bed(part.track, samples=end + beyond, blobs=blobs)[:, part.source_start : end]
    elif part.effect:
        sound, _ = made(part.effect)
        signal, cut_off = sound[:, part.source_start : end], end < sound.shape[1]
    elif part.audio is None:
        signal = compose(STYLES[part.style], samples=end, seed=part.seed)[:, part.source_start :]
    else:
        signal, cut_off = _read(part, blobs)
    signal = np.array(signal)
    starts_inside = part.source_start > 0
    _fade(signal, part.fade_in or (CLICK if starts_inside else 0), rising=True)
    _fade(signal, part.fade_out or (CLICK if cut_off else 0), rising=False)
    return signal


def _fade(signal: Signal, samples: int, *, rising: bool) -> None:
    """A raised cosine, in place."""
    samples = min(samples, signal.shape[1])
    if samples:
        ramp = (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, samples, dtype=np.float32))).astype(np.float32)
        if rising:
            signal[:, :samples] *= ramp
        else:
            signal[:, -samples:] *= ramp[::-1]


def _read(part: SoundPart, blobs: BlobStore) -> tuple[Signal, bool]:
    """The wanted samples of a sound in the house's form, and whether the source goes on behind them. Silence where it has none."""
    assert part.audio is not None
    made: Signal = np.zeros((2, part.length), np.float32)
    first, end = part.source_start, part.source_start + part.length
    key = part.audio.key
    with blobs.open(key) as source, open_input(source, name=key) as container:
        stream = container.streams.audio[0] if container.streams.audio else None
        if stream is None or stream.rate != SAMPLE_RATE_HZ or stream.channels not in (1, 2):
            raise InvalidInput(f"{key} is no sound of 48 kHz with one or two channels", code="mix.sound_format")
        position = None
        for frame in container.decode(stream):
            values = _planar(frame.to_ndarray(), stream.channels)
            if position is None:
                begin_s = frame.pts * frame.time_base if frame.pts is not None and frame.time_base is not None else 0
                position = max(0, round(begin_s * SAMPLE_RATE_HZ))
            low, high = max(first, position), min(end, position + values.shape[1])
            if high > low:
                made[:, low - first : high - first] = values[:, low - position : high - position]
            position += values.shape[1]
            if position > end:
                return made, True
    return made, False


def _planar(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]], channels: int) -> Signal:
    """(2, samples) at full scale 1, from packed or planar, whole or real numbers."""
    if values.shape[0] != channels:
        values = values.reshape(-1, channels).T
    if np.issubdtype(values.dtype, np.integer):
        scale = np.float32(1 / (np.iinfo(values.dtype).max + 1))  # type: ignore[type-var]
        found = values.astype(np.float32) * scale
    else:
        found = values.astype(np.float32)
    return found if channels == 2 else np.repeat(found, 2, axis=0)
