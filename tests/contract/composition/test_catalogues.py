"""What every effect, transition and caption style keeps to."""

import copy
from fractions import Fraction
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Effect
from services.composition import captions, cards, effects, layouts, overlays, transitions
from services.composition.app import create_app
from services.composition.moment import Moment
from services.composition.recipe import KNOTS, Look
from services.composition.settings import CompositionSettings

CATALOGUES = {
    "effects": effects.CATALOGUE,
    "transitions": transitions.CATALOGUE,
    "caption_styles": captions.CATALOGUE,
    "overlays": overlays.CATALOGUE,
    "cards": cards.CATALOGUE,
    "layouts": layouts.CATALOGUE,
}
LOOKS = [name for name, plugin in effects.CATALOGUE.items() if hasattr(plugin.module, "look")]
TURNS_AROUND: set[str] = set()
"""Effects whose point it is that bright becomes dark."""
MOMENT = Moment(frame=5, length=30, rate=Fraction(30), width_px=180, height_px=320)
PLUGINS = [plugin for catalogue in CATALOGUES.values() for plugin in catalogue.values()]


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.module.__name__)
def test_every_plugin_describes_itself_and_its_parameters(plugin):
    assert plugin.title
    assert plugin.description
    assert all(param.description for param in plugin.params)


@pytest.mark.parametrize("name", LOOKS)
def test_an_effect_keeps_shape_and_range_and_leaves_its_input_alone(name):
    module = effects.CATALOGUE[name].module
    before = Look(y=tuple(16 + k * 13.0 for k in range(KNOTS)))
    kept = copy.deepcopy(before)
    after = module.look(before, module.Params(), MOMENT)
    assert before == kept
    for curve, old in ((after.y, before.y), (after.u, before.u), (after.v, before.v)):
        assert len(curve) == KNOTS
        assert curve == old or all(16 <= level <= 240 for level in curve[1:-1])  # the ends are no legal levels to begin with
    assert after.y == before.y or max(after.y) <= 235
    assert 0 <= after.vignette <= 1


@pytest.mark.parametrize("name", sorted(set(LOOKS) - TURNS_AROUND))
def test_an_effect_never_turns_bright_and_dark_around(name):
    module = effects.CATALOGUE[name].module
    y = module.look(Look(), module.Params(), MOMENT).y
    assert all(dark <= bright for dark, bright in pairwise(y))


def test_effects_follow_one_another():
    warm, mono = Effect(name="warm", params={"amount": 1.0}), Effect(name="mono", params={})
    assert effects.stack_of((warm, mono)).look(MOMENT).u[8] == pytest.approx(128)
    assert effects.stack_of((mono, warm)).look(MOMENT).u[8] < 128


@pytest.mark.parametrize(
    ("effect", "field"),
    [(Effect(name="sparkle", params={}), "/effects/0/name"), (Effect(name="grade", params={"glow": 1.0}), "/effects/0/params/glow")],
)
def test_what_the_catalogue_does_not_have_is_refused_by_name(effect, field):
    with pytest.raises(InvalidInput) as refused:
        effects.stack_of((effect,))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("effects", "effects"),
        ("transitions", "transitions"),
        ("caption-styles", "caption_styles"),
        ("overlays", "overlays"),
        ("cards", "cards"),
        ("layouts", "layouts"),
    ],
)
def test_the_catalogue_is_served(path, kind):
    with TestClient(create_app(CompositionSettings())) as client:
        answer = client.get(f"/v1/{path}").json()
        assert client.get("/readyz").status_code == 200
    assert [entry["name"] for entry in answer[kind]] == list(CATALOGUES[kind])
    assert all(entry["title"] and entry["description"] for entry in answer[kind])
