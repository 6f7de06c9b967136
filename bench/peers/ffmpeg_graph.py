"""The standard timeline as one plain ffmpeg command: one filter graph from the original clips to the finished file.

Its usual means: `fps`, `crop` and `zoompan` (whose moves jump by whole pixels), `eq`, `vignette`, `xfade`, `overlay`, `ass`; for the sound
`sidechaincompress`, `amix`, `alimiter`. The encoder settings are ours, and its codecs may use all cores.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import imageio_ffmpeg

from bench.footage import footage
from bench.peers.ass import subtitles
from bench.peers.pictures import logo, price_tag
from bench.standard import BLURRED, FRAMES, IN_POINT, OVERLAP, PRICE_SHOT, PRICE_START, SHOT_FRAMES, TRANSITIONS, motion
from libs.common.media.encoders import EncoderPreset
from libs.common.media.timeline import Cut

W, H, RATE = 1080, 1920, 30
STEP = SHOT_FRAMES - OVERLAP
_NAMES = {"crossfade": "fade", "slide": "slideleft"}


def cpu_s(folder: Path, cuts: tuple[Cut, ...], preset: EncoderPreset, voice: Path, music: Path) -> float:
    """CPU seconds of the program and all its threads. Writes `folder / "ffmpeg.mp4"`."""
    (folder / "logo.png").write_bytes(logo())
    (folder / "tag.png").write_bytes(price_tag())
    (folder / "captions.ass").write_text(subtitles(cuts))
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-v", "error", "-y"]
    for number in range(len(cuts)):
        argv += ["-ss", str(IN_POINT / RATE), "-t", str(SHOT_FRAMES / RATE + 0.1), "-i", str(footage(number).original)]
    for picture in ("logo.png", "tag.png"):
        argv += ["-loop", "1", "-framerate", str(RATE), "-i", str(folder / picture)]
    argv += ["-i", str(voice), "-i", str(music), "-filter_complex", _graph(len(cuts), folder / "captions.ass")]
    argv += ["-map", "[v]", "-map", "[a]", "-frames:v", str(FRAMES), "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    for name, value in preset.options().items():
        argv += [f"-{'profile:v' if name == 'profile' else name}", value]
    argv += ["-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", str(folder / "ffmpeg.mp4")]
    program = subprocess.Popen(argv)
    _, status, used = os.wait4(program.pid, 0)
    if status:
        raise SystemExit(f"ffmpeg ended with status {status}")
    return used.ru_utime + used.ru_stime


def _graph(shots: int, captions: Path) -> str:
    chains = [_shot(number) for number in range(shots)]
    chains.append("[v0]null[x0]")
    for number in range(1, shots):
        name = _NAMES[TRANSITIONS[number % len(TRANSITIONS)]]
        offset = number * STEP / RATE
        chains.append(f"[x{number - 1}][v{number}]xfade=transition={name}:duration={OVERLAP / RATE}:offset={offset:.4f}[x{number}]")
    enters_s, leaves_s = (PRICE_SHOT * STEP + PRICE_START) / RATE, (PRICE_SHOT + 1) * STEP / RATE
    chains.append(f"[x{shots - 1}][{shots}:v]overlay=60:90:shortest=1[branded]")
    slide = f"60-600*pow(1-min(1,max(0,(t-{enters_s:.3f})/0.4)),3)"
    chains.append(
        f"[branded][{shots + 1}:v]overlay=x='{slide}':y=1180:enable='between(t,{enters_s:.3f},{leaves_s:.3f})':shortest=1[tagged]"
    )
    chains.append(f"[tagged]ass={captions}[v]")
    chains.append(f"[{shots + 2}:a]asplit[key][spoken]")
    chains.append(f"[{shots + 3}:a][key]sidechaincompress=threshold=0.05:ratio=6:attack=20:release=300[under]")
    chains.append("[spoken][under]amix=inputs=2:normalize=0,alimiter=limit=0.84:level=0[a]")
    return ";".join(chains)


def _shot(number: int) -> str:
    """Cut, grid, framing with a move, grade, vignette."""
    move = motion(number)
    zoom = f"{move.zoom_from}+{move.zoom_to - move.zoom_from:.2f}*on/{SHOT_FRAMES - 1}"
    begin = f"[{number}:v]fps={RATE},trim=end_frame={SHOT_FRAMES},setpts=PTS-STARTPTS"
    finish = f"setsar=1,eq=contrast=1.05:saturation=1.05,vignette=angle=PI/6,format=yuv420p,settb=1/{RATE},fps={RATE}[v{number}]"
    zoompan = f"zoompan=z='{zoom}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=1:fps={RATE}"
    if number in BLURRED:
        blurred = f"scale=135:240:force_original_aspect_ratio=increase,crop=135:240,gblur=sigma=4,scale={W}:{H},eq=brightness=-0.15"
        return f"{begin},split[a{number}][b{number}];[a{number}]{blurred}[c{number}];[b{number}]{zoompan}:s={W}x608[d{number}];" + (
            f"[c{number}][d{number}]overlay=0:(H-h)/2,{finish}"
        )
    return f"{begin},crop='min(iw,ih*9/16)':'min(ih,iw*16/9)',{zoompan}:s={W}x{H},{finish}"
