"""Figures in one shape: a line for people, or with `--json` one JSON line for programs."""

from __future__ import annotations

import json
import sys

JSON_FLAG = "--json"


def figure(name: str, value: float | int | str | bool, unit: str = "") -> None:
    """Print one figure. With `--json` among the program's arguments: `{"figure": name, "value": value, "unit": unit}`.

    Floats keep four significant digits for people and all of them for programs.
    """
    if JSON_FLAG in sys.argv[1:]:
        line = json.dumps({"figure": name, "value": value, "unit": unit}, ensure_ascii=False)
    else:
        shown = f"{value:.4g}" if isinstance(value, float) else str(value)
        line = f"{name:<48} {shown} {unit}".rstrip()
    print(line, flush=True)


def arguments() -> list[str]:
    """The program's arguments without `--json`."""
    return [argument for argument in sys.argv[1:] if argument != JSON_FLAG]
