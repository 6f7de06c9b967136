"""Write the golden files of documents whose version is new. Files of older versions are never written again."""

from pathlib import Path

from samples import SAMPLES_OF_ALL

from libs.common import documents

for document in SAMPLES_OF_ALL:
    version = documents.VERSIONS[type(document)]
    path = Path(__file__).parent / "golden" / f"{type(document).__name__}.v{version}.json"
    path.write_bytes(documents.dump(document))
