"""A colour table: one of the house's looks, or a `.cube` file of your own that was uploaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from libs.common.media.cube import UPLOADED_TABLE
from libs.common.media.errors import Defect
from services.composition.filters.base import Filter
from services.composition.filters.table import Lut3d, Table
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.tables import built_in, table_of

TITLE = "Colour table"


def _key(value: str) -> str:
    if value and not UPLOADED_TABLE.fullmatch(value):
        raise ValueError("this is the key of an uploaded .cube file: uploads/….cube")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    look: Literal["golden_hour", "clean_commercial", "soft_film", "moody_teal", "fresh_green", "chrome_mono"] = "golden_hour"
    """One of the house's own, where no file is named."""
    file: Annotated[str, AfterValidator(_key)] = ""
    """Key of an uploaded `.cube` file, with one or three dimensions."""
    amount: Share = 1.0
    """0 leaves the picture alone, at 1 it is what the table says."""


@dataclass(frozen=True, slots=True)
class Loaded:
    params: Params
    table: Table


def load(params: Params, read: Callable[[str], bytes]) -> Loaded:
    return Loaded(params, table_of(read(params.file)) if params.file else built_in(params.look))


def filters(params: Params | Loaded, moment: Moment) -> tuple[Filter, ...]:
    if isinstance(params, Params):
        if params.file:
            raise Defect("a colour table is used before it was loaded", code="lut.not_loaded")
        params = Loaded(params, built_in(params.look))
    return () if params.params.amount == 0 else (Lut3d(params.table, params.params.amount),)
