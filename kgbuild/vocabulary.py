"""The terms that kgbuild writes, as closed namespaces, and where the ontology that defines them is.

A namespace knows its terms: one that is not listed raises, so that a misspelt property cannot reach a file. The
terms of ``KG`` equal the ones that ``ontology/kgbuild.ttl`` defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kgbuild.errors import MissingError, UsageError
from kgbuild.types import AttributionKind, Modality, Polarity, PredicateKind, Role


class Namespace:
    """A prefix, its IRI, and the terms that may be written under it.

    ``KG.polarity`` is the full IRI, ``KG.short("polarity")`` the prefixed name ``kg:polarity``; both raise
    AttributeError for a term that is not in the namespace.
    """

    def __init__(self, prefix: str, iri: str, terms: str) -> None:
        self.prefix = prefix
        self.iri = iri
        self._terms = {term: f"{prefix}:{term}" for term in sorted(terms.split())}

    def __getattr__(self, term: str) -> str:
        self.short(term)
        return self.iri + term

    def __contains__(self, term: object) -> bool:
        return term in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def short(self, term: str) -> str:
        try:
            return self._terms[term]
        except KeyError:
            raise AttributeError(f"{term} is not a term of {self.prefix}: <{self.iri}>") from None


ENTITY_CLASSES: dict[str, str] = {
    "Person": "Entity",
    "Group": "Entity",
    "Organization": "Entity",
    "GovernmentBody": "Organization",
    "MediaOrganization": "Organization",
    "MilitaryUnit": "Organization",
    "Place": "Entity",
    "Country": "Place",
    "Region": "Place",
    "City": "Place",
    "Facility": "Place",
    "Event": "Entity",
    "Product": "Entity",
    "Law": "Entity",
    "Thing": "Entity",
}
"""Every class an entity may have, with the class above it."""

SCHEMA_CLASSES = {"Person": "Person", "Organization": "Organization", "Place": "Place"}
"""The schema.org class that is written beside ours."""

_EVENT_GROUPS = {
    "Communication": "Saying Publication Demand Promise Threat Criticism Rejection Praise Apology",
    "Contact": "Meeting Negotiation Visit",
    "Cooperation": "Agreement Aid Rescue Joining",
    "Conflict": "Attack Battle Deployment Occupation Withdrawal",
    "Harm": "Killing Death Injury Abduction Abuse Illness Outbreak",
    "Dissent": "Protest Walkout Riot Coup",
    "Justice": "Investigation Arrest Indictment Lawsuit Trial Conviction Sentencing Acquittal Release Execution "
    "Expulsion",
    "Crime": "Theft Fraud Smuggling",
    "Government": "Election Appointment Resignation Dismissal Legislation Sanction",
    "Movement": "Travel Arrival Departure Return Evacuation",
    "Commerce": "Trade Takeover Investment Payment Hiring Layoff Bankruptcy",
    "Disaster": "Accident Fire Explosion NaturalDisaster",
    "Making": "Construction Founding Launch Destruction Discovery",
    "Culture": "Contest Award Performance Ceremony Birth Marriage",
}
EVENT_CLASSES: dict[str, str] = {
    name: group for group, names in _EVENT_GROUPS.items() for name in names.split()
} | dict.fromkeys(_EVENT_GROUPS, "")
"""Every class an event may have, with the class above it, "" for those of the upper level."""

ACTOR_ROLES = (Role.AGENT, Role.PATIENT, Role.RECIPIENT, Role.BENEFICIARY, Role.COMITATIVE, Role.INSTRUMENT)
"""The roles whose entities are SEM actors of the event."""


def camel(value: str) -> str:
    """The individual's local name of an enum value: ``according_to`` → ``accordingTo``."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), value)


_INDIVIDUALS = [camel(value) for kind in (Polarity, Modality, PredicateKind, AttributionKind) for value in kind]
_ROLES = [name for role in Role for name in (role.value, f"{role.value}Text")]

