"""Catalogues: the modules of a package, each with a title and documented parameters."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """One parameter, as the catalogue shows it."""

    name: str
    type: str
    default: float | str
    description: str


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


def _params(params: Any) -> tuple[Param, ...]:
    docs, plain = _attribute_docs(params), params()
    return tuple(
        Param(name=field.name, type=str(field.type), default=getattr(plain, field.name), description=docs.get(field.name, ""))
        for field in fields(params)
    )


def _attribute_docs(kind: type) -> dict[str, str]:
    """The string under each field: Python throws it away, so it is read from the source."""
    body = ast.parse(inspect.cleandoc(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    docs: dict[str, str] = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            docs[field.target.id] = inspect.cleandoc(str(below.value.value))
    return docs
