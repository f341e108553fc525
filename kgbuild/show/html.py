"""One self-contained HTML page: pyvis holds the network, our own template the rest, nothing comes from outside."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.errors import MissingError
from kgbuild.show.layout import positions
from kgbuild.show.payload import kind_of, payload
from kgbuild.show.select import Drawing, Edge, Graph, Node, select

if TYPE_CHECKING:
    from pyvis.network import Network

FOLDER = Path(__file__).parent
SCRIPTS = ("canvas.js", "panel.js", "script.js")
"""Our own script, in the order in which the parts need each other."""

MAX_NODES = 500
"""Nodes of a page: what a browser pans smoothly and a reader can still take in."""
MAX_NODES_INLINE = 150
"""Nodes of a page inside a notebook, which keeps a copy for every run of the cell."""
INLINE_HEIGHT = 640
"""Pixels: fits a laptop's screen below the toolbar of JupyterLab."""

SHAPES = {"person": "dot", "organization": "square", "place": "triangle", "event": "star", "other": "hexagon"}
FULL_SIZE = 60
"""Nodes up to which the whole graph is seen at about its full size; of more, all grow, so as not to be dots."""
LETTER_WIDTH = 6.6
"""Pixels of an average letter of a label at the 12 px at which the script draws it."""
CURVE_STEP = 0.24
"""Roundness between neighbouring edges of the same two nodes: their labels do not meet at usual distances."""

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "interaction": {"hover": True, "keyboard": False, "multiselect": False, "hideEdgesOnDrag": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": False},
    "edges": {"chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}


def page(kg: Graph, max_nodes: int = MAX_NODES) -> str:
    """The graph as HTML text. The same graph gives the same text, and the text fetches nothing."""
    drawing = select(kg, max_nodes)
    network = _network(drawing)
    data = payload(kg, drawing) | {"nodes": network.nodes, "edges": network.edges, "options": OPTIONS}
    library = _library()
    script = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    network.set_template_dir(str(FOLDER), "template.html")
    text: str = network.templateEnv.get_template(network.path).render(
        policy=_policy((library, script), style),
        style=style,
        library=library,
        script=script,
        data=script_safe_json(data),
    )
    return text + "\n"


def write_page(kg: Graph, path: str | os.PathLike[str], max_nodes: int = MAX_NODES) -> None:
    """Write the page to ``path``, whole or not at all."""
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    unfinished.write_text(page(kg, max_nodes), encoding="utf-8", newline="\n")
    unfinished.replace(target)


@dataclass(frozen=True, slots=True)
class InlinePage:
    """A page that Jupyter shows where it is the value of a cell."""

    html: str
    height: int = INLINE_HEIGHT

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" title="Knowledge graph" width="100%" height="{self.height}" '
            'sandbox="allow-scripts allow-popups" style="border:0"></iframe>'
        )


def display(kg: Graph, max_nodes: int = MAX_NODES_INLINE, height: int = INLINE_HEIGHT) -> InlinePage:
    """The page for a notebook cell; ``height`` in pixels."""
    return InlinePage(page(kg, max_nodes), height)


def script_safe_json(value: Any) -> str:
    """JSON that no text can break out of a script element with: ASCII only, no ``<``, ``>`` or ``&``."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _network(drawing: Drawing) -> Network:
    from pyvis.network import Network

    index = {node.entity.id: k for k, node in enumerate(drawing.nodes)}
    grow = max(1.0, math.sqrt(len(drawing.nodes) / FULL_SIZE))
    boxes = [_box(node, grow) for node in drawing.nodes]
    links = [(index[e.source], index[e.target], float(len(e.readings))) for e in drawing.edges]
    network = Network(directed=True)
    for node, (x, y) in zip(drawing.nodes, positions(boxes, links), strict=True):
        shape = SHAPES[kind_of(node.entity)]
        network.add_node(node.entity.id, node.entity.name, shape, None, x=x, y=y, size=_radius(node, grow))
    for edge, smooth in zip(drawing.edges, _curves(drawing.edges), strict=True):
        name = f"{edge.source}-{edge.target}-{edge.status}" + ("-by" if edge.attributed else "")
        network.add_edge(edge.source, edge.target, id=name, smooth=smooth, width=_width(edge, grow))
    return network


def _radius(node: Node, grow: float) -> float:
    return round(min(30.0, 6 + 3 * math.sqrt(len(node.entity.mentions))) * grow, 1)


def _width(edge: Edge, grow: float) -> float:
    return round(min(6.0, 1.7 + 0.6 * math.sqrt(len(edge.readings) - 1)) * grow, 1)


def _box(node: Node, grow: float) -> tuple[float, float]:
    radius = _radius(node, grow)
    return (max(2 * radius, LETTER_WIDTH * len(node.entity.name)) + 14, 2 * radius + 34)


def _curves(edges: tuple[Edge, ...]) -> list[dict[str, Any]]:
    """How each edge bends so that edges of the same two nodes lie side by side; a lone one is straight."""
    groups: dict[frozenset[str], list[int]] = {}
    for k, edge in enumerate(edges):
        groups.setdefault(frozenset((edge.source, edge.target)), []).append(k)
    curves: list[dict[str, Any]] = [{"enabled": False}] * len(edges)
    for group in groups.values():
        for place, k in enumerate(group):
            bend = (place - (len(group) - 1) / 2) * CURVE_STEP * (1 if edges[k].source < edges[k].target else -1)
            if bend:
                turn = "curvedCW" if bend > 0 else "curvedCCW"
                curves[k] = {"enabled": True, "type": turn, "roundness": round(abs(bend), 2)}
    return curves


def _library() -> str:
    """The vis-network that pyvis brings, without the pointer to its source map."""
    import pyvis

    found = sorted(Path(str(pyvis.__file__)).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise MissingError("pyvis: its copy of vis-network is missing; run pip install --force-reinstall pyvis")
    lines = found[-1].read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def _policy(scripts: tuple[str, ...], style: str) -> str:
    """A content security policy that lets exactly these scripts and this style run, and nothing be fetched."""
    run = " ".join(f"'sha256-{_sha256(s)}'" for s in scripts)
    return f"default-src 'none'; script-src {run}; style-src 'sha256-{_sha256(style)}'; img-src data:; base-uri 'none'"


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
