"""A Qdrant server or cluster, over the network. The same searches as the embedded engine, with the same scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

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

_BATCH = 256
_FULL_SCAN_KB = 60_000
"""See the embedded engine's."""


def connect(url: str, *, api_key: str | None, timeout_s: int = 10) -> QdrantClient:
    return QdrantClient(url=url, api_key=api_key, timeout=timeout_s, trust_env=False)


class ServerIndex:
    def __init__(self, client: QdrantClient, *, collection: str, size: int, field_indexes: bool = True) -> None:
        """`collection` carries the embedding's fingerprint in its name, so that two are never mixed. Made where it is missing.

        `field_indexes` is False for the client's own in-memory double, which has none.
        """
        self._client, self._collection = client, collection
        with _translated():
            if not client.collection_exists(collection):
                self._create(size, field_indexes)

    def upsert(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            check(entry)
        with _translated():
            for start in range(0, len(entries), _BATCH):
                self._client.upsert(self._collection, [_point(entry) for entry in entries[start : start + _BATCH]], wait=True)

    def delete(self, tenant: str, library: str, clip_ids: Sequence[str]) -> None:
        self._delete([entry_id(tenant, library, clip_id) for clip_id in clip_ids])

    def search(self, specs: Sequence[Spec]) -> list[list[Hit]]:
        with _translated():
            return [self._search(spec) for spec in specs]

    def count(self, *, tenant: str | None = None, library: str | None = None) -> int:
        with _translated():
            return self._client.count(self._collection, count_filter=_scope_filter(tenant, library), exact=True).count

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """The server optimises by itself, so this writes all and takes away what is not among them."""
        kept: set[str] = set()
        source = iter(entries)
        while batch := list(islice(source, _BATCH)):
            self.upsert(batch)
            kept.update(id_of(entry) for entry in batch)
        with _translated():
            gone = [id for id in self._ids() if id not in kept]
        for start in range(0, len(gone), _BATCH):
            self._delete(gone[start : start + _BATCH])

    def close(self) -> None:
        self._client.close()

    def _create(self, size: int, field_indexes: bool) -> None:
        graph = models.HnswConfigDiff(m=16, ef_construct=128, payload_m=16, full_scan_threshold=_FULL_SCAN_KB * max(size, 384) // 384)
        int8 = models.ScalarQuantizationConfig(type=models.ScalarType.INT8, quantile=0.99, always_ram=True)
        self._client.create_collection(
            self._collection,
            vectors_config={
                "dense": models.VectorParams(
                    size=size,
                    distance=models.Distance.COSINE,
                    on_disk=True,
                    hnsw_config=graph,
                    quantization_config=models.ScalarQuantization(scalar=int8),
                )
            },
            sparse_vectors_config={"bm25": models.SparseVectorParams(modifier=models.Modifier.IDF)},
            on_disk_payload=True,
        )
        fields: dict[str, Any] = {
            "scope": models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True),
            "tenant": models.PayloadSchemaType.KEYWORD,
            "tags": models.PayloadSchemaType.KEYWORD,
            "orientation": models.PayloadSchemaType.KEYWORD,
            "has_media": models.PayloadSchemaType.INTEGER,
            "duration_s": models.PayloadSchemaType.FLOAT,
        }
        for name, schema in fields.items() if field_indexes else ():
            self._client.create_payload_index(self._collection, name, schema)

    def _delete(self, ids: Sequence[str]) -> None:
        if ids:
            with _translated():
                self._client.delete(self._collection, models.PointIdsList(points=list(ids)), wait=True)

    def _search(self, spec: Spec) -> list[Hit]:
        prefetches, parts = _prefetches(spec)
        if not prefetches:
            return []
        if spec.boosted_tags:
            tagged = models.FieldCondition(key="tags", match=models.MatchAny(any=list(spec.boosted_tags)))
            parts.append(models.MultExpression(mult=[TAG_BOOST, tagged]))
        absent = {f"$score[{number}]": 0.0 for number in range(len(prefetches))}
        fused = models.FormulaQuery(formula=models.SumExpression(sum=parts), defaults=absent)
        answer = self._client.query_points(self._collection, prefetch=prefetches, query=fused, limit=spec.limit, with_payload=["clip"])
        hits = [Hit((point.payload or {})["clip"], float(point.score)) for point in answer.points]
        return sorted(hits, key=lambda hit: (-hit.score, hit.clip_id))[: spec.limit]

    def _ids(self) -> Iterator[str]:
        offset: Any = None
        while True:
            records, offset = self._client.scroll(self._collection, limit=1_000, offset=offset, with_payload=False, with_vectors=False)
            yield from (str(record.id) for record in records)
            if offset is None:
                return


def _prefetches(spec: Spec) -> tuple[list[models.Prefetch], list[Any]]:
    kept = _filter(spec)
    prefetches: list[models.Prefetch] = []
    parts: list[Any] = []
    if spec.dense is not None:
        params = models.SearchParams(hnsw_ef=256)
        prefetches.append(models.Prefetch(query=spec.dense.tolist(), using="dense", limit=PREFETCH, filter=kept, params=params))
        parts.append("$score[0]")
    if spec.sparse is not None and spec.sparse.indices:
        terms = models.SparseVector(indices=list(spec.sparse.indices), values=list(spec.sparse.values))
        parts.append(models.MultExpression(mult=[SPARSE_WEIGHT / len(spec.sparse.indices), f"$score[{len(prefetches)}]"]))
        prefetches.append(models.Prefetch(query=terms, using="bm25", limit=PREFETCH, filter=kept))
    return prefetches, parts


def _point(entry: Entry) -> models.PointStruct:
    vector: dict[str, Any] = {"bm25": models.SparseVector(indices=list(entry.sparse.indices), values=list(entry.sparse.values))}
    if entry.dense is not None:
        vector["dense"] = entry.dense.tolist()
    return models.PointStruct(id=id_of(entry), vector=vector, payload=payload_of(entry))


def _filter(spec: Spec) -> models.Filter:
    must: list[Any] = [models.FieldCondition(key="scope", match=models.MatchValue(value=scope_of(spec.tenant, spec.library)))]
    if spec.with_media:
        must.append(models.FieldCondition(key="has_media", match=models.MatchValue(value=1)))
    if spec.orientation is not None:
        must.append(models.FieldCondition(key="orientation", match=models.MatchValue(value=spec.orientation.value)))
    if spec.at_least_s is not None:
        must.append(models.FieldCondition(key="duration_s", range=models.Range(gte=spec.at_least_s)))
    unwanted: list[Any] = [models.HasIdCondition(has_id=[*excluded_ids(spec)])] if spec.exclude else []
    return models.Filter(must=must, must_not=unwanted)


def _scope_filter(tenant: str | None, library: str | None) -> models.Filter | None:
    if tenant is None:
        return None
    key, value = ("tenant", tenant) if library is None else ("scope", scope_of(tenant, library))
    return models.Filter(must=[models.FieldCondition(key=key, match=models.MatchValue(value=value))])


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ResponseHandlingException as error:
        raise Unavailable("the index does not answer", code="index.unavailable") from error
    except UnexpectedResponse as error:
        if error.status_code is None or error.status_code >= 500 or error.status_code == 429:
            raise Unavailable(f"the index answered {error.status_code}", code="index.unavailable") from error
        raise Defect(f"the index refused: {error}", code="index.refused") from error
