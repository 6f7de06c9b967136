"""`python -m services.assets.starter OUT_DIR [--themes kitchen,city]`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from services.assets.starter.library import ANNOTATIONS, theme_names, write_library


def main(
    out_dir: Annotated[Path, typer.Argument(help="Where the clips and starter.jsonl go.")],
    themes: Annotated[str, typer.Option(help="Comma-separated; all when empty.")] = "",
    workers: Annotated[int | None, typer.Option(help="Processes; one a core when not given.")] = None,
) -> None:
    """Draw the starter library."""
    wanted = tuple(name.strip() for name in themes.split(",") if name.strip())
    unknown = sorted(set(wanted) - set(theme_names()))
    if unknown:
        raise typer.BadParameter(f"no theme {', '.join(unknown)}; there are {', '.join(theme_names())}", param_hint="--themes")
    count = write_library(out_dir, wanted=wanted, workers=workers, told=typer.echo)
    typer.echo(f"{count} clips and {ANNOTATIONS} in {out_dir}")


if __name__ == "__main__":
    typer.run(main)
