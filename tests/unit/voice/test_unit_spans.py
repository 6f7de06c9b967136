"""Word times from the events of espeak."""

from services.voice.tts.base import Span
from services.voice.tts.espeak import unit_spans


def test_a_word_reaches_to_the_next_word():
    assert unit_spans(["ab", " ", "cd"], [["word", 0, 0], ["word", 3, 100]], 300) == (Span(0, 100), None, Span(100, 300))


def test_a_pause_ends_the_word_before_it():
    events = [["word", 0, 0], ["pause", -1, 80], ["pause", -1, 120], ["word", 3, 120]]

    assert unit_spans(["ab", ",", "cd"], events, 300) == (Span(0, 80), None, Span(120, 300))


def test_several_events_of_one_unit_become_one_span():
    assert unit_spans(["一百九十", "元"], [["word", 0, 0], ["word", 2, 50], ["word", 4, 90]], 120) == (Span(0, 90), Span(90, 120))


def test_units_that_share_an_event_share_its_time_evenly():
    assert unit_spans(["一", "百"], [["word", 0, 0]], 100) == (Span(0, 50), Span(50, 100))


def test_a_word_without_length_is_dropped_and_its_letters_stay_with_the_sound():
    events = [["word", 0, 0], ["word", 3, 60], ["word", 6, 60]]

    assert unit_spans(["of", " ", "ab", " ", "cd"], events, 100) == (Span(0, 30), None, Span(30, 60), None, Span(60, 100))


def test_a_first_word_without_length_lends_its_letters_to_the_next():
    assert unit_spans(["ab", "cd"], [["word", 0, 0], ["word", 2, 0]], 100) == (Span(0, 50), Span(50, 100))


def test_no_events_give_no_times():
    assert unit_spans(["…"], [], 100) == (None,)
