"""The port of the embedding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from libs.common.media.brief import Language

Vectors = NDArray[np.float32]


class TextEmbedder(Protocol):
    """Meaning as a direction. Raises Unavailable where a server does not answer."""

    @property
    def fingerprint(self) -> str:
        """Everything that decides a vector: model, revision, size, pooling. Vectors of two fingerprints are never compared."""
        ...

    @property
    def size(self) -> int:
        """Of one vector."""
        ...

    @property
    def languages(self) -> frozenset[Language]:
        """Languages that it understands; for others its vectors say nothing and are not used."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), size). A text without any word gives the zero vector."""
        ...
