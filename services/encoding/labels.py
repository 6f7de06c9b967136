"""Marks that say a machine made the video: the visible notice of the cuts, and the implicit metadata label.

GB 45438-2025, annex E, as quoted by secondary sources: metadata key `AIGC` with a plain JSON string of seven keys in this order; MP4
carries it in `moov/udta/meta`. A later stream copy drops it silently, so it is written with each file that leaves the house and read back.
"""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction

from av.container import OutputContainer

from libs.common.media.errors import Defect
from libs.common.media.rendition import Label
from libs.common.media.timeline import Cut, OverlayKind

PRODUCER_PATTERN = r"^00[0-9A-Z]{25}$"
"""TC260-PG-20252A: `00`, the kind of provider, its credit code, the kind of service, four characters of its own."""
AIGC_KEY = "AIGC"
IS_GENERATED = "1"
"""`2` would be "may be", `3` "is suspected to be"."""
VISIBLE_S = Fraction(2)
"""The notice has to stand at least so long."""


def aigc_value(content_producer: str, produce_id: str) -> str:
    """The label's JSON. Values are printable ASCII without blanks; the four that we do not know are empty."""
    return json.dumps(
        {
            "Label": IS_GENERATED,
            "ContentProducer": content_producer,
            "ProduceID": produce_id,
            "ReservedCode1": "",
            "ContentPropagator": "",
            "PropagateID": "",
            "ReservedCode2": "",
        },
        separators=(",", ":"),
    )


def produce_id(*parts: str) -> str:
    """The producer's number of this content: the same content has the same."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def write_aigc(container: OutputContainer, value: str) -> None:
    """Before the header is written. The container needs `use_metadata_tags` among its movflags, see `container_options`."""
    container.metadata[AIGC_KEY] = value


def require_aigc(metadata: dict[str, str], value: str | None) -> None:
    """Raises Defect unless the file's metadata carries exactly the label that was to be written, or none where none was."""
    if metadata.get(AIGC_KEY) != value:
        raise Defect("the implicit label is not in the file as it was written", code="label.lost")


def visible_label(cuts: tuple[Cut, ...]) -> Label:
    """What the cuts show: the first notice, how long it stands without a break, and whether that is long enough."""
    start, text, begins, ends = 0, "", 0, -1
    for cut in cuts:
        for overlay in cut.overlays:
            first = start + overlay.start
            if overlay.kind is OverlayKind.label and (ends < 0 or first == ends):
                text, begins, ends = (text, begins, ends) if ends >= 0 else (overlay.text, first, first)
                ends += overlay.length
        start += cut.length
    if ends < 0:
        return Label(kind="visible", written=False, detail="no cut carries the notice")
    rate = cuts[0].canvas.rate
    shown_s = (ends - begins) / rate
    detail = f"“{text}” from {float(begins / rate):.2f} s for {float(shown_s):.2f} s"
    if shown_s < VISIBLE_S:
        return Label(kind="visible", written=False, detail=f"{detail}: shorter than {VISIBLE_S} s")
    return Label(kind="visible", written=True, detail=detail)


def aigc_label(values: tuple[str | None, ...]) -> Label:
    """`values` are what was read back from each finished file."""
    if all(value is None for value in values):
        return Label(kind="aigc", written=False, detail="no content producer code is configured (REELSMITH_ENCODING_CONTENT_PRODUCER)")
    if None in values or len(set(values)) != 1:
        raise Defect("the renditions do not all carry the same implicit label", code="label.differs")
    return Label(kind="aigc", written=True, detail=str(values[0]))
