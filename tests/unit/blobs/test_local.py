"""The directory store: whole or not at all, and never outside its folder."""

import errno

import pytest

from libs.common.blobs.local import LocalBlobStore
from libs.common.media.errors import InvalidInput, StorageFull


@pytest.mark.parametrize("key", ["", "../x", "/etc/passwd", "a/../../x", "a.partial"])
def test_a_key_that_leaves_the_store_is_refused(tmp_path, key):
    with pytest.raises(InvalidInput):
        LocalBlobStore(tmp_path / "store").put(key, b"1")


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    class Broken:
        def read(self, count: int) -> bytes:
            raise RuntimeError("gone")

    store = LocalBlobStore(tmp_path)
    with pytest.raises(RuntimeError):
        store.put_file("media/a.mp4", Broken())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_full_disk_is_said_by_name(tmp_path):
    class Full:
        def read(self, count: int) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull) as caught:
        LocalBlobStore(tmp_path).put_file("media/a.mp4", Full())
    assert caught.value.code == "storage.full"
    assert caught.value.retryable
