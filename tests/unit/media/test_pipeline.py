"""The pipeline as data: who reads what, and when a step is ready."""

import pytest

from libs.common.documents import VERSIONS
from libs.common.media.brief import Brief
from libs.common.media.footage import Footage
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.render import Segment
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.storyboard import Scene, Storyboard
from libs.common.pipeline import PIPELINES, SCOPES, STAGES, Previous, is_ready

PRESETS = ("1080p", "540p")


@pytest.mark.parametrize("root", PIPELINES, ids=lambda root: root.__name__)
def test_every_document_that_is_read_is_written_before(root):
    known = {root}
    for stage in PIPELINES[root]:
        own = {stage.writes}
        for read in stage.reads:
            kind = read.kind if isinstance(read, Previous) else read
            assert kind in known | own, f"{stage.name} reads {kind.__name__}"
        known |= own | ({stage.emits} if stage.emits else set())


def test_every_document_has_a_version_and_a_scope():
    assert set(SCOPES) == set(VERSIONS)


def test_a_scene_is_spoken_while_the_script_is_still_written():
    from libs.common.media.review import SceneReview

    present = {(Brief, ""), (Scene, "0"), (SceneReview, "0")}
    assert is_ready(STAGES["voice.narrate"], "0", present=present, scenes=None, presets=PRESETS)


def test_the_mix_waits_for_the_last_utterance():
    present = {(Brief, ""), (MusicChoice, ""), (CueSheet, ""), (Storyboard, ""), (Utterance, "0")}
    mix = STAGES["composition.mix"]
    assert not is_ready(mix, "", present=present, scenes=None, presets=PRESETS)
    assert not is_ready(mix, "", present=present, scenes=2, presets=PRESETS)
    assert is_ready(mix, "", present=present | {(Utterance, "1")}, scenes=2, presets=PRESETS)


def test_the_first_scene_needs_no_scene_before_it():
    present = {(Brief, ""), (Scene, "0"), (Utterance, "0"), (Scene, "1"), (Utterance, "1")}
    select = STAGES["assets.select"]
    assert is_ready(select, "0", present=present, scenes=None, presets=PRESETS)
    assert not is_ready(select, "1", present=present, scenes=None, presets=PRESETS)
    assert is_ready(select, "1", present=present | {(Footage, "0")}, scenes=None, presets=PRESETS)


def test_the_master_is_joined_from_segments_and_one_soundtrack():
    assert {Segment, Soundtrack} <= set(STAGES["encoding.assemble"].reads)
