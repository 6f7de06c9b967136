"""The library keeps what it is given once, finds it again, and mends its index from its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.jobs.database import open_engine
from libs.common.media.errors import InvalidInput, NotFound
from libs.common.media.footage import MediaKind
from services.assets.catalogue.clips import Catalogue
from services.assets.child import memory_file
from services.assets.clip import Annotation, Ingested, Outcome
from services.assets.embed.hashed import HashedEmbedder
from services.assets.index.edge import EdgeIndex
from services.assets.ingest import Line
from services.assets.library import LocalLibrary
from services.assets.limits import MediaLimits
from services.assets.music.tracks import Tracks
from services.assets.search import ClipQuery

Film = Callable[..., Path]
SMALL = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
PLACE = {"tenant": "acme", "library": "main"}


class CountingEmbedder(HashedEmbedder):
    """Counts the texts that it is given."""

    def __init__(self, size: int = 64) -> None:
        super().__init__(size=size)
        self.texts = 0

    def embed(self, texts):  # type: ignore[no-untyped-def]
        self.texts += len(texts)
        return super().embed(texts)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def blobs() -> MemoryBlobStore:
    return MemoryBlobStore()


@pytest.fixture
def library(database_url: str, tmp_path: Path, embedder: CountingEmbedder, blobs: MemoryBlobStore) -> Iterator[LocalLibrary]:
    engine = open_engine(database_url)
    made = opened(Catalogue(engine), tmp_path / "index", embedder, blobs)
    yield made
    made.close()
    engine.dispose()


def opened(catalogue: Catalogue, root: Path, embedder: HashedEmbedder, blobs: MemoryBlobStore) -> LocalLibrary:
    index = EdgeIndex(root, size=embedder.size)
    return LocalLibrary(
        catalogue=catalogue, tracks=Tracks(catalogue._engine), index=index, embedder=embedder, blobs=blobs, limits=MediaLimits()
    )


def add(library: LocalLibrary, *values: object, place: dict[str, str] = PLACE) -> list[Ingested]:
    return library.add_annotations([Line(number, value) for number, value in enumerate(values, 1)], **place)


def add_film(library: LocalLibrary, path: Path, annotation: Annotation | None, name: str = "film.mp4") -> Ingested:
    with memory_file(path.read_bytes()) as source:
        return library.add_media(source, annotation, name=name, **PLACE)


def find(library: LocalLibrary, text: str, place: dict[str, str] = PLACE, **asked: object) -> list[str]:
    return [one.clip.id for one in library.search(ClipQuery(text=text, **asked), **place)]  # type: ignore[arg-type]


TEA = {"video_id": "tea", "duration": 4, "tags": ["tea", "Cup"], "transcript": "A woman pours tea into a cup. Steam rises."}
DOG = {"video_id": "dog", "duration": 6, "tags": ["狗"], "transcript": "一只棕色的狗在沙滩上奔跑。海浪拍打着岸边。"}


def test_annotated_clips_are_found_in_both_languages(library: LocalLibrary) -> None:
    assert [answer.outcome for answer in add(library, TEA, DOG)] == [Outcome.created, Outcome.created]

    assert find(library, "somebody pouring tea")[0] == "tea"
    assert find(library, "小狗在海边跑")[0] == "dog"


def test_a_hit_says_why(library: LocalLibrary) -> None:
    add(library, TEA)

    (found,) = library.search(ClipQuery(text="steam from a cup"), **PLACE)

    assert found.tags == ("Cup",)
    assert found.dense is not None
    assert found.dense > 0
    assert found.sparse == pytest.approx(1.0)
    assert 0 < found.relevance <= 1


def test_a_chinese_question_is_not_asked_of_an_english_embedding(library: LocalLibrary) -> None:
    add(library, DOG)

    assert library.search(ClipQuery(text="沙滩上的狗"), **PLACE)[0].dense is None


def test_the_same_again_changes_nothing(library: LocalLibrary, embedder: CountingEmbedder) -> None:
    add(library, TEA)
    revision, texts = library.revision(), embedder.texts

    assert [answer.outcome for answer in add(library, TEA)] == [Outcome.unchanged]
    assert (library.revision(), embedder.texts) == (revision, texts)


def test_a_changed_annotation_replaces_the_old_one(library: LocalLibrary) -> None:
    add(library, TEA)
    revision = library.revision()

    assert [answer.outcome for answer in add(library, TEA | {"transcript": "A race car drives by.", "tags": []})] == [Outcome.updated]
    assert library.revision() != revision
    assert [one.sparse for one in library.search(ClipQuery(text="tea cup"), **PLACE)] in ([], [0.0])
    assert library.stats(**PLACE).clips == 1


def test_each_line_has_its_own_answer(library: LocalLibrary) -> None:
    answers = add(library, TEA, {"video_id": "b", "duration": "long"}, "no object", TEA, DOG | {"colour": "brown"})

    assert [(answer.line, answer.outcome, answer.code) for answer in answers] == [
        (1, Outcome.created, None),
        (2, Outcome.refused, "annotation.invalid"),
        (3, Outcome.refused, "annotation.unreadable"),
        (4, Outcome.refused, "annotation.duplicate_id"),
        (5, Outcome.created, None),
    ]
    assert answers[4].ignored == ("colour",)


def test_tenants_and_libraries_do_not_see_each_other(library: LocalLibrary) -> None:
    add(library, TEA)

    for place in ({"tenant": "rival", "library": "main"}, {"tenant": "acme", "library": "second"}):
        assert find(library, "tea", place) == []
        with pytest.raises(NotFound):
            library.clip("tea", **place)


def test_a_clip_without_media_is_found_but_not_shown(library: LocalLibrary) -> None:
    add(library, TEA)

    assert find(library, "tea") == ["tea"]
    assert find(library, "tea", with_media=True) == []


def test_film_and_annotation_make_a_clip_that_can_be_shown(library: LocalLibrary, blobs: MemoryBlobStore, film: Film) -> None:
    answer = add_film(library, film("tea.mp4", *SMALL), Annotation.model_validate(TEA))

    assert answer.outcome is Outcome.created
    assert find(library, "tea", with_media=True) == ["tea"]
    media = library.clip("tea", **PLACE).media
    assert media is not None
    assert (media.kind, media.frames, media.width_px) == (MediaKind.video, 30, 160)
    assert blobs.size(media.blob.key) == media.blob.size_bytes
    assert library.stats(**PLACE).with_media == 1


def test_the_media_decides_the_length(library: LocalLibrary, film: Film) -> None:
    add_film(library, film("tea.mp4", *SMALL), Annotation.model_validate(TEA | {"duration": 99}))

    assert library.clip("tea", **PLACE).duration_s == 1


def test_the_same_file_is_converted_once(
    library: LocalLibrary, blobs: MemoryBlobStore, film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film("tea.mp4", *SMALL)
    add_film(library, path, Annotation.model_validate(TEA))
    monkeypatch.setattr("services.assets.ingest.take_in", None)

    assert add_film(library, path, Annotation.model_validate(TEA)).outcome is Outcome.unchanged
    assert add_film(library, path, Annotation.model_validate(TEA | {"video_id": "other"})).outcome is Outcome.created
    assert len(list(blobs.keys("clips/"))) == 1


def test_annotating_again_keeps_the_media(library: LocalLibrary, film: Film) -> None:
    add_film(library, film("tea.mp4", *SMALL), Annotation.model_validate(TEA))

    add(library, TEA | {"title": "Tea time"})

    clip = library.clip("tea", **PLACE)
    assert (clip.annotation.title, clip.media is not None) == ("Tea time", True)


def test_a_film_without_annotation_is_named_after_its_file(library: LocalLibrary, film: Film) -> None:
    answer = add_film(library, film("tea.mp4", *SMALL), None, name="Steaming_tea-cup 4K.mp4")

    assert answer.id is not None
    assert library.clip(answer.id, **PLACE).annotation.title == "Steaming tea cup 4K"
    assert find(library, "a cup of tea", with_media=True) == [answer.id]


def test_an_image_is_a_clip_too(library: LocalLibrary, film: Film) -> None:
    add_film(library, film("tea.png", "-frames:v", "1"), Annotation.model_validate(TEA), name="tea.png")

    media = library.clip("tea", **PLACE).media
    assert media is not None
    assert (media.kind, media.frames) == (MediaKind.image, 0)


def test_a_bad_file_leaves_nothing(library: LocalLibrary, blobs: MemoryBlobStore) -> None:
    with memory_file(b"#EXTM3U\n") as source, pytest.raises(InvalidInput):
        library.add_media(source, Annotation.model_validate(TEA), name="x.mp4", **PLACE)

    assert library.stats(**PLACE).clips == 0
    assert list(blobs.keys("")) == []


def test_a_removed_clip_is_found_no_more(library: LocalLibrary) -> None:
    add(library, TEA, DOG)
    revision = library.revision()

    library.remove("tea", **PLACE)

    assert "tea" not in find(library, "tea")
    assert library.revision() != revision
    with pytest.raises(NotFound):
        library.remove("tea", **PLACE)


def test_a_lost_index_is_made_again_without_embedding_anew(
    library: LocalLibrary, database_url: str, tmp_path: Path, embedder: CountingEmbedder, blobs: MemoryBlobStore
) -> None:
    add(library, TEA, DOG)
    texts = embedder.texts
    engine = open_engine(database_url)
    again = opened(Catalogue(engine), tmp_path / "lost", embedder, blobs)

    assert again.sync()

    assert embedder.texts == texts
    assert find(again, "tea")[0] == "tea"
    assert not again.sync()
    again.close()
    engine.dispose()


def test_another_embedding_embeds_everything_anew(library: LocalLibrary, database_url: str, tmp_path: Path, blobs: MemoryBlobStore) -> None:
    add(library, TEA)
    engine = open_engine(database_url)
    larger = CountingEmbedder(size=128)
    again = opened(Catalogue(engine), tmp_path / "larger", larger, blobs)

    assert again.sync()

    assert larger.texts == 1
    (row,) = Catalogue(engine).all()
    assert (row.fingerprint, row.vector is not None and row.vector.shape) == (larger.fingerprint, (128,))
    again.close()
    engine.dispose()


def test_vectors_are_unit_again_when_they_come_back(library: LocalLibrary, database_url: str) -> None:
    add(library, TEA)
    engine = open_engine(database_url)

    (row,) = Catalogue(engine).all()

    assert row.vector is not None
    assert np.linalg.norm(row.vector) == pytest.approx(1, abs=1e-6)
    engine.dispose()


def test_many_clips_come_page_by_page(library: LocalLibrary, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.assets.catalogue.clips._PAGE", 3)
    for number in range(2):
        add(library, *({"video_id": f"c{index}"} for index in range(5)), place={"tenant": f"t{number}", "library": "main"})
    engine = open_engine(database_url)

    names = [(row.tenant, row.clip.id) for row in Catalogue(engine).all()]

    assert names == [(f"t{number}", f"c{index}") for number in range(2) for index in range(5)]
    engine.dispose()
