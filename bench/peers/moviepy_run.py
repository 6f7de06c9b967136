"""The first shots of the standard timeline by MoviePy, in a process of its own: `python -m bench.peers.moviepy_run FOLDER FRAMES`.

Two shots with a crossfade, the camera move, a grade, the vignette, captions with the spoken word lit, the logo and the voice; no price
tag. Prints the CPU seconds of this process and of the ffmpeg programs it runs, imports not counted, as JSON. `FOLDER` has `voice.wav`.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, TextClip, VideoFileClip, vfx

from bench.footage import footage
from bench.peers.pictures import logo
from bench.standard import IN_POINT, OVERLAP, RATE, motion, standard
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.captions import Caption
from libs.common.media.encoders import encoder
from services.composition.settings import CompositionSettings

W, H, FPS = 1080, 1920, int(RATE)
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"


def main() -> None:
    folder, frames = Path(sys.argv[1]), int(sys.argv[2])
    options = encoder(CompositionSettings().encoder).options()
    before = _spent()
    first = frames // 2 + OVERLAP // 2
    shots = [_shot(0, first), _shot(1, frames - first + OVERLAP).with_start((first - OVERLAP) / FPS)]
    shots[1] = shots[1].with_effects([vfx.CrossFadeIn(OVERLAP / FPS)])
    (folder / "logo.png").write_bytes(logo())
    stickers = [ImageClip(str(folder / "logo.png")).with_duration(frames / FPS).with_position((60, 90))]
    stickers += [clip for caption in standard(MemoryBlobStore(), 1)[0].captions for clip in _words(caption, frames)]
    film = CompositeVideoClip([*shots, *stickers], size=(W, H)).with_duration(frames / FPS)
    film = film.with_audio(AudioFileClip(str(folder / "voice.wav")).with_duration(frames / FPS))
    film.write_videofile(
        str(folder / "moviepy.mp4"),
        fps=FPS,
        codec="libx264",
        preset=options["preset"],
        audio_codec="aac",
        ffmpeg_params=["-crf", options["crf"], "-x264-params", options["x264-params"]],
        logger=None,
    )
    print(json.dumps({"frames": frames, "cpu_s": _spent() - before}))


def _spent() -> float:
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _shot(number: int, frames: int) -> Any:
    clip = VideoFileClip(str(footage(number).original), audio=False).subclipped(IN_POINT / FPS, (IN_POINT + frames) / FPS)
    move, scale = motion(number), max(W / clip.w, H / clip.h)
    centred = clip.resized(scale).cropped(x_center=clip.w * scale / 2, y_center=clip.h * scale / 2, width=W, height=H)
    moved = centred.resized(lambda t: move.zoom_from + (move.zoom_to - move.zoom_from) * t * FPS / frames)
    placed = CompositeVideoClip([moved.with_position("center")], size=(W, H))
    return placed.with_effects([vfx.LumContrast(lum=4, contrast=0.05)]).image_transform(_vignette)


def _vignette(picture: np.ndarray[Any, np.dtype[np.uint8]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.asarray(cv2.multiply(picture, SHADE, dtype=cv2.CV_8U), np.uint8)


def _shade() -> np.ndarray[Any, np.dtype[np.float32]]:
    y, x = np.mgrid[-1 : 1 : H * 1j, -1 : 1 : W * 1j]
    return np.repeat((1 - 0.11 * (x * x + y * y))[:, :, None], 3, axis=2).astype(np.float32)


SHADE = _shade()


def _words(caption: Caption, frames: int) -> list[Any]:
    """The phrase in white, and each word over it in yellow while it is spoken."""
    begin, end = caption.start / FPS, min(frames, caption.start + caption.length) / FPS
    if end <= begin:
        return []
    style: dict[str, Any] = {"font": FONT, "font_size": 86, "stroke_color": "#101114", "stroke_width": 5, "margin": (10, 20)}
    phrase = TextClip(text=caption.text, color="white", **style)
    left, top = (W - phrase.w) // 2, 1320
    found = [phrase.with_start(begin).with_duration(end - begin).with_position((left, top))]
    for word in caption.words:
        start, stop = word.start / FPS, min(frames, word.start + word.length) / FPS
        lit = TextClip(text=word.text, color="#FFD400", **style)
        if stop > start:
            found.append(lit.with_start(start).with_duration(stop - start).with_position((left, top)))
        left += lit.w - 20
    return found


if __name__ == "__main__":
    main()
