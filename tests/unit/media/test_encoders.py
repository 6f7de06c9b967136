"""The catalogue of encoder presets."""

import pytest

from libs.common.media.encoders import ENCODERS, KEY_INTERVAL, encoder
from libs.common.media.errors import InvalidInput
from libs.common.media.presets import PRESETS


def test_there_is_one_preset_for_each_need():
    assert set(ENCODERS) == {"draft", "fast", "balanced", "archive"}


def test_a_preset_is_found_under_its_own_name():
    assert all(preset.name == name for name, preset in ENCODERS.items())


def test_every_output_preset_names_an_encoder_that_there_is():
    assert all(encoder(preset.encoder) for preset in PRESETS.values())


def test_an_unknown_preset_is_refused_with_the_names_that_there_are():
    with pytest.raises(InvalidInput, match="draft") as refused:
        encoder("fastest")
    assert refused.value.code == "render.unknown_encoder"


@pytest.mark.parametrize("name", ENCODERS)
def test_all_presets_close_their_groups_and_set_key_frames_two_seconds_apart(name: str):
    params = encoder(name).options()["x264-params"].split(":")
    assert {"open-gop=0", f"keyint={KEY_INTERVAL}", "threads=1"} <= set(params)
