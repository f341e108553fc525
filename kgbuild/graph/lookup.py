"""Finding the entity that a user names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from kgbuild.errors import AmbiguousNameError, InputError
from kgbuild.types import Entity

MAX_CANDIDATES = 8
"""Candidates that an error message lists; a line stays readable."""


def find_entity(entities: Sequence[Entity], local_names: Mapping[str, str], base_iri: str, name: str) -> Entity:
    """The entity whose id, IRI, IRI's last part, name or alias is ``name``.

    Ids and IRIs are unique and come first. Names and aliases are compared without regard to case; entities with a
    proper name come before unnamed ones. Raises AmbiguousNameError or InputError, each with candidates.
    """
    wanted = name.removeprefix(f"{base_iri}entity/").removeprefix("e:")
    for entity in entities:
        if entity.id == name or local_names[entity.id] == wanted:
            return entity
    folded = name.strip().casefold()
    fitting = [e for e in entities if any(n.casefold() == folded for n in (e.name, *e.aliases))]
    fitting = [e for e in fitting if e.named] or fitting
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        candidates = [f"{e.name} ({e.type}, {len(e.mentions)} mentions, id {e.id})" for e in fitting[:MAX_CANDIDATES]]
        more = f"; and {len(fitting) - MAX_CANDIDATES} more" if len(fitting) > MAX_CANDIDATES else ""
        raise AmbiguousNameError(f"{name!r} fits several entities: {'; '.join(candidates)}{more}; use an id")
    names = {n.casefold(): n for e in entities for n in (*e.aliases, e.name)}
    near = [names[n] for n in get_close_matches(folded, sorted(names), n=5)]
    hint = f"; near: {', '.join(near)}" if near else ""
    raise InputError(f"no entity is called {name!r}{hint}")
