"""One suite over every blob store."""

import io
from collections.abc import Iterator

import pytest

from libs.common.blobs.base import BlobStore, store_content
from libs.common.blobs.keyring import FileKeyring, MemoryKeyring
from libs.common.blobs.local import LocalBlobStore
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.blobs.s3 import S3BlobStore
from libs.common.blobs.sealed import SealedBlobStore
from libs.common.media.errors import NotFound


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    """A local S3 server and a bucket in it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    client.create_bucket(Bucket="reelsmith")
    client.close()
    yield f"s3://reelsmith/store?endpoint={endpoint}"
    server.stop()


@pytest.fixture(params=["memory", "local", "s3", "sealed-memory", "sealed-local", "sealed-s3"])
def blobs(request, tmp_path, monkeypatch) -> BlobStore:
    kind = request.param.removeprefix("sealed-")
    if kind == "s3":
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        inner = S3BlobStore.from_url(request.getfixturevalue("s3_url") + f"&run={tmp_path.name}")
        for key in list(inner.keys("")):
            inner.delete(key)
    else:
        inner = LocalBlobStore(tmp_path / "blobs") if kind == "local" else MemoryBlobStore()
    return SealedBlobStore(inner, MemoryKeyring()) if request.param.startswith("sealed") else inner


@pytest.mark.parametrize("size", [0, 1, 65_000, 65_480, 65_481, 200_000])
def test_what_is_put_is_got(blobs, size):
    data = bytes(range(256)) * (size // 256 + 1)
    blobs.put("media/a.mp4", data[:size])
    assert blobs.get("media/a.mp4") == data[:size]
    assert blobs.size("media/a.mp4") == size


def test_a_stream_is_put_from_where_it_stands(blobs):
    source = io.BytesIO(b"head" + b"x" * 3_000_000)
    source.seek(4)
    blobs.put_file("media/b.mp4", source)
    assert blobs.get("media/b.mp4") == b"x" * 3_000_000


def test_a_reader_reads_from_any_place(blobs):
    data = bytes(i * 7 % 251 for i in range(300_000))
    blobs.put("media/c.mp4", data)
    with blobs.open("media/c.mp4") as source:
        for start, count in [(299_990, 100), (0, 3), (65_470, 40), (131_000, 70_000), (300_000, 5)]:
            source.seek(start)
            assert source.read(count) == data[start : start + count]


def test_a_missing_blob_is_not_found(blobs):
    assert not blobs.exists("media/none.mp4")
    for ask in (blobs.get, blobs.open, blobs.size):
        with pytest.raises(NotFound):
            ask("media/none.mp4")


def test_keys_are_listed_by_prefix(blobs):
    for key in ("media/aa.mp4", "media/ab.mp4", "documents/aa.json"):
        blobs.put(key, b"1")
    assert sorted(blobs.keys("media/")) == ["media/aa.mp4", "media/ab.mp4"]
    assert sorted(blobs.keys("media/aa")) == ["media/aa.mp4"]


def test_deleting_twice_is_harmless(blobs):
    blobs.put("media/d.mp4", b"1")
    blobs.delete("media/d.mp4")
    blobs.delete("media/d.mp4")
    assert not blobs.exists("media/d.mp4")


def test_equal_content_has_one_key(blobs):
    first, second = (store_content(blobs, "media", b"same", "mp4") for _ in range(2))
    assert first == second
    assert list(blobs.keys("media/")) == [first.key]


def test_a_key_file_is_private_and_opens_again(tmp_path):
    inner = LocalBlobStore(tmp_path / "blobs")
    SealedBlobStore(inner, FileKeyring(tmp_path / "keys.json")).put("media/e.mp4", b"secret")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert SealedBlobStore(inner, FileKeyring(tmp_path / "keys.json")).get("media/e.mp4") == b"secret"
