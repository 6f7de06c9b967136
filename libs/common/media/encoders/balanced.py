"""A better picture than `fast` in about as many bits, for several times the time."""

from libs.common.media.encoders import EncoderPreset

PRESET = EncoderPreset(name="balanced", title="Balanced: better, slower", speed="faster", crf=22, params="bframes=3")
