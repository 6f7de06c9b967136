"""Every clip index finds, filters, ranks, forgets and rebuilds alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from qdrant_client import QdrantClient

from libs.common.media.errors import Defect, Unavailable
from services.assets.index.base import ClipIndex, Entry, Orientation, Sparse, Spec
from services.assets.index.edge import EdgeIndex
from services.assets.index.server import ServerIndex

SIZE = 8


@pytest.fixture(params=["edge", "server"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ClipIndex]:
    made: ClipIndex
    if request.param == "edge":
        made = EdgeIndex(tmp_path / "index", size=SIZE)
    else:
        made = ServerIndex(QdrantClient(":memory:"), collection="clips", size=SIZE, field_indexes=False)
    yield made
    made.close()


def axis(number: int) -> np.ndarray:
    vector = np.zeros(SIZE, np.float32)
    vector[number] = 1
    return vector


def entry(name: str, **changes: object) -> Entry:
    fields = {
        "tenant": "acme",
        "library": "main",
        "clip_id": name,
        "dense": axis(0),
        "sparse": Sparse((1, 2), (1.0, 1.0)),
        "tags": ("kitchen",),
        "duration_s": 5.0,
        "orientation": Orientation.portrait,
        "has_media": True,
    }
    return Entry(**(fields | changes))  # type: ignore[arg-type]


def ids(index: ClipIndex, **asked: object) -> list[str]:
    (hits,) = index.search([Spec(**({"tenant": "acme", "library": "main"} | asked))])  # type: ignore[arg-type]
    return [hit.clip_id for hit in hits]


def test_the_nearest_vector_comes_first(index: ClipIndex) -> None:
    near, far = entry("near"), entry("far", dense=axis(1))
    index.upsert([far, near])

    assert ids(index, dense=axis(0)) == [near.clip_id, far.clip_id]


def test_rare_words_weigh_more_than_frequent_ones(index: ClipIndex) -> None:
    frequent = [entry(f"f{number}", sparse=Sparse((1,), (1.0,))) for number in range(8)]
    rare = entry("rare", sparse=Sparse((2,), (1.0,)))
    index.upsert([*frequent, rare])

    assert ids(index, sparse=Sparse((1, 2), (1.0, 1.0)))[0] == rare.clip_id


def test_vector_and_words_add_up(index: ClipIndex) -> None:
    both = entry("both", sparse=Sparse((7,), (2.0,)))
    index.upsert(
        [entry("vector alone", sparse=Sparse((9,), (1.0,))), both, entry("words alone", dense=axis(3), sparse=Sparse((7,), (2.0,)))]
    )

    assert ids(index, dense=axis(0), sparse=Sparse((7,), (1.0,)))[0] == both.clip_id


def test_a_wanted_tag_lifts_a_clip_and_excludes_none(index: ClipIndex) -> None:
    plain, tagged = entry("plain", tags=()), entry("tagged", tags=("tea", "cup"))
    index.upsert([plain, tagged])

    found = ids(index, dense=axis(0), boosted_tags=("cup",))

    assert found == [tagged.clip_id, plain.clip_id]


def test_clips_of_other_tenants_and_libraries_are_not_seen(index: ClipIndex) -> None:
    index.upsert([entry("other tenant", tenant="rival"), entry("other library", library="second")])

    assert ids(index, dense=axis(0), sparse=Sparse((1,), (1.0,))) == []


@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        ({"with_media": True}, {"has_media": False}),
        ({"at_least_s": 4.0}, {"duration_s": 3.9}),
        ({"orientation": Orientation.portrait}, {"orientation": Orientation.landscape}),
    ],
)
def test_a_filter_keeps_out_what_does_not_fit(index: ClipIndex, asked: dict[str, object], changes: dict[str, object]) -> None:
    fitting = entry("fitting")
    index.upsert([fitting, entry("not", **changes)])

    assert ids(index, dense=axis(0), sparse=Sparse((1,), (1.0,)), **asked) == [fitting.clip_id]


def test_excluded_clips_are_left_out(index: ClipIndex) -> None:
    first, second = entry("first"), entry("second")
    index.upsert([first, second])

    assert ids(index, dense=axis(0), exclude=frozenset({first.clip_id})) == [second.clip_id]


def test_a_clip_without_a_vector_is_found_by_its_words(index: ClipIndex) -> None:
    chinese = entry("chinese", dense=None)
    index.upsert([chinese])

    assert ids(index, sparse=Sparse((1,), (1.0,))) == [chinese.clip_id]
    assert ids(index, dense=axis(0)) == []


def test_a_question_without_vector_and_words_finds_nothing(index: ClipIndex) -> None:
    index.upsert([entry("any")])

    assert ids(index) == []


def test_writing_a_clip_again_replaces_it(index: ClipIndex) -> None:
    index.upsert([entry("clip")])
    index.upsert([entry("clip", has_media=False)])

    assert index.count(tenant="acme") == 1
    assert ids(index, dense=axis(0), with_media=True) == []


def test_a_deleted_clip_is_gone(index: ClipIndex) -> None:
    gone, stays = entry("gone"), entry("stays")
    index.upsert([gone, stays])

    index.delete("acme", "main", [gone.clip_id])

    assert ids(index, dense=axis(0)) == [stays.clip_id]


def test_counts_are_by_tenant_and_library(index: ClipIndex) -> None:
    index.upsert([entry("one"), entry("two", library="second")])

    assert (index.count(), index.count(tenant="acme", library="second"), index.count(tenant="rival")) == (2, 1, 0)


def test_a_rebuilt_index_holds_exactly_what_it_was_given(index: ClipIndex) -> None:
    index.upsert([entry("old")])
    new = entry("new")

    index.rebuild(iter([new]))

    assert ids(index, dense=axis(0)) == [new.clip_id]


@pytest.mark.parametrize("bad", [np.full(SIZE, np.nan, np.float32), np.zeros(SIZE, np.float32)])
def test_vectors_that_are_none_are_refused(index: ClipIndex, bad: np.ndarray) -> None:
    with pytest.raises(Defect, match="unit length"):
        index.upsert([entry("bad", dense=bad)])


def test_both_engines_give_the_same_scores(tmp_path: Path) -> None:
    edge = EdgeIndex(tmp_path / "index", size=SIZE)
    server = ServerIndex(QdrantClient(":memory:"), collection="clips", size=SIZE, field_indexes=False)
    random = np.random.default_rng(5)
    entries = []
    for number in range(60):
        vector = random.normal(size=SIZE).astype(np.float32)
        terms = tuple(sorted({int(value) for value in random.integers(0, 30, 5)}))
        entries.append(
            entry(f"e{number}", dense=vector / np.linalg.norm(vector), sparse=Sparse(terms, (1.0,) * len(terms)), tags=(f"t{number % 4}",))
        )
    spec = Spec(tenant="acme", library="main", dense=axis(2), sparse=Sparse((3, 9, 12), (1.0,) * 3), boosted_tags=("t1",), limit=20)
    for one in (edge, server):
        one.upsert(entries)
    (left,), (right,) = edge.search([spec]), server.search([spec])
    edge.close()
    server.close()

    assert [hit.clip_id for hit in left] == [hit.clip_id for hit in right]
    assert [hit.score for hit in left] == pytest.approx([hit.score for hit in right], abs=1e-4)


def test_an_embedded_index_is_there_again_after_a_restart(tmp_path: Path) -> None:
    first = EdgeIndex(tmp_path / "index", size=SIZE)
    first.upsert([entry("kept")])
    first.close()

    again = EdgeIndex(tmp_path / "index", size=SIZE)

    assert again.count() == 1
    again.close()


def test_an_embedded_index_is_opened_once(tmp_path: Path) -> None:
    first = EdgeIndex(tmp_path / "index", size=SIZE)

    with pytest.raises(Unavailable, match="cannot be opened"):
        EdgeIndex(tmp_path / "index", size=SIZE)
    first.close()


def test_a_large_rebuild_is_optimised_elsewhere_and_keeps_its_recall(tmp_path: Path) -> None:
    index = EdgeIndex(tmp_path / "index", size=SIZE)
    random = np.random.default_rng(1)
    vectors = random.normal(size=(5_200, SIZE)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    entries = [entry(f"e{number}", dense=vector) for number, vector in enumerate(vectors)]
    index.rebuild(entries)

    hits = index.search([Spec(tenant="acme", library="main", dense=vector, limit=1) for vector in vectors[:50]])

    assert sum(found[0].clip_id == one.clip_id for found, one in zip(hits, entries[:50], strict=True)) >= 49
    index.close()
