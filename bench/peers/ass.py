"""The captions of the standard timeline as an ASS file: words light up one after the other, each phrase pops in."""

from __future__ import annotations

from bench.standard import OVERLAP, SHOT_FRAMES
from libs.common.media.captions import Caption
from libs.common.media.timeline import Cut

FONT = "Noto Sans CJK SC"
_HEAD = f"""[Script Info]
ScriptType: v4.00+
PlayResX: 1080
PlayResY: 1920
[V4+ Styles]
Format: Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Alignment,MarginV,Outline,Shadow
Style: Default,{FONT},86,&H0000D4FF,&H00FFFFFF,&H00101114,&H80000000,1,2,520,5,3
[Events]
Format: Layer,Start,End,Style,Text
"""


def subtitles(cuts: tuple[Cut, ...]) -> str:
    lines = []
    for number, cut in enumerate(cuts):
        lines += [_line(caption, number * (SHOT_FRAMES - OVERLAP)) for caption in cut.captions]
    return _HEAD + "\n".join(lines) + "\n"


def _line(caption: Caption, at: int) -> str:
    words = "".join(rf"{{\k{round(word.length * 100 / 30)}}}{word.text}" for word in caption.words)
    start, end = (_clock((at + frame) / 30) for frame in (caption.start, caption.start + caption.length))
    return rf"Dialogue: 0,{start},{end},Default,{{\fscx86\fscy86\t(0,200,\fscx100\fscy100)}}{words}"


def _clock(seconds: float) -> str:
    return f"0:{int(seconds // 60):02d}:{seconds % 60:05.2f}"
