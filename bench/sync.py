"""How far picture, sound and captions are apart in finished files: `python -m bench.sync [--json]`.

Films of every usual frame rate flash and beep together. First what ingest makes of them is measured; then cuts of them are rendered whose
flashes, spoken beeps and captions are planned for the same frames, joined, mixed and encoded, and every file is watched and listened to.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

from bench.report import figure
from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Brief, Language, Product, Scenario
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.render import Master, Segment
from libs.common.media.sound import TimingSource, Utterance, Word
from libs.common.media.storyboard import Scene, SceneRole, Storyboard
from libs.common.media.time import RationalTime, TimeRange
from libs.common.media.timeline import Canvas, Clip, Cut, Motion
from libs.common.runtime.containers import open_input, open_output
from libs.common.runtime.context import RecordingContext
from services.assets.child import memory_file
from services.assets.limits import MediaLimits
from services.assets.media import take_in
from services.composition.mix import mix
from services.composition.render import render
from services.composition.settings import CompositionSettings
from services.composition.sound.settings import SoundSettings
from services.encoding.assemble import assemble
from services.encoding.cut_times import cut_error_ms
from services.encoding.encode import encode

Wave = NDArray[np.float32]
RATES = {
    "23.976": Fraction(24_000, 1_001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30_000, 1_001),
    "30": Fraction(30),
    "50": Fraction(50),
    "59.94": Fraction(60_000, 1_001),
    "60": Fraction(60),
}
GRID = Fraction(30)
CANVAS = Canvas(width_px=270, height_px=480, rate=GRID)
HZ = 48_000
SECONDS = 3
FLASH_S = Fraction(1, 10)
AT = 15
"""Frame of each scene in which its clip flashes, its voice beeps and its caption appears."""
LENGTH = 44
RENDITION = "540p"


@dataclass(frozen=True)
class Taken:
    """A film after ingest."""

    media: Media
    flash: Fraction
    """When it flashed, in seconds from its first frame."""
    heard_s: float


@dataclass(frozen=True)
class Watched:
    """Seconds at which something begins in a file."""

    flashes: tuple[float, ...]
    captions: tuple[float, ...]
    beeps: tuple[float, ...]


def beep() -> Wave:
    time = np.arange(HZ // 20) / HZ
    return np.asarray(0.8 * np.sin(2 * np.pi * 1_500 * time) * np.exp(-time / 0.012), np.float32)


def film(rate: Fraction) -> tuple[bytes, Fraction]:
    """H.264 and AAC, its upper half white for a tenth of a second from the frame nearest to one second, when it beeps; and that time."""
    event = round(rate) / rate
    wavelet, sound = beep(), np.zeros(SECONDS * HZ, np.float32)
    start = round(event * HZ)
    sound[start : start + wavelet.size] = wavelet
    target = io.BytesIO()
    with open_output(target) as container:
        picture = container.add_stream("libx264", rate=rate, options={"preset": "ultrafast", "crf": "16"})
        picture.width, picture.height, picture.pix_fmt = CANVAS.width_px, CANVAS.height_px, "yuv420p"
        audio = container.add_stream("aac", rate=HZ, layout="stereo")
        for number in range(int(SECONDS * rate)):
            planes = np.full((CANVAS.height_px * 3 // 2, CANVAS.width_px), 128, np.uint8)
            planes[: CANVAS.height_px] = 40
            if event <= number / rate < event + FLASH_S:
                planes[: CANVAS.height_px // 2] = 230
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, 1 / rate
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        for begin in range(0, sound.size, 1_024):
            block = av.AudioFrame.from_ndarray(np.tile(sound[begin : begin + 1_024], (2, 1)), format="fltp", layout="stereo")
            block.sample_rate, block.pts, block.time_base = HZ, begin, Fraction(1, HZ)
            container.mux(audio.encode(block))
        container.mux(audio.encode(None))
    return target.getvalue(), event


def take(rate: Fraction, blobs: MemoryBlobStore) -> Taken:
    data, event = film(rate)
    with memory_file(data) as source:
        found = take_in(source, source_sha256="0" * 64, blobs=blobs, limits=MediaLimits())
    media = Media(
        kind=MediaKind.video,
        blob=found.blob,
        width_px=found.width_px,
        height_px=found.height_px,
        length=RationalTime(found.frames, GRID),
    )
    return Taken(media, event, watch(blobs.get(found.blob.key)).beeps[0])


def watch(data: bytes) -> Watched:
    """Flashes in the upper half of the picture, captions in the lower one, beeps by a matched filter."""
    upper, lower = [], []
    with open_input(io.BytesIO(data)) as container:
        for frame in container.decode(video=0):
            luma = frame.to_ndarray()[: frame.height, : frame.width]
            upper.append((float(frame.time or 0), float(np.median(luma[: frame.height * 2 // 5]))))
            lower.append((float(frame.time or 0), float(np.percentile(luma[frame.height * 11 // 20 :], 99.9))))
    with open_input(io.BytesIO(data)) as container:
        heard = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)])
    return Watched(_rises(upper), _rises(lower), _beeps(heard))


def _rises(levels: list[tuple[float, float]], by: float = 12.0) -> tuple[float, ...]:
    """Times at which it becomes brighter than it was at first."""
    ground = levels[0][1]
    lit = [level > ground + by for _, level in levels]
    return tuple(time for (time, _), now, before in zip(levels, lit, [False, *lit], strict=False) if now and not before)


def _beeps(heard: Wave) -> tuple[float, ...]:
    size = 1 << (heard.size + HZ // 20).bit_length()
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(beep(), size)), size)[: heard.size]
    found, loudest = [], float(match.max())
    while match.max() > loudest / 2:
        peak = int(match.argmax())
        found.append(peak / HZ)
        match[max(0, peak - HZ // 5) : peak + HZ // 5] = 0
    return tuple(sorted(found))


def cut(scene: int, taken: Taken) -> Cut:
    """The clip placed so that the frame of its flash is frame `AT`."""
    flash = RationalTime.snap(taken.flash, GRID).value
    clip = Clip(media=taken.media, start=0, length=LENGTH, source_start=RationalTime(flash - AT, GRID), motion=Motion())
    word = CaptionWord(text="BEEP", start=AT, length=20)
    return Cut(
        scene=scene,
        canvas=CANVAS,
        length=LENGTH,
        clips=(clip,),
        transition=None,
        captions=(Caption(start=AT, length=20, words=(word,)),),
        caption_style="plain",
        language="en",
    )


def utterance(scene: int, blobs: MemoryBlobStore) -> Utterance:
    samples, at = np.zeros(LENGTH * HZ // 30, np.float32), AT * HZ // 30
    samples[at : at + beep().size] = beep()
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(HZ)
        sound.writeframes((samples * 32_767).astype("<i2").tobytes())
    spoken = TimeRange(RationalTime(at, Fraction(HZ)), RationalTime(beep().size, Fraction(HZ)))
    return Utterance(
        scene=scene,
        audio=store_content(blobs, "speech", target.getvalue(), "wav"),
        length=RationalTime(LENGTH, GRID),
        words=(Word(text="BEEP", char_start=0, spoken=spoken),),
        voice="none",
        engine="bench",
        timing_source=TimingSource.engine,
    )


def finished(taken: list[Taken], blobs: MemoryBlobStore) -> Iterator[tuple[str, bytes, tuple[Segment, ...], Master]]:
    """The master, and a rendition in another size."""
    settings, context = CompositionSettings(), RecordingContext()
    segments = tuple(render(cut(scene, one), blobs=blobs, settings=settings, context=context) for scene, one in enumerate(taken))
    utterances = tuple(utterance(scene, blobs) for scene in range(len(taken)))
    brief = Brief(product=Product(name="Beeper", selling_points=("It beeps",)), music=False)
    scenes = tuple(
        Scene(index=n, role=SceneRole.hook, language=Language.en, narration="beep", visual_query="beep", target_s=LENGTH / GRID)
        for n in range(len(taken))
    )
    storyboard = Storyboard(title="Beeps", language=Language.en, scenario=Scenario.ecommerce, scenes=scenes, facts=(), generator="bench")
    track = mix(brief, MusicChoice(), CueSheet(), storyboard, utterances, blobs=blobs, settings=SoundSettings(), context=context)
    master = assemble(storyboard, segments, track, blobs=blobs, content_producer=None, context=context)
    yield "master", blobs.get(master.video.key), segments, master
    rendition = encode(brief, segments, track, master, blobs=blobs, threads=1, context=RecordingContext(key=RENDITION))
    yield RENDITION, blobs.get(rendition.video.key), segments, master


def main() -> None:
    blobs = MemoryBlobStore()
    taken = [take(rate, blobs) for rate in RATES.values()]
    for name, one in zip(RATES, taken, strict=True):
        mezzanine = watch(blobs.get(one.media.blob.key)) if one.media.blob is not None else None
        assert mezzanine is not None
        off = float(abs(Fraction(round(mezzanine.flashes[0] * 30)) - one.flash * GRID))
        figure(f"sync_ingest_picture_frames {name}", off, "frames of 1/30 s; up to 0.5 is the grid")
        figure(f"sync_ingest_sound_ms {name}", abs(one.heard_s - float(one.flash)) * 1000, "ms")
    worst: dict[str, float] = {}
    for name, data, segments, master in finished(taken, blobs):
        for what, value in _errors(name, data, segments, master, blobs).items():
            figure(f"{what} {name}", value, what.split("_")[2])
            worst[what] = max(value, worst.get(what, 0.0))
    for what, value in worst.items():
        figure(what, value, f"{what.split('_')[2]}, all files")


def _errors(name: str, data: bytes, segments: tuple[Segment, ...], master: Master, blobs: MemoryBlobStore) -> dict[str, float]:
    """The worst event of a file: flashes and cuts against their frames, beeps against their flashes and their plan, captions likewise."""
    planned = [(start + AT) / 30 for start in master.scene_starts]
    seen = watch(data)
    if not len(planned) == len(seen.flashes) == len(seen.captions) == len(seen.beeps):
        raise SystemExit(f"{name}: {len(planned)} events were planned, found was {seen}")
    flash_ms, beep_ms, caption_ms = (
        [1000 * abs(found - plan) for found, plan in zip(times, planned, strict=True)]
        for times in (seen.flashes, seen.beeps, seen.captions)
    )
    apart_ms = [1000 * abs(beeped - flashed) for beeped, flashed in zip(seen.beeps, seen.flashes, strict=True)]
    cut_ms = cut_error_ms(io.BytesIO(data), segments, master.scene_starts, rate=GRID, blobs=blobs)
    return {
        "sync_picture_frames_max": round(max(*flash_ms, cut_ms) * 30 / 1000, 3),
        "sync_av_ms_max": round(max(*apart_ms, *beep_ms), 3),
        "sync_caption_ms_max": round(max(caption_ms), 3),
    }


if __name__ == "__main__":
    main()
