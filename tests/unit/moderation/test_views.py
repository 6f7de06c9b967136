"""Views of a text lead back to its characters."""

from hypothesis import given
from hypothesis import strategies as st

from services.moderation.views import views_of


@given(st.text(max_size=60))
def test_every_character_of_a_view_leads_back_to_the_original(text):
    views = views_of(text)

    for view in (views.folded, views.squeezed):
        assert len(view.offsets) == len(view.text)
        assert list(view.offsets) == sorted(view.offsets)
        assert all(0 <= offset < len(text) for offset in view.offsets)
    assert "".join(views.folded.text[place] for place in views.places) == views.squeezed.text


def test_widths_invisibles_scripts_and_cases_fold():
    assert views_of("ＡＢ\u200bc國 家").folded.text == "abc国 家"


def test_a_character_that_unfolds_into_several_leads_back_to_one():
    view = views_of("㎡").folded

    assert view.text == "m2"
    assert view.span(0, 2) == (0, 1)


def test_squeezing_keeps_letters_and_digits():
    assert views_of("赌 *博-1.2").squeezed.text == "赌博12"
