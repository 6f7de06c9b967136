"""The embedded engine (qdrant-edge): Qdrant's own core in this process, a directory instead of a server.

One process alone opens the directory. Fresh clips are found at once by brute force; the graph over all is built only by `rebuild`, in a
child process on a copy, because the engine's `optimize` stops every thread of the process that calls it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import qdrant_edge as qe

from libs.common.media.errors import Defect, Unavailable
from services.assets.index.base import (
    PREFETCH,
    SPARSE_WEIGHT,
    TAG_BOOST,
    Entry,
    Hit,
    Spec,
    check,
    entry_id,
    excluded_ids,
    id_of,
    payload_of,
    scope_of,
)

_CURRENT = "CURRENT"
_BATCH = 256
_WORTH_A_GRAPH = 5_000
"""Fewer clips are searched faster without one."""
_FULL_SCAN_KB = 60_000
"""Per 384 numbers of a vector: below this a filtered search looks at all, else filters break the graph silently."""
_OPTIMISE_TIMEOUT_S = 6 * 3_600


class EdgeIndex:
    def __init__(self, root: Path, *, size: int) -> None:
        """`size` is that of a vector. Raises Unavailable (`index.locked`) where another process has the directory open."""
        self._root, self._size = root, size
        self._lock = threading.Lock()
        self._rebuilding = threading.Lock()
        self._missed: list[qe.UpdateOperation] | None = None
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._shard = self._open()

    def upsert(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            check(entry)
        for start in range(0, len(entries), _BATCH):
            self._update(qe.UpdateOperation.upsert_points([_point(entry) for entry in entries[start : start + _BATCH]]))

    def delete(self, tenant: str, library: str, clip_ids: Sequence[str]) -> None:
        if clip_ids:
            self._update(qe.UpdateOperation.delete_points([entry_id(tenant, library, clip_id) for clip_id in clip_ids]))

    def search(self, specs: Sequence[Spec]) -> list[list[Hit]]:
        asked = [(_request(spec), spec.limit) for spec in specs]
        with self._lock:
            answers = [self._shard.query(request) if request is not None else [] for request, _ in asked]
        return [_ordered(points, limit) for points, (_, limit) in zip(answers, asked, strict=True)]

    def count(self, *, tenant: str | None = None, library: str | None = None) -> int:
        with self._lock:
            found: int = self._shard.count(qe.CountRequest(filter=_scope_filter(tenant, library), exact=True))
            return found

    def rebuild(self, entries: Iterable[Entry]) -> None:
        with self._rebuilding:
            path = self._root / f"generation-{self._number() + 1}"
            shutil.rmtree(path, ignore_errors=True)
            with self._lock:
                self._missed = []
            try:
                count = self._fill(path, entries)
                if count >= _WORTH_A_GRAPH:
                    _optimise(path)
                self._swap(path)
            finally:
                with self._lock:
                    self._missed = None

    def close(self) -> None:
        with self._lock:
            self._shard.flush()
            self._shard.close()

    def _update(self, operation: qe.UpdateOperation) -> None:
        with self._lock:
            self._shard.update(operation)
            if self._missed is not None:
                self._missed.append(operation)

    def _open(self) -> qe.EdgeShard:
        number = self._number()
        for path in self._root.glob("generation-*"):
            if path.name != f"generation-{number}":
                shutil.rmtree(path)  # of a rebuild that was cut short, or the one before
        path = self._root / f"generation-{number}"
        if not path.exists():
            return self._create(path)
        try:
            return qe.EdgeShard.load(str(path))
        except Exception as error:
            raise Unavailable(f"the index in {self._root} cannot be opened: {error}", code="index.locked") from error

    def _number(self) -> int:
        pointer = self._root / _CURRENT
        return int(pointer.read_text()) if pointer.exists() else 0

    def _create(self, path: Path) -> qe.EdgeShard:
        path.mkdir(mode=0o700)
        shard = qe.EdgeShard.create(str(path), _config(self._size))
        for name in ("tags", "orientation", "tenant"):
            shard.update(qe.UpdateOperation.create_field_index(name, qe.KeywordIndexParams(enable_hnsw=False)))
        shard.update(qe.UpdateOperation.create_field_index("scope", qe.KeywordIndexParams(is_tenant=True)))
        shard.update(qe.UpdateOperation.create_field_index("has_media", qe.IntegerIndexParams(lookup=True, range=False, enable_hnsw=False)))
        shard.update(qe.UpdateOperation.create_field_index("duration_s", qe.FloatIndexParams(enable_hnsw=False)))
        return shard

    def _fill(self, path: Path, entries: Iterable[Entry]) -> int:
        shard, count = self._create(path), 0
        for batch in _batches(entries):
            for entry in batch:
                check(entry)
            shard.update(qe.UpdateOperation.upsert_points([_point(entry) for entry in batch]))
            count += len(batch)
        shard.flush()
        shard.close()
        return count

    def _swap(self, path: Path) -> None:
        """What was written meanwhile is written again, then the pointer moves: a crash leaves one whole generation."""
        shard = qe.EdgeShard.load(str(path))
        with self._lock:
            for operation in self._missed or ():
                shard.update(operation)
            shard.flush()
            pointer = self._root / f"{_CURRENT}.partial"
            pointer.write_text(path.name.rpartition("-")[2])
            pointer.replace(self._root / _CURRENT)
            old, self._shard = self._shard, shard
        old.close()
        for other in self._root.glob("generation-*"):
            if other != path:
                shutil.rmtree(other)


def _config(size: int) -> qe.EdgeConfig:
    full_scan_kb = _FULL_SCAN_KB * max(size, 384) // 384
    return qe.EdgeConfig(
        vectors={"dense": qe.EdgeVectorParams(size=size, distance=qe.Distance.Cosine, memory=qe.Memory.Cold)},
        sparse_vectors={"bm25": qe.EdgeSparseVectorParams(modifier=qe.Modifier.Idf)},
        hnsw_config=qe.HnswIndexConfig(m=16, ef_construct=100, full_scan_threshold=full_scan_kb, payload_m=16),
        quantization_config=qe.ScalarQuantizationConfig(qe.ScalarType.Int8, quantile=0.99, memory=qe.Memory.Pinned),
        optimizers=qe.EdgeOptimizersConfig(default_segment_number=1, max_segment_size=4_000_000),
    )


def _point(entry: Entry) -> qe.Point:
    vector: dict[str, Any] = {"bm25": qe.SparseVector(list(entry.sparse.indices), list(entry.sparse.values))}
    if entry.dense is not None:
        vector["dense"] = entry.dense.tolist()
    return qe.Point(id_of(entry), vector, payload_of(entry))


def _request(spec: Spec) -> qe.QueryRequest | None:
    kept = _filter(spec)
    prefetches, parts = [], []
    if spec.dense is not None:
        params = qe.SearchParams(hnsw_ef=256)
        nearest = qe.Query.Nearest(spec.dense.tolist(), using="dense")
        prefetches.append(qe.Prefetch(limit=PREFETCH, query=nearest, filter=kept, params=params))
        parts.append(qe.Expression.Variable("$score[0]"))
    if spec.sparse is not None and spec.sparse.indices:
        terms = qe.SparseVector(list(spec.sparse.indices), list(spec.sparse.values))
        weight = qe.Expression.Constant(SPARSE_WEIGHT / len(spec.sparse.indices))
        parts.append(qe.Expression.Mult([weight, qe.Expression.Variable(f"$score[{len(prefetches)}]")]))
        prefetches.append(qe.Prefetch(limit=PREFETCH, query=qe.Query.Nearest(terms, using="bm25"), filter=kept))
    if not prefetches:
        return None
    if spec.boosted_tags:
        tagged = qe.Expression.Condition(qe.FieldCondition("tags", match=qe.MatchAny(list(spec.boosted_tags))))
        parts.append(qe.Expression.Mult([qe.Expression.Constant(TAG_BOOST), tagged]))
    absent = {f"$score[{number}]": 0.0 for number in range(len(prefetches))}
    formula = qe.Formula(qe.Expression.Sum(parts), defaults=absent)
    return qe.QueryRequest(limit=spec.limit, prefetches=prefetches, query=formula, with_payload=["clip"])


def _filter(spec: Spec) -> qe.Filter:
    must: list[Any] = [qe.FieldCondition("scope", match=qe.MatchValue(scope_of(spec.tenant, spec.library)))]
    if spec.with_media:
        must.append(qe.FieldCondition("has_media", match=qe.MatchValue(1)))
    if spec.orientation is not None:
        must.append(qe.FieldCondition("orientation", match=qe.MatchValue(spec.orientation.value)))
    if spec.at_least_s is not None:
        must.append(qe.FieldCondition("duration_s", range=qe.RangeFloat(gte=spec.at_least_s)))
    return qe.Filter(must=must, must_not=[qe.HasIdCondition(set(excluded_ids(spec)))] if spec.exclude else None)


def _scope_filter(tenant: str | None, library: str | None) -> qe.Filter | None:
    if tenant is None:
        return None
    if library is None:
        return qe.Filter(must=[qe.FieldCondition("tenant", match=qe.MatchValue(tenant))])
    return qe.Filter(must=[qe.FieldCondition("scope", match=qe.MatchValue(scope_of(tenant, library)))])


def _ordered(points: Sequence[Any], limit: int) -> list[Hit]:
    hits = sorted((Hit(point.payload["clip"], float(point.score)) for point in points), key=lambda hit: (-hit.score, hit.clip_id))
    return hits[:limit]


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    source = iter(entries)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _optimise(path: Path) -> None:
    """In a child process; its environment is ours, for it reads nothing from outside."""
    argv = [sys.executable, "-m", "services.assets.index.optimise", str(path)]
    ended = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=_OPTIMISE_TIMEOUT_S, check=False)
    if ended.returncode != 0:
        raise Defect(f"the index could not be optimised: {ended.stderr[-500:]!r}", code="index.optimise")
