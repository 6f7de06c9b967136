"""A small one for previews and slow networks."""

from libs.common.media.presets import OutputPreset

PRESET = OutputPreset(name="540p", title="Mobile (540 × 960 in 9:16)", short_side_px=540)
