import threading
import time

import pytest

from services.composition.pump import Pump


def test_items_come_in_order():
    assert list(Pump(iter(range(20)), depth=3, name="count")) == list(range(20))


def test_an_error_comes_after_the_items_before_it():
    def failing():
        yield 1
        raise ValueError("broken")

    found = []
    with pytest.raises(ValueError, match="broken"):
        found.extend(Pump(failing(), depth=3, name="fail"))


def test_it_runs_ahead_but_not_without_bound():
    made = []

    def counting():
        for number in range(100):
            made.append(number)
            yield number

    pump = Pump(counting(), depth=2, name="count")
    next(iter(pump))
    time.sleep(0.1)
    pump.close()
    assert len(made) <= 5


@pytest.mark.parametrize("stop_at", [0, 1, 5, 19])
def test_a_chain_can_be_stopped_at_any_point(stop_at):
    """A pump that waits for another one, which was stopped, must not wait for ever."""
    waits = threading.Event()

    def slow():
        for number in range(20):
            if number > stop_at:
                waits.wait(0.2)
            yield number

    first = Pump(slow(), depth=1, name="first")
    second = Pump(iter(first), depth=1, name="second")
    for number in second:
        if number == stop_at:
            break
    first.stopped.set()
    second.stopped.set()
    second.close()
    first.close()
    assert not [thread for thread in threading.enumerate() if thread.name in ("first", "second")]