KG = Namespace(
    "kg",
    "https://w3id.org/kgbuild/ontology#",
    " ".join(
        [
            "Entity Statement Polarity Modality PredicateKind AttributionKind",
            *ENTITY_CLASSES,
            *EVENT_CLASSES,
            *_INDIVIDUALS,
            *_ROLES,
            "polarity modality asserted ended attributedTo reportedBy speakerText cue attributionKind",
            "date endDate openEnded dateText number upperNumber unit comparison approximate",
            "confidence sourceCount firstPublished event contradicts mayContradict",
            "lemma sense predicateKind named mentionCount path characterCount sentenceCount copyOf",
            "version model modelId language assertAttributed baseIri",
        ]
    ),
)
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object reifies")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#", "label")
OWL = Namespace("owl", "http://www.w3.org/2002/07/owl#", "ObjectProperty sameAs")
XSD = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#", "boolean date decimal integer")
SKOS = Namespace("skos", "http://www.w3.org/2004/02/skos/core#", "altLabel")
PROV = Namespace("prov", "http://www.w3.org/ns/prov#", "Activity used wasDerivedFrom wasGeneratedBy")
SEM = Namespace(
    "sem",
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "Event Time hasActor hasPlace hasTime hasTimeStamp hasBeginTimeStamp hasEndTimeStamp",
)
NIF = Namespace(
    "nif",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Sentence referenceContext beginIndex endIndex anchorOf",
)
SCHEMA = Namespace(
    "schema",
    "https://schema.org/",
    "NewsArticle NewsMediaOrganization Person Organization Place "
    "headline datePublished publisher name url inLanguage creditText mentions",
)
GEO = Namespace("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#", "lat long")
NAMESPACES = (KG, RDF, RDFS, OWL, XSD, SKOS, PROV, SEM, NIF, SCHEMA, GEO)

WIKIDATA_IRI = "http://www.wikidata.org/entity/"

DATA_PREFIXES = {
    "a": "article/",
    "e": "entity/",
    "ev": "event/",
    "o": "outlet/",
    "r": "relation/",
    "run": "run/",
    "s": "statement/",
    "t": "time/",
}
"""The prefixes of a graph's own IRIs, each with what follows the base IRI of the settings."""


def prefixes(base_iri: str) -> dict[str, str]:
    """All prefixes that ``graph.ttl`` declares, sorted; UsageError if the base IRI cannot stand in RDF."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:(//[A-Za-z0-9._-]+)?[A-Za-z0-9._~:/?@!$&'()*+,;=-]*[/#]", base_iri):
        raise UsageError(f"base IRI {base_iri!r}: must be an absolute IRI that ends in / or #")
    known = {space.prefix: space.iri for space in NAMESPACES} | {"wd": WIKIDATA_IRI}
    return dict(sorted((known | {name: base_iri + path for name, path in DATA_PREFIXES.items()}).items()))


def entity_class(name: str) -> str:
    """The ontology class for an entity type, whatever its case; ``Entity`` for a type the ontology does not have."""
    return _CLASSES.get(name.casefold(), "Entity")


_CLASSES = {name.casefold(): name for name in ENTITY_CLASSES}


def superclasses(name: str) -> tuple[str, ...]:
    """The class itself and all above it, nearest first."""
    found = [name]
    while found[-1] in ENTITY_CLASSES:
        found.append(ENTITY_CLASSES[found[-1]])
    return tuple(found)


def event_classes(name: str | None) -> tuple[str, ...]:
    """An event class and the one above it; () for None and for a name that is no event class."""
    if name not in EVENT_CLASSES:
        return ()
    return (name, EVENT_CLASSES[name]) if EVENT_CLASSES[name] else (name,)


def ontology_folder() -> Path:
    """Where ``ontology/`` is: inside the package when installed from a wheel, beside it in a source tree."""
    package = Path(__file__).parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "kgbuild.ttl").is_file():
            return folder
    raise MissingError("the ontology is missing from this installation; reinstall kgbuild")
