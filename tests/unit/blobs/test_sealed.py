"""The sealed format: readable by Tink, and closed to whoever changes a byte."""

import io

import pytest
import tink
from tink import cleartext_keyset_handle, streaming_aead
from tink.proto import aes_gcm_hkdf_streaming_pb2, common_pb2, tink_pb2

from libs.common.blobs.keyring import MemoryKeyring
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.blobs.sealed import (
    ENVELOPE_BYTES,
    HEADER_BYTES,
    SEGMENT_BYTES,
    SealedBlobStore,
    Unsealing,
    seal_stream,
)
from libs.common.media.errors import Defect, Unavailable

DATA_KEY = bytes(range(32))
SIZES = [0, 1, SEGMENT_BYTES - 16 - HEADER_BYTES, SEGMENT_BYTES - 15 - HEADER_BYTES, 3 * SEGMENT_BYTES + 5]


def tink_primitive() -> streaming_aead.StreamingAead:
    streaming_aead.register()
    params = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingParams(
        ciphertext_segment_size=SEGMENT_BYTES, derived_key_size=32, hkdf_hash_type=common_pb2.SHA256
    )
    key = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKey(version=0, params=params, key_value=DATA_KEY)
    keyset = tink_pb2.Keyset(primary_key_id=1)
    keyset.key.add(
        key_data=tink_pb2.KeyData(
            type_url="type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey",
            value=key.SerializeToString(),
            key_material_type=tink_pb2.KeyData.SYMMETRIC,
        ),
        status=tink_pb2.ENABLED,
        key_id=1,
        output_prefix_type=tink_pb2.RAW,
    )
    handle = cleartext_keyset_handle.read(tink.BinaryKeysetReader(keyset.SerializeToString()))
    return handle.primitive(streaming_aead.StreamingAead)


@pytest.mark.parametrize("size", SIZES)
def test_tink_reads_what_we_seal(size):
    data = bytes(i % 253 for i in range(size))
    sealed = io.BytesIO(b"".join(seal_stream(io.BytesIO(data), DATA_KEY, b"context")))
    with tink_primitive().new_decrypting_stream(sealed, b"context") as source:
        assert source.read() == data


@pytest.mark.parametrize("size", SIZES)
def test_we_read_what_tink_seals(size):
    data = bytes(i % 253 for i in range(size))

    class Kept(io.BytesIO):
        def close(self) -> None:
            pass

    sealed = Kept()
    with tink_primitive().new_encrypting_stream(sealed, b"context") as target:
        target.write(data)
    with io.BufferedReader(Unsealing(io.BytesIO(sealed.getvalue()), DATA_KEY, b"context")) as source:
        assert source.read() == data


@pytest.fixture
def sealed_blob() -> tuple[MemoryBlobStore, SealedBlobStore, bytes]:
    inner = MemoryBlobStore()
    store = SealedBlobStore(inner, MemoryKeyring())
    store.put("media/a.mp4", b"plain text " * 20_000)
    return inner, store, inner.get("media/a.mp4")


def test_no_plain_byte_reaches_the_inner_store(sealed_blob):
    assert b"plain text" not in sealed_blob[2]


@pytest.mark.parametrize("place", [0, 6, 20, ENVELOPE_BYTES, ENVELOPE_BYTES + 3, ENVELOPE_BYTES + 36, 70_000, -1], ids=str)
def test_one_flipped_bit_is_seen(sealed_blob, place):
    inner, store, raw = sealed_blob
    damaged = bytearray(raw)
    damaged[place] ^= 1
    inner.put("media/a.mp4", bytes(damaged))
    with pytest.raises((Defect, Unavailable)):
        store.get("media/a.mp4")


@pytest.mark.parametrize("segments", [1, 2])
def test_a_stream_that_is_cut_at_a_segment_is_seen_on_open(sealed_blob, segments):
    inner, store, raw = sealed_blob
    inner.put("media/a.mp4", raw[: ENVELOPE_BYTES + segments * SEGMENT_BYTES])
    with pytest.raises(Defect, match="does not open"):
        store.open("media/a.mp4")


def test_two_segments_cannot_change_places(sealed_blob):
    inner, store, raw = sealed_blob
    first, second = (raw[ENVELOPE_BYTES + i * SEGMENT_BYTES :][:SEGMENT_BYTES] for i in (1, 2))
    inner.put("media/a.mp4", raw.replace(first, b"?").replace(second, first).replace(b"?", second, 1))
    with pytest.raises(Defect):
        store.get("media/a.mp4")


def test_a_blob_under_another_name_does_not_open(sealed_blob):
    inner, store, raw = sealed_blob
    inner.put("media/b.mp4", raw)
    with pytest.raises(Defect):
        store.open("media/b.mp4")


def test_without_its_key_a_blob_stays_closed(sealed_blob):
    inner, _, _ = sealed_blob
    with pytest.raises(Unavailable, match="key ring"):
        SealedBlobStore(inner, MemoryKeyring({"00000000": bytes(32)})).open("media/a.mp4")


def test_the_same_content_is_sealed_differently_each_time(sealed_blob):
    inner, store, raw = sealed_blob
    store.put("media/a.mp4", b"plain text " * 20_000)
    assert inner.get("media/a.mp4") != raw
