"""The encoder presets of the house, as the render uses them."""

from libs.common.media.encoders import ENCODERS, EncoderPreset, encoder

__all__ = ["ENCODERS", "EncoderPreset", "encoder"]
