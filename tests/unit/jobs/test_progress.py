"""Shares of the stages."""

from __future__ import annotations

import pytest

from libs.common.jobs.progress import SHARES, progress_of
from libs.common.pipeline import PIPELINES, STAGES, Scope


def test_every_stage_has_a_share() -> None:
    assert set(SHARES) == set(STAGES)


@pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=[root.__name__ for root in PIPELINES])
def test_a_job_with_all_steps_done_is_whole(pipeline) -> None:
    done = [(stage.name, 1.0) for stage in pipeline for _ in range(3 if stage.scope is Scope.scene else 1)]
    assert progress_of(done, scenes=3, pipeline=pipeline) == pytest.approx(1.0)


def test_the_number_of_scenes_does_not_change_a_stages_share() -> None:
    few = progress_of([("composition.render", 1.0), ("composition.render", 0.0)], scenes=2)
    many = progress_of([("composition.render", 1.0)] * 5 + [("composition.render", 0.0)] * 5, scenes=10)

    assert few == many == 0.2


def test_the_first_scene_is_not_taken_for_all_of_them() -> None:
    assert progress_of([("voice.narrate", 1.0)], scenes=None) < progress_of([("voice.narrate", 1.0)], scenes=1)
