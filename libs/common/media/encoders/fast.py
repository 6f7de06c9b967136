"""The default.

Adaptive quantisation stays on: without it dark gradients (cards, vignettes) break into blocks that are easy to see. At 0.8 of its usual
strength it costs fewer bits and less time than at full strength.
"""

from libs.common.media.encoders import EncoderPreset

PRESET = EncoderPreset(name="fast", title="Fast: the default", speed="superfast", crf=23, params="bframes=3:b-adapt=0:aq-strength=0.8")
