"""Full HD: the usual size of short-video platforms."""

from libs.common.media.presets import OutputPreset

PRESET = OutputPreset(name="1080p", title="Full HD (1080 × 1920 in 9:16)", short_side_px=1080)
