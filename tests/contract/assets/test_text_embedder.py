"""Every embedding gives unit vectors that mean something, in a size and under a fingerprint of its own."""

from __future__ import annotations

import json

import httpx2
import numpy as np
import pytest

from libs.common.media.brief import Language
from libs.common.media.errors import Defect, Unavailable
from services.assets.embed.base import TextEmbedder
from services.assets.embed.hashed import HashedEmbedder
from services.assets.embed.minilm import MiniLmEmbedder
from services.assets.embed.openai import OpenAiEmbedder

LONG = "A woman pours hot tea into a cup. " * 60


@pytest.fixture(scope="module")
def minilm() -> MiniLmEmbedder:
    return MiniLmEmbedder()


def server(model: TextEmbedder) -> httpx2.MockTransport:
    """`/v1/embeddings` as a model server answers it, rows in another order."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = json.loads(request.content)
        vectors = model.embed(asked["input"])
        rows = [{"index": number, "embedding": vector.tolist()} for number, vector in enumerate(vectors)]
        return httpx2.Response(200, json={"data": rows[::-1]})

    return httpx2.MockTransport(answer)


def remote(transport: httpx2.MockTransport, size: int) -> OpenAiEmbedder:
    return OpenAiEmbedder(httpx2.Client(base_url="http://embeddings", transport=transport), model="mirror", size=size)


@pytest.fixture(params=["minilm", "openai", "hashed"])
def embedder(request: pytest.FixtureRequest, minilm: MiniLmEmbedder) -> TextEmbedder:
    made: dict[str, TextEmbedder] = {"minilm": minilm, "openai": remote(server(minilm), minilm.size), "hashed": HashedEmbedder()}
    return made[request.param]


def test_vectors_have_the_size_and_unit_length(embedder: TextEmbedder) -> None:
    vectors = embedder.embed(["a cup of tea", LONG])

    assert vectors.shape == (2, embedder.size)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_near_texts_are_nearer_than_others(embedder: TextEmbedder) -> None:
    cup, same, other = embedder.embed(
        ["A cup of hot tea stands on a table.", "Hot tea in a cup on the table.", "A race car drives through rain."]
    )

    assert cup @ same > cup @ other + 0.2


def test_a_text_without_words_is_the_zero_vector(embedder: TextEmbedder) -> None:
    assert not embedder.embed(["", " … !"]).any()


def test_no_texts_give_no_vectors(embedder: TextEmbedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.size)


def test_a_text_has_one_vector_whatever_stands_beside_it(embedder: TextEmbedder) -> None:
    alone = embedder.embed(["a cup of tea"])[0]
    among = embedder.embed([LONG, "a cup of tea", "a dog"])[1]

    assert among == pytest.approx(alone, abs=1e-5)


def test_nothing_is_lost_at_the_end_of_a_long_text(embedder: TextEmbedder) -> None:
    plain, told, asked = embedder.embed([LONG[:900], LONG[:600] + "A brown dog runs on a beach. " * 12, "a dog on a beach"])

    assert told @ asked > plain @ asked + 0.2


def test_it_says_who_it_is(embedder: TextEmbedder) -> None:
    assert str(embedder.size) in embedder.fingerprint
    assert Language.en in embedder.languages


def test_minilm_gives_the_published_vectors(minilm: MiniLmEmbedder) -> None:
    """First numbers and similarities as the model's page and its reference implementation have them."""
    first = minilm.embed(["This is an example sentence"])[0]
    happy, dog, very, sunny = minilm.embed(
        ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    )

    assert first[:5] == pytest.approx([0.0676569, 0.0634959, 0.0487131, 0.0793050, 0.0374480], abs=1e-5)
    assert [happy @ dog, happy @ very, happy @ sunny] == pytest.approx([0.695, 0.943, 0.257], abs=1e-3)


def test_weights_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.assets.embed.minilm.PACKAGE", "no_such_package")

    with pytest.raises(Unavailable) as caught:
        MiniLmEmbedder()

    assert caught.value.code == "embedding.no_weights"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (503, {}, Unavailable),
        (400, {}, Defect),
        (200, {"data": [{"index": 0, "embedding": [1.0, 2.0]}]}, Defect),
        (200, {"data": []}, Defect),
    ],
)
def test_a_server_that_answers_badly_is_told_apart(
    status: int, body: object, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    broken = remote(httpx2.MockTransport(lambda request: httpx2.Response(status, json=body)), 8)

    with pytest.raises(error):
        broken.embed(["a cup"])


def test_longer_vectors_are_cut_and_made_unit_again() -> None:
    answer = {"data": [{"index": 0, "embedding": [3.0, 4.0, 12.0]}]}
    cut = remote(httpx2.MockTransport(lambda request: httpx2.Response(200, json=answer)), 2)

    assert cut.embed(["a cup"])[0] == pytest.approx([0.6, 0.8])
