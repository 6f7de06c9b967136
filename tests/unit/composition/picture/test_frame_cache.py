"""Memory that is bounded: what was used least recently goes first."""

import subprocess
import sys
from dataclasses import dataclass

from services.composition.frame_cache import BoundedCache


@dataclass
class Thing:
    nbytes: int


def test_the_least_recently_used_goes_first():
    cache = BoundedCache(100)
    for name in "abc":
        cache.put(name, Thing(30))
    assert cache.get("a")
    cache.put("d", Thing(30))
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    assert cache.held_bytes == 90


def test_one_large_thing_may_push_out_several():
    cache = BoundedCache(100)
    for name in "abc":
        cache.put(name, Thing(30))
    cache.put("d", Thing(90))
    assert [name for name in "abcd" if cache.get(name)] == ["d"]


def test_what_is_larger_than_all_memory_is_not_kept_and_pushes_nothing_out():
    cache = BoundedCache(100)
    cache.put("a", Thing(30))
    cache.put("b", Thing(101))
    assert cache.get("a")
    assert cache.get("b") is None


def test_a_new_thing_takes_the_place_and_the_bytes_of_the_old_one():
    cache = BoundedCache(100)
    cache.put("a", Thing(30))
    cache.put("a", Thing(50))
    assert cache.held_bytes == 50
    cache.forget("a")
    assert (cache.get("a"), cache.held_bytes) == (None, 0)


def test_a_limit_of_nothing_keeps_nothing():
    cache = BoundedCache(0)
    cache.put("a", Thing(1))
    assert cache.get("a") is None


def test_the_service_is_whole_without_torch():
    """Where it is not installed, and where it is: nothing loads it before a device is there."""
    program = "import sys; sys.modules['torch'] = None; import services.composition.steps, services.composition.app"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
