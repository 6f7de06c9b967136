"""Captions by other people: the clip that a shot was written for is found, and shots about nothing there are refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.jobs.database import open_engine
from libs.common.jobs.migrations import migrate
from services.assets.catalogue.clips import Catalogue
from services.assets.choose import RELEVANT
from services.assets.embed.minilm import MiniLmEmbedder
from services.assets.index.edge import EdgeIndex
from services.assets.ingest import Line
from services.assets.library import LocalLibrary
from services.assets.limits import MediaLimits
from services.assets.music.tracks import Tracks
from services.assets.search import ClipQuery, Found

RETRIEVAL = Path(__file__).parents[3].parent / "shared" / "data" / "retrieval"
Ask = Callable[[ClipQuery, str], tuple[Found, ...]]
CLIPS = 300
SHOTS = 60

OFF_TOPIC_EN = (
    ClipQuery(text="Liquid nitrogen is poured over superconducting magnets in a laboratory.", keywords=("nitrogen", "magnet", "cryostat")),
    ClipQuery(text="A notary stamps a property deed beside a sealed ballot box.", keywords=("notary", "deed", "stamp", "ballot")),
    ClipQuery(text="Tax forms and spreadsheets pile up on an accountant's desk.", keywords=("tax", "accountant", "spreadsheet")),
    ClipQuery(text="A satellite unfolds its solar panels above the poles.", keywords=("satellite", "orbit", "solar panel")),
)
OFF_TOPIC_ZH = (
    ClipQuery(text="会计师在办公桌前核对增值税发票和报表", keywords=("税务", "发票", "报表")),
    ClipQuery(text="卫星在极地轨道上展开太阳能帆板", keywords=("卫星", "轨道", "帆板")),
    ClipQuery(text="液氮冷却超导磁体的实验装置", keywords=("液氮", "超导", "实验室")),
    ClipQuery(text="公证处工作人员在合同上盖章", keywords=("公证", "合同", "印章")),
)


def rows(name: str) -> list[dict[str, Any]]:
    with (RETRIEVAL / name).open() as lines:
        return [json.loads(line) for line, _ in zip(lines, range(CLIPS), strict=False)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLibrary]:
    folder = tmp_path_factory.mktemp("retrieval")
    migrate(f"sqlite:///{folder}/clips.db")
    engine, embedder = open_engine(f"sqlite:///{folder}/clips.db"), MiniLmEmbedder()
    made = LocalLibrary(
        catalogue=Catalogue(engine),
        tracks=Tracks(engine),
        index=EdgeIndex(folder / "index", size=embedder.size),
        embedder=embedder,
        blobs=MemoryBlobStore(),
        limits=MediaLimits(),
    )
    for name, language in (("msrvtt_dev", "en"), ("msvdcn_dev", "zh")):
        made.add_annotations([Line(number, row) for number, row in enumerate(rows(f"{name}.clips.jsonl"), 1)], tenant="t", library=language)
    yield made
    made.close()
    engine.dispose()


@pytest.fixture(scope="module")
def ask(library: LocalLibrary) -> Ask:
    """Each question once: several tests look at the same answers."""

    @cache
    def search(query: ClipQuery, language: str) -> tuple[Found, ...]:
        return library.search(query, tenant="t", library=language)

    return search


def english() -> list[tuple[ClipQuery, str]]:
    shots = rows("msrvtt_dev.queries.jsonl")[:SHOTS]
    return [
        (ClipQuery(text=shot["visual"], narration=shot["narration"], keywords=tuple(shot["keywords"])), shot["relevant"][0])
        for shot in shots
    ]


def chinese() -> list[tuple[ClipQuery, str]]:
    there = {row["video_id"] for row in rows("msvdcn_dev.clips.jsonl")}
    return [(ClipQuery(text=row["text"]), row["relevant"][0]) for row in rows("msvdcn_dev.queries.jsonl") if row["relevant"][0] in there][
        :SHOTS
    ]


@pytest.mark.parametrize(("language", "least"), [("en", 0.9), ("zh", 0.85)])
def test_the_clip_that_a_shot_is_about_is_among_the_first_ten(ask: Ask, language: str, least: float) -> None:
    asked = english() if language == "en" else chinese()

    hits = [wanted in [one.clip.id for one in ask(query, language)[:10]] for query, wanted in asked]

    assert sum(hits) / len(hits) > least


@pytest.mark.parametrize(("language", "least"), [("en", 0.95), ("zh", 0.9)])
def test_most_shots_find_something_that_may_be_shown(ask: Ask, language: str, least: float) -> None:
    asked = english() if language == "en" else chinese()

    good = [max(one.relevance for one in ask(query, language)) >= RELEVANT for query, _ in asked]

    assert sum(good) / len(good) > least


@pytest.mark.parametrize(("language", "queries"), [("en", OFF_TOPIC_EN), ("zh", OFF_TOPIC_ZH)])
def test_shots_about_nothing_in_the_library_are_refused(ask: Ask, language: str, queries: tuple[ClipQuery, ...]) -> None:
    best = [max((one.relevance for one in ask(query, language)), default=0.0) for query in queries]

    assert max(best) < RELEVANT
