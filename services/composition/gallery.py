"""`python -m services.composition.gallery [FOLDER]` writes `docs/gallery.md` and its pictures: every effect, transition, caption style,
overlay, card and layout, as the engine draws it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from libs.common.media.timeline import Canvas
from services.composition.plugins import Param, Plugin
from services.composition.previews.cuts import RATE
from services.composition.previews.drawn import CATALOGUES, Kind, jpeg, still
from services.composition.previews.kept import cpu_executor
from services.composition.settings import CompositionSettings

DOCS = Path(__file__).parents[2] / "docs"
QUALITY = 80
WIDTHS = {Kind.effect: 180, Kind.transition: 108, Kind.caption_style: 216, Kind.overlay: 216, Kind.card: 216, Kind.layout: 216}
"""Of one picture; a row has one, two or five."""

INTRODUCTION = """# Gallery

Everything an edit can use, drawn by the engine itself with the parameters' defaults. This page and its pictures are made by
`python -m services.composition.gallery`; the texts are the documentation of the files.

Each entry is shown in motion by `GET /v1/<catalogue>/<name>/preview?format=mp4` (a picture without `format`), and described for programs by
`GET /v1/<catalogue>`. Lengths in `px` are at a short side of 1080 and scale with the canvas.
"""

TEXTS = {
    Kind.effect: ("Effects", "On a clip or over the whole picture; up to twelve, in order. Left before, right after."),
    Kind.transition: ("Transitions", "Of a clip into the next. Besides these there is `cut`: none at all."),
    Kind.caption_style: ("Caption styles", "In Chinese and in English, while a word is spoken."),
    Kind.overlay: ("Overlays", "Drawings over the picture."),
    Kind.card: ("Cards", "Full pictures of type, where there is nothing to show."),
    Kind.layout: ("Layouts", "Where clips lie that are seen at once."),
}


def write(docs: Path, settings: CompositionSettings) -> None:
    executor = cpu_executor(settings)
    pictures = docs / "gallery"
    made = set()
    for kind, catalogue in CATALOGUES.items():
        canvas = Canvas(width_px=WIDTHS[kind], height_px=WIDTHS[kind] * 16 // 9, rate=RATE)
        for name in catalogue:
            path = pictures / kind / f"{name}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(jpeg(still(kind, name, executor, canvas), quality=QUALITY))
            made.add(path)
    for path in pictures.rglob("*.jpg"):
        if path not in made:
            path.unlink()
    (docs / "gallery.md").write_text("\n".join(page()))


def page() -> Iterator[str]:
    """The lines of the page."""
    yield INTRODUCTION
    yield from (f"- [{TEXTS[kind][0]}](#{TEXTS[kind][0].lower().replace(' ', '-')}): {len(found)}" for kind, found in CATALOGUES.items())
    for kind, catalogue in CATALOGUES.items():
        title, about = TEXTS[kind]
        yield f"\n## {title}\n\n{about}"
        for plugin in catalogue.values():
            yield from _entry(kind, plugin)
    yield ""


def _entry(kind: Kind, plugin: Plugin) -> Iterator[str]:
    yield f"\n### {plugin.title}: `{plugin.name}`\n"
    yield f"![{plugin.title}](gallery/{kind}/{plugin.name}.jpg)\n"
    yield plugin.description
    if plugin.params:
        yield "\n| parameter | default | range | unit | |\n|---|---|---|---|---|"
        yield from (
            f"| `{param.name}` | {_shown(param.default)} | {_range(param)} | {param.unit} | {_line(param)} |" for param in plugin.params
        )


def _shown(value: float | str) -> str:
    return f"`{value}`" if isinstance(value, str) and value else f"{value:g}" if not isinstance(value, str) else "none"


def _range(param: Param) -> str:
    if param.choices:
        return ", ".join(f"`{choice}`" for choice in param.choices)
    if param.minimum is None or param.maximum is None:
        return ""
    return f"{param.minimum:g} to {param.maximum:g}"


def _line(param: Param) -> str:
    return " ".join(param.description.split()).replace("|", "\\|")


def main() -> None:
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS, CompositionSettings())


if __name__ == "__main__":
    main()
