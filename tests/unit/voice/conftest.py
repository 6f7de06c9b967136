"""Scenes to speak."""

from fractions import Fraction

import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Brief, Language, Product
from libs.common.media.review import Decision, SceneReview
from libs.common.media.storyboard import Scene, SceneRole
from libs.common.runtime.context import RecordingContext
from services.voice.narrate import narrate
from services.voice.settings import VoiceSettings
from services.voice.tts.silent import SilentSynthesizer


@pytest.fixture
def blobs():
    return MemoryBlobStore()


@pytest.fixture
def spoken(blobs):
    """Speak a narration; `context` and the blobs can be looked at."""

    def speak(narration, *, language=Language.zh, target_s="5", voice=None, tts=None, context=None, settings=None, presets=("1080p",)):
        brief = Brief(product=Product(name="杯子", selling_points=("保温",)), language=language, voice=voice, presets=presets)
        scene = Scene(
            index=3, role=SceneRole.hook, language=language, narration=narration, visual_query="杯子", target_s=Fraction(target_s)
        )
        review = SceneReview(scene=3, decision=Decision.allow, findings=(), policy_version="1")
        return narrate(
            brief,
            scene,
            review,
            tts=tts or SilentSynthesizer(),
            blobs=blobs,
            settings=settings or VoiceSettings(),
            context=context or RecordingContext(),
        )

    return speak
