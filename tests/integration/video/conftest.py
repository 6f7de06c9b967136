"""A small film made by code: each scene flashes white for one frame, and its voice beeps at that very moment."""

import io
import re
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import av
import imageio_ffmpeg
import numpy as np
import pytest

from libs.common.blobs.base import BlobStore, store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Brief, Language, Product, Scenario
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Footage, Media, MediaKind
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.render import Master, Segment
from libs.common.media.sound import Soundtrack, TimingSource, Utterance, Word
from libs.common.media.storyboard import Scene, SceneRole, Storyboard
from libs.common.media.time import RationalTime, TimeRange
from libs.common.media.timeline import Canvas, Clip, Cut, Overlay, OverlayKind, Transition
from libs.common.runtime.containers import open_output
from libs.common.runtime.context import RecordingContext
from services.composition.mix import mix
from services.composition.sound.settings import SoundSettings
from services.encoding.assemble import assemble

RATE = Fraction(30)
CANVAS = Canvas(width_px=108, height_px=192, rate=RATE)
FLASH = 17
"""Frame of each scene that is white."""
LENGTHS = (61, 47, 73)
PRODUCER = "001191310000MA1K00000X10000"


def beep() -> np.ndarray:
    time = np.arange(2_400) / 48_000
    return 0.8 * np.sin(2 * np.pi * 1_500 * time) * np.exp(-time / 0.012)


def speech(frames: int, seed: int) -> np.ndarray:
    """A buzz with formants that opens and closes four times a second, and the beep; shape (samples,)."""
    time = np.arange(frames * 1_600) / 48_000
    phase = np.cumsum(120 + 15 * np.sin(2 * np.pi * (0.6 + 0.1 * seed) * time)) / 48_000
    buzz = sum(np.sin(2 * np.pi * k * phase) / k * (1 + 2 * np.exp(-(((k * 120 - 700) / 250) ** 2))) for k in range(1, 20))
    syllables = np.clip(np.sin(2 * np.pi * 4 * time), 0, 1) * (time > 0.9) * (time < frames / 30 - 0.2)
    voice = 0.25 * buzz / np.abs(buzz).max() * syllables
    at = FLASH * 1_600
    voice[at : at + 2_400] += beep()
    return voice


def wav(samples: np.ndarray) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(48_000)
        sound.writeframes((samples * 32_767).astype("<i2").tobytes())
    return target.getvalue()


