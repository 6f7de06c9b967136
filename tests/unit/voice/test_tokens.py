"""The tokens of a narration: joined they are the narration, whatever it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.common.media.brief import Language
from services.voice.normalise import normalise

ODD = st.text(alphabet="一二三两百折万元年月个杯¥$€%℃0123456789.,:-–/×xX+&kgmlABCusb “”！？，。…\n🙂é", max_size=40)


@settings(max_examples=300, deadline=None)
@given(text=ODD | st.text(max_size=30), language=st.sampled_from(Language))
def test_tokens_joined_are_the_text(text, language):
    assert "".join(token.display for token in normalise(text, language)) == text


@settings(max_examples=200, deadline=None)
@given(text=ODD, language=st.sampled_from(Language))
def test_no_digit_is_left_to_the_engine(text, language):
    said = "".join(token.spoken for token in normalise(text, language))

    assert not any(char in "0123456789%¥$€" for char in said)


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("保温杯只要¥199，真香！", Language.zh, ["保温杯", "只要", "¥199", "，", "真香", "！"]),
        ("支持USB充电", Language.zh, ["支持", "USB", "充电"]),
        ("Only $19.99, now!", Language.en, ["Only", " ", "$19.99", ",", " ", "now", "!"]),
        ("It’s 50% off", Language.en, ["It’s", " ", "50%", " ", "off"]),
    ],
)
def test_a_price_is_one_token_and_punctuation_stands_alone(text, language, shown):
    assert [token.display for token in normalise(text, language)] == shown


def test_punctuation_makes_no_word():
    tokens = normalise("好，“很好”！", Language.zh)

    assert [token.display for token in tokens if any(char.isalnum() for char in token.spoken)] == ["好", "很", "好"]
