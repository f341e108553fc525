"""kgbuild: from news articles to a knowledge graph that never says more than the articles did.

    import kgbuild
    kgbuild.extract("Blinken met Lavrov in Geneva.")
    kg = kgbuild.build("seeds")

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgbuild.analyse import nlp
    from kgbuild.errors import AmbiguousNameError, InputError, KgbuildError, MissingError, QueryError, UsageError
    from kgbuild.graph import KnowledgeGraph, load
    from kgbuild.pipeline import build, extract
    from kgbuild.settings import Settings
    from kgbuild.types import Article, Entity, Statement

__version__ = "0.1.0"

_HOME = {
    "AmbiguousNameError": "errors",
    "Article": "types",
    "Entity": "types",
    "InputError": "errors",
    "KgbuildError": "errors",
    "KnowledgeGraph": "graph",
    "MissingError": "errors",
    "QueryError": "errors",
    "Settings": "settings",
    "Statement": "types",
    "UsageError": "errors",
    "build": "pipeline",
    "load": "graph",
    "nlp": "analyse",
}

__all__ = [
    "AmbiguousNameError",
    "Article",
    "Entity",
    "InputError",
    "KgbuildError",
    "KnowledgeGraph",
    "MissingError",
    "QueryError",
    "Settings",
    "Statement",
    "UsageError",
    "__version__",
    "build",
    "extract",
    "load",
    "nlp",
]


def __getattr__(name: str) -> Any:
    if name == "extract":
        return importlib.import_module("kgbuild.extract")
    if name not in _HOME:
        raise AttributeError(f"module 'kgbuild' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"kgbuild.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Extract(ModuleType):
    """The package `kgbuild.extract`, which is a stage to its modules and a function to the user."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from kgbuild.pipeline import extract

        return extract(*args, **kwargs)


class _Package(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Extract
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
