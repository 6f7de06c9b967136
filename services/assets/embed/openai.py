"""Any server with `/v1/embeddings` in OpenAI's shape, e.g. vLLM with `--runner pooling`."""

from __future__ import annotations

from collections.abc import Sequence

import httpx2
import numpy as np
import stamina

from libs.common.media.brief import Language
from libs.common.media.errors import Defect, Unavailable
from services.assets.embed.base import Vectors
from services.assets.embed.sentences import sentences

_BATCH = 64


class OpenAiEmbedder:
    """Multilingual models are the reason to have it. Long texts go as sentences and come back as their mean, as everywhere here."""

    def __init__(
        self,
        client: httpx2.Client,
        *,
        model: str,
        size: int,
        languages: frozenset[Language] = frozenset(Language),
        revision: str = "",
        prefix: str = "",
    ) -> None:
        """`client` has the server's base address and key; `prefix` is put before every text where a model wants an instruction."""
        self._client = client
        self._model = model
        self._prefix = prefix
        self.size = size
        self.languages = languages
        self.fingerprint = f"{model}/{revision}/{size}/mean-of-sentences/{prefix}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        parts = [sentences(text) for text in texts]
        flat = [self._prefix + part for group in parts for part in group]
        batches = [self._ask(flat[start : start + _BATCH]) for start in range(0, len(flat), _BATCH)]
        vectors = np.concatenate(batches) if batches else np.zeros((0, self.size), np.float32)
        out = np.zeros((len(texts), self.size), np.float32)
        at = 0
        for row, group in enumerate(parts):
            if group:
                mean = vectors[at : at + len(group)].mean(axis=0)
                out[row] = mean / max(float(np.linalg.norm(mean)), 1e-12)
            at += len(group)
        return out

    @stamina.retry(on=Unavailable, attempts=3, timeout=20)
    def _ask(self, texts: list[str]) -> Vectors:
        try:
            answer = self._client.post("/v1/embeddings", json={"model": self._model, "input": texts, "encoding_format": "float"})
        except httpx2.TransportError as error:
            raise Unavailable("the embedding server does not answer", code="embedding.unavailable") from error
        if answer.status_code == 429 or answer.status_code >= 500:
            raise Unavailable(f"the embedding server answered {answer.status_code}", code="embedding.unavailable")
        if answer.status_code != 200:
            raise Defect(f"the embedding server refused with {answer.status_code}", code="embedding.refused")
        rows = sorted(answer.json()["data"], key=lambda row: row["index"])
        vectors = np.array([row["embedding"] for row in rows], np.float32)
        if vectors.shape[0] != len(texts) or vectors.shape[1] < self.size or not np.isfinite(vectors).all():
            raise Defect(f"vectors of shape {vectors.shape} where {(len(texts), self.size)} was expected", code="embedding.bad_answer")
        cut = vectors[:, : self.size]
        units: Vectors = cut / np.maximum(np.linalg.norm(cut, axis=1, keepdims=True), np.float32(1e-12))
        return units
