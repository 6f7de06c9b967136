"""A stand-in for an embedding: words hashed onto axes. Texts that share words are near, meaning is unknown. For tests and tools."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from libs.common.media.brief import Language
from services.assets import sparse
from services.assets.embed.base import Vectors


class HashedEmbedder:
    def __init__(self, *, size: int = 64, languages: frozenset[Language] = frozenset({Language.en})) -> None:
        self.size = size
        self.languages = languages
        self.fingerprint = f"hashed/{size}/1"

    def embed(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            for term in sparse.terms(text):
                digest = hashlib.blake2b(term.encode(), digest_size=4).digest()
                out[row, int.from_bytes(digest, "big") % self.size] += 1
        units: Vectors = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), np.float32(1e-12))
        return units
