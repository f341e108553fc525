"""Whether a graph holds what it promises: the shapes of the ontology, the truth gate, and offsets that lead to words.

Shapes are SHACL Core, validated by pyshacl. The rest is looked up here: SHACL constraints in SPARQL make pyshacl take
minutes where Core takes seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.errors import InputError
from kgbuild.graph.files import RUN, changed_files, load
from kgbuild.graph.gate import find_leaks, find_turtle_leaks
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.types import Article
from kgbuild.vocabulary import KG, NIF, PROV, ontology_folder, prefixes

if TYPE_CHECKING:
    import pyoxigraph as ox

SH = "http://www.w3.org/ns/shacl#"
MAX_SHOWN = 80
"""Characters of a value that a finding repeats."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is not as it should be: of which kind (file, shape, gate, offset), where, and what."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


def validate(source: str | Path) -> tuple[Finding, ...]:
    """What is wrong with a folder that kgbuild wrote, or with a Turtle file alone; sorted, empty if nothing.

    Of a Turtle file, offsets cannot be looked up, as it does not hold the articles. InputError if the source cannot be
    read at all or was not written by kgbuild.
    """
    source = Path(source)
    if source.is_dir():
        changed = changed_files(source)
        kg = load(source, verify=False)
        turtle = source / "graph.ttl"
        found = [Finding("file", name, f"is not what {RUN} says: changed, or of another run") for name in changed]
        found += [Finding("gate", leak.where, leak.why) for leak in find_leaks(kg, turtle)]
        found += find_wrong_offsets(kg)
        found += _find_other_sentences(kg, turtle)
        base = kg.settings.base_iri
    else:
        turtle = source
        base, asserts_claims = _settings_of(turtle)
        found = [Finding("gate", leak.where, leak.why) for leak in find_turtle_leaks(turtle, base, asserts_claims)]
    return tuple(sorted({*found, *find_shape_violations(turtle, base)}))


def find_wrong_offsets(kg: KnowledgeGraph) -> list[Finding]:
    """Spans that do not hold the words that are said to stand there."""
    found = []
    for statement in kg.statements:
        article = kg.article_by_id.get(statement.article)
        if article is None:
            found.append(Finding("offset", f"statement {statement.id}", f"article {statement.article} is not there"))
            continue
        sentence, predicate = statement.sentence, statement.predicate
        spans = [
            ("sentence", sentence.start, sentence.end, sentence.text),
            ("predicate", predicate.start, predicate.end, predicate.text),
            *((f"argument {a.role}", a.start, a.end, a.text) for a in statement.arguments),
            *(("speaker", a.start, a.end, a.text) for a in statement.attribution if a.text),
        ]
        where = f"{article.path or article.id}, statement {statement.id}"
        found += [Finding("offset", where, wrong) for wrong in _wrong_spans(article, spans)]
    for entity in kg.entities:
        for mention in entity.mentions:
            article = kg.article_by_id.get(mention.article)
            spans = [("mention", mention.start, mention.end, mention.text)]
            wrong = _wrong_spans(article, spans) if article else [f"article {mention.article} is not there"]
            found += [Finding("offset", f"entity {entity.name} ({entity.id})", what) for what in wrong]
    return found


def _wrong_spans(article: Article, spans: Iterable[tuple[str, int, int, str]]) -> Iterator[str]:
    for name, start, end, text in spans:
        if not 0 <= start < end <= len(article.text):
            yield f"{name} [{start}, {end}) is out of the article's range 0 to {len(article.text)}"
        elif article.text[start:end] != text:
            yield f"{name} [{start}, {end}) holds {article.text[start:end]!r}, not {text!r}"


def _find_other_sentences(kg: KnowledgeGraph, turtle: Path) -> list[Finding]:
    """Sentences of the Turtle that are not in their article where they say they are."""
    import pyoxigraph as ox

    wanted = {NIF.beginIndex, NIF.endIndex, NIF.anchorOf, NIF.referenceContext}
    nodes: dict[str, dict[str, str]] = {}
    for quad in _quads(turtle):
        if quad.predicate.value in wanted and not isinstance(quad.object, ox.BlankNode | ox.Triple):
            nodes.setdefault(str(quad.subject).strip("<>"), {})[quad.predicate.value] = quad.object.value
    articles = {f"{kg.settings.base_iri}article/{article.id}": article for article in kg.articles}
    found = []
    for name, node in nodes.items():
        article = articles.get(node.get(NIF.referenceContext, ""))
        begin, end = node.get(NIF.beginIndex, ""), node.get(NIF.endIndex, "")
        if article is None:
            found.append(Finding("offset", name, "its article is not there"))
        elif begin.isdigit() and end.isdigit():
            spans = [("sentence", int(begin), int(end), node.get(NIF.anchorOf, ""))]
            found += [Finding("offset", name, wrong) for wrong in _wrong_spans(article, spans)]
    return found


def find_shape_violations(turtle: Path, base: str) -> list[Finding]:
    """Where a Turtle file violates ``ontology/shapes.ttl``."""
    import pyshacl
    import rdflib

    data = rdflib.Graph(bind_namespaces="none")
    for quad in _quads(turtle):
        data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
    logging.getLogger("pyshacl").setLevel(logging.ERROR)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, rdflib.Graph)
    spaces = prefixes(base)
    sh = rdflib.Namespace(SH)
    return [
        Finding(
            "shape",
            " ".join(
                _short(term, spaces) for term in (report.value(r, sh.focusNode), report.value(r, sh.resultPath)) if term
            ),
            f"{report.value(r, sh.resultMessage)}{_value(report.value(r, sh.value), spaces)}",
        )
        for r in report.objects(None, sh.result)
    ]


def _value(term: object, spaces: dict[str, str]) -> str:
    return "" if term is None else f", not {_short(term, spaces)}"


def _short(term: object, spaces: dict[str, str]) -> str:
    text = str(term)
    for prefix, space in spaces.items():
        if text.startswith(space):
            return f"{prefix}:{text.removeprefix(space)}"
    return text if len(text) < MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _term(term: object) -> Any:
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _settings_of(turtle: Path) -> tuple[str, bool]:
    """The base IRI of a Turtle file, and whether speakers' claims may be asserted in it, as its run says."""
    base, asserts_claims, is_ours = "", False, False
    for quad in _quads(turtle):
        if quad.predicate.value == KG.baseIri:
            base = quad.object.value  # type: ignore[union-attr]
        elif quad.predicate.value == KG.assertAttributed:
            asserts_claims = asserts_claims or quad.object.value == "true"  # type: ignore[union-attr]
        elif str(quad.object) == f"<{PROV.Activity}>":
            is_ours = True
    if not base or not is_ours:
        raise InputError(
            f"{turtle}: not written by kgbuild (no run in it); name a folder or graph.ttl of kgbuild build"
        )
    return base, asserts_claims


def _quads(turtle: Path) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    try:
        yield from ox.parse(path=str(turtle), format=ox.RdfFormat.TURTLE)
    except OSError as error:
        raise InputError(f"{turtle}: cannot be read ({error.strerror or error})") from error
    except SyntaxError as error:
        message = " ".join(str(error).split())
        raise InputError(f"{turtle}: not valid Turtle ({message[:160]}); build again") from error
