"""An engine without a voice: as long as speech would be, every word timed by its spoken length. For tests, drafts and benches."""

from __future__ import annotations

from collections.abc import Sequence

from libs.common.media.sound import TimingSource
from services.voice.catalogue import Voice
from services.voice.syllables import spoken_weight
from services.voice.tts.base import Span, Speech

SAMPLE_RATE_HZ = 22_050
_PAUSES_S = dict.fromkeys("，,、;；:：", 0.15) | dict.fromkeys("。.!！?？…", 0.3)


class SilentSynthesizer:
    """All samples are zero; times are proportional, and it says so."""

    identity = "silent/1"

    def speak(self, units: Sequence[str], voice: Voice, rate_scale: float = 1.0) -> Speech:
        position_s = 0.0
        spans: list[Span | None] = []
        for unit in units:
            weight = spoken_weight(unit)
            if weight:
                end_s = position_s + weight / (voice.weights_per_s * rate_scale)
                spans.append(Span(round(position_s * SAMPLE_RATE_HZ), round(end_s * SAMPLE_RATE_HZ)))
                position_s = end_s
            else:
                spans.append(None)
                position_s += sum(_PAUSES_S.get(char, 0.0) for char in unit) / rate_scale
        length = round(position_s * SAMPLE_RATE_HZ)
        return Speech(pcm=bytes(2 * length), sample_rate_hz=SAMPLE_RATE_HZ, spans=tuple(spans), timing_source=TimingSource.proportional)

    def close(self) -> None:
        """Nothing is open."""