def picture(frames: int, *, width: int, height: int, params: str, noise: int = 9) -> bytes:
    """H.264 in MP4: a texture that slides, coloured, with one white frame."""
    target = io.BytesIO()
    texture = np.random.default_rng(noise).integers(60, 150, (height // 4, width // 4)).astype(np.uint8).repeat(4, 0).repeat(4, 1)
    options = {"preset": "superfast", "crf": "20", "x264-params": params, "threads": "1"}
    with open_output(target) as container:
        stream = container.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            planes = np.full((height * 3 // 2, width), 100, np.uint8)
            planes[:height] = 235 if number == FLASH else np.roll(texture, 2 * number, axis=1)
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, 1 / RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


@dataclass(frozen=True, kw_only=True)
class Film:
    """All documents of one finished job."""

    blobs: BlobStore
    brief: Brief
    storyboard: Storyboard
    utterances: tuple[Utterance, ...]
    footages: tuple[Footage, ...]
    cuts: tuple[Cut, ...]
    segments: tuple[Segment, ...]
    soundtrack: Soundtrack
    master: Master


@pytest.fixture(scope="session")
def make_segment() -> Callable[..., Segment]:
    def segment(
        blobs: BlobStore, scene: int, frames: int, *, canvas: Canvas = CANVAS, params: str = "b-adapt=0:aq-mode=0:keyint=60", noise: int = 9
    ) -> Segment:
        data = picture(frames, width=canvas.width_px, height=canvas.height_px, params=params, noise=noise)
        video = store_content(blobs, "segments", data, "mp4")
        return Segment(scene=scene, video=video, canvas=canvas, length=frames, executor="opencv", encoder="fast")

    return segment


@pytest.fixture(scope="session")
def make_utterance() -> Callable[..., Utterance]:
    def utterance(blobs: BlobStore, scene: int, frames: int, sound: np.ndarray | None = None) -> Utterance:
        audio = store_content(blobs, "speech", wav(speech(frames, scene) if sound is None else sound), "wav")
        spoken = TimeRange(RationalTime(FLASH * 1_600, Fraction(48_000)), RationalTime(24_000, Fraction(48_000)))
        word = Word(text="beep", char_start=0, spoken=spoken)
        length = RationalTime(frames, RATE)
        return Utterance(
            scene=scene, audio=audio, length=length, words=(word,), voice="v", engine="test", timing_source=TimingSource.engine
        )

    return utterance


def make_cut(scene: int, frames: int) -> Cut:
    clip = Clip(media=Media(kind=MediaKind.card), start=0, length=frames, source_start=None, text="beep")
    notice = Overlay(kind=OverlayKind.label, start=0, length=min(frames, 60), text="本视频由 AI 生成")
    word = CaptionWord(text="beep", start=FLASH, length=15)
    return Cut(
        scene=scene,
        canvas=CANVAS,
        length=frames,
        clips=(clip,),
        transition=Transition(name="crossfade", length=12, outgoing=clip) if scene else None,
        captions=(Caption(start=FLASH, length=15, words=(word,)),),
        caption_style="plain",
        overlays=(notice,) if scene == 0 else (),
    )


@pytest.fixture(scope="session")
def make_storyboard() -> Callable[[int], Storyboard]:
    def storyboard(scenes: int) -> Storyboard:
        return Storyboard(
            title="Beep",
            language=Language.en,
            scenario=Scenario.ecommerce,
            scenes=tuple(
                Scene(index=n, role=SceneRole.hook, language=Language.en, narration="beep", visual_query="beep", target_s=Fraction(2))
                for n in range(scenes)
            ),
            facts=(),
            generator="template/1",
        )

    return storyboard


@pytest.fixture(scope="session")
def brief() -> Brief:
    return Brief(product=Product(name="Beeper", selling_points=("It beeps",)))


@pytest.fixture(scope="session")
def film(
    brief: Brief,
    make_storyboard: Callable[[int], Storyboard],
    make_segment: Callable[..., Segment],
    make_utterance: Callable[..., Utterance],
) -> Film:
    blobs = MemoryBlobStore()
    storyboard = make_storyboard(len(LENGTHS))
    utterances = tuple(make_utterance(blobs, scene, frames) for scene, frames in enumerate(LENGTHS))
    segments = tuple(make_segment(blobs, scene, frames) for scene, frames in enumerate(LENGTHS))
    soundtrack = mix(
        brief, MusicChoice(), CueSheet(), storyboard, utterances, blobs=blobs, settings=SoundSettings(), context=RecordingContext()
    )
    return Film(
        blobs=blobs,
        brief=brief,
        storyboard=storyboard,
        utterances=utterances,
        footages=tuple(Footage(scene=scene, shots=()) for scene in range(len(LENGTHS))),
        cuts=tuple(make_cut(scene, frames) for scene, frames in enumerate(LENGTHS)),
        segments=segments,
        soundtrack=soundtrack,
        master=assemble(storyboard, segments, soundtrack, blobs=blobs, content_producer=PRODUCER, context=RecordingContext()),
    )


@pytest.fixture(scope="session")
def ebur128(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], tuple[float, float]]:
    """Integrated loudness (LUFS) and true peak (dBTP) of a media file, by a separate FFmpeg: the oracle."""

    def measured(data: bytes) -> tuple[float, float]:
        path = tmp_path_factory.mktemp("meter") / "sound"
        path.write_bytes(data)
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true"]
        answer = subprocess.run([*command, "-f", "null", "-"], capture_output=True, check=True).stderr.decode()
        summary = answer[answer.rindex("Summary:") :]
        figures = [float(re.search(pattern, summary)[1]) for pattern in (r"I:\s+(\S+) LUFS", r"Peak:\s+(\S+) dBFS")]  # type: ignore[index]
        return figures[0], figures[1]

    return measured
