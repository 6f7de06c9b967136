"""`python -m services.assets.rebuild`: make the index anew from the database, optimised. The server process must not run meanwhile
where the index is the embedded one."""

from __future__ import annotations

from libs.common.runtime.log import configure_logging
from libs.common.runtime.settings import DatabaseSettings, StorageSettings
from libs.common.runtime.stores import open_blobs
from services.assets.settings import AssetsSettings
from services.assets.steps import open_library


def main() -> None:
    configure_logging("assets")
    library = open_library(AssetsSettings(), blobs=open_blobs(StorageSettings()), database=DatabaseSettings())
    try:
        library.rebuild()
    finally:
        library.close()


if __name__ == "__main__":
    main()
