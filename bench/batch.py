"""A batch of videos that share their intro and outro: what is the same is rendered once.

`python -m bench.batch [--quick] [--json] [variants]`, 20 by default. Each variant has a price, a caption and a film of its own in one shot
of the standard timeline (the transition after it shows the film too, so the next segment differs as well); all else is the same. Made
apart they would cost as many times what the first one does, which finds nothing in the store. `--quick`: 540 x 960.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from bench.edits import open_house, standard_edit
from bench.report import arguments, figure
from bench.standard import PHRASES, PRICE_SHOT
from libs.common.media.edit import Timeline, Track
from libs.common.media.timeline import OverlayKind

QUICK = "--quick"
VARIANTS = 20
_FIRST_PHRASE = sum(len(phrases) for phrases in PHRASES[:PRICE_SHOT])
"""Of the shot with the price."""


def variant(edit: Timeline, number: int) -> Timeline:
    """The edit for product `number`: other words, another price, and the film from another moment on."""
    assert edit.captions is not None
    phrases, clips = list(edit.captions.phrases), list(edit.tracks[0].clips)
    words = phrases[_FIRST_PHRASE].words
    price = str(99 + 10 * number)
    phrases[_FIRST_PHRASE] = replace(
        phrases[_FIRST_PHRASE], words=tuple(replace(word, text=price) if word.text == "199" else word for word in words)
    )
    clips[PRICE_SHOT] = replace(clips[PRICE_SHOT], source_in=clips[PRICE_SHOT].source_in + number / edit.rate)
    return replace(
        edit,
        title=f"Variant {number}",
        captions=replace(edit.captions, phrases=tuple(phrases)),
        tracks=(Track(clips=tuple(clips)),),
        overlays=tuple(replace(drawn, text=f"¥{price}") if drawn.kind is OverlayKind.price_tag else drawn for drawn in edit.overlays),
    )


def main() -> None:
    words = arguments()
    preset = "540p" if QUICK in words else "1080p"
    count = max(2, next((int(word) for word in words if word.isdigit()), VARIANTS))
    with tempfile.TemporaryDirectory(prefix="reelsmith-bench-") as folder, open_house(Path(folder)) as house:
        edit = standard_edit(house.blobs, preset)
        runs = [house.run(variant(edit, number)) for number in range(count)]
    alone_s, batch_s = count * runs[0].cpu_s, sum(run.cpu_s for run in runs)
    rendered, reused = (sum(run.renders[taken] for run in runs) for taken in (False, True))
    figure("batch_variants", count, preset)
    figure("batch_cpu_s", batch_s, "CPU s, accept to done, all variants")
    figure("alone_cpu_s", alone_s, f"CPU s, {count} times the first")
    figure("batch_share", 100 * batch_s / alone_s, "% of what they cost apart")
    figure("batch_segments", rendered, f"segments rendered, {reused} taken from the store")
    figure("next_variant_cpu_s", sum(run.cpu_s for run in runs[1:]) / (count - 1), "CPU s, mean of all but the first")


if __name__ == "__main__":
    main()
