"""To be kept, or to be edited and encoded again elsewhere."""

from libs.common.media.encoders import EncoderPreset

PRESET = EncoderPreset(name="archive", title="Archive: to keep", speed="medium", crf=18, params="bframes=3")
