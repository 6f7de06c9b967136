"""What lies over the picture of an edit, on the frame grid: captions and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.edit import CaptionTrack, Drawn, Phrase, ResolvedSource, Timeline
from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Overlay
from services.composition import captions as caption_styles
from services.composition.arrange_drawings import check_drawing
from services.composition.arrange_grid import Grid, Remarks
from services.composition.plugins import params_of
from services.composition.text import missing_glyphs

_IDEOGRAPHIC = r"\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{_IDEOGRAPHIC}]\s*|[^\s{_IDEOGRAPHIC}]+\s*")
"""A Chinese, Japanese or Korean character by itself, other letters by the word, with the blanks behind it."""


def captions_of(track: CaptionTrack | None, grid: Grid, end: int, remarks: Remarks) -> tuple[Caption, ...]:
    """With `start` from the start of the video; what lies past `end` is left out."""
    if track is None:
        return ()
    style = caption_styles.CATALOGUE.get(track.style)
    if style is None:
        known = ", ".join(caption_styles.CATALOGUE)
        remarks.error("edit.unknown_style", f"unknown caption style {track.style!r}; there are: {known}", "/captions/style")
    else:
        try:
            params_of(style, track.params, field="/captions/params")
        except InvalidInput as error:
            remarks.caught(error, "/captions/params")
    found = []
    until = 0
    for number, phrase in enumerate(track.phrases):
        caption = _caption(phrase, f"/captions/phrases/{number}", grid, remarks)
        if caption is None:
            continue
        if caption.start < until:
            remarks.error("edit.overlap", "captions come one after another", f"/captions/phrases/{number}/start")
        until = caption.start + caption.length
        if within(caption.start, until, end, f"/captions/phrases/{number}", remarks):
            found.append(caption)
    return tuple(found)


def overlays_of(
    timeline: Timeline, grid: Grid, end: int, sources: Mapping[str, ResolvedSource], remarks: Remarks
) -> tuple[tuple[str, Overlay], ...]:
    """With `start` from the start of the video, in the order in which they lie on each other; each with its JSON pointer."""
    found = []
    for number, drawn in enumerate(timeline.overlays):
        field = f"/overlays/{number}"
        first, last = grid.span_told(drawn.start, drawn.length, field, remarks)
        overlay = _overlay(drawn, first, last, sources)
        check_drawing(drawn, field, remarks)
        if last > first and within(first, last, end, field, remarks):
            found.append((field, overlay))
    return tuple(found)


def within(first: int, last: int, end: int, field: str, remarks: Remarks) -> bool:
    """Whether anything of it is seen; what is not is told."""
    if first >= end:
        remarks.warning("edit.never_seen", "it comes when the video is over", f"{field}/start")
        return False
    if last > end:
        remarks.note("edit.past_end", f"the video ends {last - end} frames earlier", f"{field}/length")
    return True


def missing_in(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Texts with characters that no font here has: JSON pointer and characters."""
    for field, text in shown_texts(timeline):
        if characters := missing_glyphs(text):
            yield field, characters


def shown_texts(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Every text that is drawn, with its JSON pointer."""
    for track, clips in enumerate(timeline.tracks):
        for number, clip in enumerate(clips.clips):
            if clip.media.card is not None:
                yield f"/tracks/{track}/clips/{number}/media/card/text", clip.media.card.text
                yield f"/tracks/{track}/clips/{number}/media/card/subtext", clip.media.card.subtext
                for name, value in clip.media.card.params.items():
                    if isinstance(value, str):
                        yield f"/tracks/{track}/clips/{number}/media/card/params/{name}", value
    for number, phrase in enumerate(timeline.captions.phrases if timeline.captions is not None else ()):
        field = f"/captions/phrases/{number}"
        yield (f"{field}/words", "".join(word.text for word in phrase.words)) if phrase.words else (f"{field}/text", phrase.text)
    for number, drawn in enumerate(timeline.overlays):
        yield f"/overlays/{number}/text", drawn.text
        yield f"/overlays/{number}/subtext", drawn.subtext


def _caption(phrase: Phrase, field: str, grid: Grid, remarks: Remarks) -> Caption | None:
    first, end = grid.span_told(phrase.start, phrase.length, field, remarks)
    if bool(phrase.text.strip()) == bool(phrase.words):
        remarks.error("edit.caption_text", "give either a text or words", field)
    if end <= first or not (phrase.text.strip() or phrase.words):
        return None
    words = _words(phrase, field, grid, remarks) if phrase.words else _spread(phrase.text.strip(), first, end)
    if any(word.start < first for word in words) or any(b.start < a.start for a, b in pairwise(words)):
        remarks.error("edit.word_times", "words come in order, none before its phrase", f"{field}/words")
    return Caption(start=first, length=end - first, words=words, anchor=phrase.anchor)


def _words(phrase: Phrase, field: str, grid: Grid, remarks: Remarks) -> tuple[CaptionWord, ...]:
    spans = [grid.span(word.start, word.length) for word in phrase.words]
    return tuple(
        CaptionWord(text=word.text, start=start, length=max(1, end - start)) for word, (start, end) in zip(phrase.words, spans, strict=True)
    )


def _spread(text: str, first: int, end: int) -> tuple[CaptionWord, ...]:
    """Words in time by their length, as somebody would read them."""
    pieces = _PIECES.findall(text)
    edges = list(accumulate((len(piece) for piece in pieces), initial=0))
    frames = [first + (end - first) * edge // edges[-1] for edge in edges]
    return tuple(
        CaptionWord(text=piece, start=start, length=max(1, stop - start))
        for piece, start, stop in zip(pieces, frames, frames[1:], strict=False)
    )


def _overlay(drawn: Drawn, first: int, last: int, sources: Mapping[str, ResolvedSource]) -> Overlay:
    found = None if drawn.image is None else sources.get(f"upload:{drawn.image.upload}")
    return Overlay(
        kind=drawn.kind,
        start=first,
        length=last - first,
        text=drawn.text,
        subtext=drawn.subtext,
        image=None if found is None or found.media is None else found.media.blob,
        enters=drawn.enters,
        params=drawn.params,
        place=drawn.place,
    )
