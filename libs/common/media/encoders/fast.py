"""The default: what more time brings beyond it is little.

Adaptive quantisation stays on: without it the steps of dark gradients (cards, vignettes) run along straight edges of 16 pixels. Four
fifths of its usual strength cost less of VMAF than all of it.
"""

from libs.common.media.encoders import EncoderPreset

PRESET = EncoderPreset(name="fast", title="Fast: the default", speed="superfast", crf=23, params="bframes=3:b-adapt=0:aq-strength=0.8")
