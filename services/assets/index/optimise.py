"""The child process of `EdgeIndex.rebuild`: `python -m services.assets.index.optimise DIRECTORY`."""

from __future__ import annotations

import sys

import qdrant_edge as qe


def main(path: str) -> None:
    shard = qe.EdgeShard.load(path)
    shard.optimize()
    shard.flush()
    shard.close()


if __name__ == "__main__":
    main(sys.argv[1])
