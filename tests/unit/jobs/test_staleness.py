"""What an edit makes stale."""

from __future__ import annotations

from libs.common.jobs.staleness import stale_steps
from libs.common.media.storyboard import Scene
from libs.common.media.timeline import Cut
from libs.common.pipeline import PIPELINE, Scope

KEYS = {Scope.job: ("",), Scope.scene: ("0", "1", "2"), Scope.rendition: ("1080p",)}
STEPS = [(stage.name, key) for stage in PIPELINE for key in KEYS[stage.scope]]


def stale(kind: type, key: str) -> set[tuple[str, str]]:
    return set(stale_steps((kind, key), STEPS, scenes=3, presets=("1080p",)))


def test_an_edited_cut_leaves_voice_and_footage_alone() -> None:
    found = stale(Cut, "2")

    assert ("composition.render", "2") in found
    assert ("composition.render", "1") not in found
    assert not any(name in ("voice.narrate", "assets.select") for name, _ in found)
    assert ("encoding.publish", "") in found


def test_an_edited_cut_reaches_the_scenes_that_follow_it() -> None:
    assert {("composition.cut", "1"), ("composition.cut", "2"), ("composition.render", "2")} <= stale(Cut, "0")


def test_an_edited_scene_is_spoken_again_and_the_others_are_not() -> None:
    found = stale(Scene, "1")

    assert ("voice.narrate", "1") in found
    assert ("voice.narrate", "0") not in found
    assert ("voice.narrate", "2") not in found
    assert ("scripts.write", "") not in found
