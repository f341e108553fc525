"""The graph as GraphML, for Gephi, yEd, Cytoscape and networkx: streamed, sorted, scalars only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kgbuild.graph.as_networkx import to_networkx
from kgbuild.graph.model import KnowledgeGraph

_NODE = {"label": "string", "name": "string", "type": "string", "named": "boolean", "n_mentions": "long"}
_EDGE = {
    "label": "string",
    "relation": "string",
    "asserted": "boolean",
    "polarity": "string",
    "modality": "string",
    "speaker": "string",
    "sentence": "string",
    "article": "string",
    "date": "string",
    "published": "string",
    "confidence": "double",
    "statement": "string",
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_SPECIAL = re.compile('[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[&<>"\r]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}


def write_graphml(kg: KnowledgeGraph) -> Iterator[str]:
    """The text of ``graph.graphml``, piece by piece; equal graphs give equal text.

    Attributes are those of ``to_networkx``, and ``label``, which most programs draw. Unknown values are left out;
    characters that XML cannot hold become U+FFFD.
    """
    graph = to_networkx(kg)
    yield _HEAD
    for kind, types in (("node", _NODE), ("edge", _EDGE)):
        for name, type_ in types.items():
            yield f'  <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '  <graph edgedefault="directed">\n'
    for node, values in sorted(graph.nodes(data=True)):
        yield f'    <node id="{xml_text(node)}">{_data("node", _NODE, values | {"label": values["name"]})}</node>\n'
    for start, end, key, values in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        data = _data("edge", _EDGE, values | {"label": values["relation"]})
        yield f'    <edge id="{xml_text(key)}" source="{xml_text(start)}" target="{xml_text(end)}">{data}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(kind: str, types: Mapping[str, str], values: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{xml_text(values[name])}</data>' for name in types if values[name] is not None
    )


def xml_text(value: object) -> str:
    """A value as text of an XML element or attribute; characters that XML cannot hold become U+FFFD."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)


def xml_attribute(value: object) -> str:
    """A value as text within the quotes of an XML attribute, where parsers would make spaces of tabs and line ends."""
    return xml_text(value).replace("\n", "&#10;").replace("\t", "&#9;")
