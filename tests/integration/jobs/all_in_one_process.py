"""A process that runs jobs of the rehearsal on the local pool until it is killed: the victim of `test_local_pool.py`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from libs.common.blobs.local import LocalBlobStore
from libs.common.jobs.sql import SqlJobStore
from libs.common.runtime.local import LocalPool
from libs.common.runtime.rehearsal import rehearsal_bindings

if __name__ == "__main__":
    database_url, blob_root, pause_s = sys.argv[1:]
    blobs = LocalBlobStore(Path(blob_root))
    pool = LocalPool(SqlJobStore(database_url), blobs, rehearsal_bindings(blobs, pause_s=float(pause_s)), lease_s=1.5)
    pool.start()
    while True:
        time.sleep(1)
