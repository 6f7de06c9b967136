"""Catalogues: the modules of a package, each with a title and documented parameters."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from types import ModuleType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Interval, Unit
from pydantic import TypeAdapter, ValidationError

from libs.common.media.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """One parameter, as the catalogue shows it."""

    name: str
    type: str
    """`float`, `int` or `str`."""
    default: int | float | str
    description: str
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    """Of a text that is one of a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    name: str
    title: str
    description: str
    params: tuple[Param, ...]
    module: ModuleType


def discover(package: str, path: Iterable[str]) -> dict[str, Plugin]:
    """The modules in a package's folder by name, in alphabetical order."""
    names = sorted(found.name for found in pkgutil.iter_modules(path))
    return {name: _plugin(name, importlib.import_module(f"{package}.{name}")) for name in names}


def _plugin(name: str, module: ModuleType) -> Plugin:
    params = getattr(module, "Params", None)
    described = () if params is None else _params(params)
    return Plugin(name=name, title=module.TITLE, description=(module.__doc__ or "").strip(), params=described, module=module)


def params_of(plugin: Plugin, values: Mapping[str, float | str], *, field: str) -> Any:
    """The plugin's `Params` with these values; None for a plugin without. Raises InvalidInput that names the parameter (`field` is a JSON
    pointer to the values): an unknown name, a value of the wrong kind or out of its bounds."""
    kind = getattr(plugin.module, "Params", None)
    known = {param.name for param in plugin.params}
    for name in values:
        if name not in known:
            there = ", ".join(known) or "none"
            raise InvalidInput(
                f"{plugin.name!r} has no parameter {name!r}; there are: {there}", code="edit.unknown_param", field=f"{field}/{name}"
            )
    if kind is None:
        return None
    try:
        return _adapter(kind).validate_python(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        at = "".join(f"/{part}" for part in first["loc"])
        raise InvalidInput(f"{plugin.name!r}: {first['msg']}", code="edit.bad_param", field=f"{field}{at}") from error


@lru_cache(maxsize=256)
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _params(params: Any) -> tuple[Param, ...]:
    docs, plain, hints = _attribute_docs(params), params(), get_type_hints(params, include_extras=True)
    return tuple(_param(field.name, hints[field.name], getattr(plain, field.name), docs.get(field.name, "")) for field in fields(params))


def _param(name: str, hint: Any, default: float | str, description: str) -> Param:
    """`hint` is `float`, `int`, `str` or `Literal[…]`, alone or in `Annotated[…, Interval(…), Unit(…)]`."""
    base, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    interval = next((note for note in notes if isinstance(note, Interval)), Interval())
    unit = next((note.unit for note in notes if isinstance(note, Unit)), "")
    choices = tuple(str(choice) for choice in get_args(base)) if get_origin(base) is Literal else ()
    low, high = (None if bound is None else float(bound) for bound in (interval.ge, interval.le))  # type: ignore[arg-type]
    kind = "str" if choices else base.__name__
    return Param(name=name, type=kind, default=default, description=description, minimum=low, maximum=high, unit=unit, choices=choices)


def _attribute_docs(kind: type) -> dict[str, str]:
    """The string under each field, inherited ones included: Python throws it away, so it is read from the source."""
    docs: dict[str, str] = {}
    for part in reversed(kind.__mro__[:-1]):
        body = ast.parse(inspect.cleandoc(inspect.getsource(part))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, below in zip(body.body, body.body[1:], strict=False):
            if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
                continue
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                docs[field.target.id] = inspect.cleandoc(str(below.value.value))
    return docs
