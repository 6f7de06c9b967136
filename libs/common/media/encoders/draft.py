"""For previews: the least time that still shows what the picture will be. Dark gradients may show blocks."""

from libs.common.media.encoders import EncoderPreset

PRESET = EncoderPreset(
    name="draft",
    title="Draft: previews",
    speed="ultrafast",
    crf=26,
    params="cabac=1:no-deblock=0:subme=1:8x8dct=1:bframes=3:b-adapt=0:partitions=i8x8,i4x4",
)
