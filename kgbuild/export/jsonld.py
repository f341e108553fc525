"""The RDF of ``graph.ttl`` as JSON-LD 1.1: a context, and one node a line.

Terms of our vocabulary are plain keys and values (``"polarity": "negative"``), those of others have their prefix.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kgbuild.graph import turtle
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.rdf_blocks import Blocks
from kgbuild.vocabulary import KG, prefixes

_NAMES = ("kg:polarity", "kg:modality", "kg:predicateKind", "kg:attributionKind")
"""Properties whose values are individuals of our vocabulary."""
MAX_EXACT = 2**53
"""From here on, a JSON number may be read as another one."""
_DECIMALS = ("kg:confidence", "geo:lat", "geo:long")


def write_jsonld(kg: KnowledgeGraph) -> Iterator[str]:
    """The text of a JSON-LD file, piece by piece. Decimals are strings with a type: JSON numbers would be doubles."""
    context = _context(prefixes(kg.settings.base_iri))
    yield f'{{"@context": {_json(context, indent=1)},\n"@graph": ['
    comma = "\n"
    for subject, rows in Blocks(kg).all():
        node: dict[str, Any] = {"@id": subject}
        for prop, objects in rows:
            if objects:
                key = "@type" if prop == "a" else prop.removeprefix("kg:")
                values = [_value(prop, term) for term in sorted(set(objects))]
                node[key] = values[0] if len(values) == 1 else values
        yield comma + _json(node)
        comma = ",\n"
    yield "\n]}\n"


def _context(spaces: dict[str, str]) -> dict[str, Any]:
    names = {name.removeprefix("kg:"): {"@id": name, "@type": "@vocab"} for name in _NAMES}
    decimals = {name.removeprefix("kg:"): {"@id": name, "@type": "xsd:decimal"} for name in _DECIMALS}
    return {"@version": 1.1, "@vocab": KG.iri, **spaces, **names, **decimals}


def _value(prop: str, term: str) -> Any:
    if prop == "a" or prop in _NAMES:
        return term.removeprefix("kg:")
    if prop in _DECIMALS:
        return term
    if term in ("true", "false"):
        return term == "true"
    if turtle.is_number(term):
        if "." in term:
            return {"@value": term, "@type": "xsd:decimal"}
        exact = abs(int(term)) < MAX_EXACT
        return int(term) if exact else {"@value": term, "@type": "xsd:integer"}
    if not term.startswith('"'):
        return {"@id": term.strip("<>")}
    end = term.rindex('"') + 1
    text, rest = json.loads(term[:end]), term[end:]
    if rest.startswith("@"):
        return {"@value": text, "@language": rest[1:]}
    return {"@value": text, "@type": rest[2:]} if rest else text


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
