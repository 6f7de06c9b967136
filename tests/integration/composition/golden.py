"""The golden frames: `python -m tests.integration.composition.golden` draws them anew. Look at them before they are committed."""

from pathlib import Path

import numpy as np
from PIL import Image

from libs.common.media.timeline import Canvas
from services.composition.executors.opencv import OpencvExecutor
from services.composition.previews.cuts import RATE
from services.composition.previews.drawn import CATALOGUES, Kind, still

FOLDER = Path(__file__).parent / "golden"
CANVAS = Canvas(width_px=108, height_px=192, rate=RATE)
EXECUTOR = OpencvExecutor()
COMMAND = "python -m tests.integration.composition.golden"
ENTRIES = [(kind, name) for kind, catalogue in CATALOGUES.items() for name in catalogue]


def path_of(kind: Kind, name: str) -> Path:
    return FOLDER / kind / f"{name}.png"


def drawn(kind: Kind, name: str) -> np.ndarray:
    return still(kind, name, EXECUTOR, CANVAS, before=False)


def main() -> None:
    for kind, name in ENTRIES:
        path_of(kind, name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(drawn(kind, name)).save(path_of(kind, name), optimize=True)
    known = {path_of(kind, name) for kind, name in ENTRIES}
    for path in FOLDER.rglob("*.png"):
        if path not in known:
            path.unlink()


if __name__ == "__main__":
    main()
