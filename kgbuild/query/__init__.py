"""SPARQL over the Turtle that kgbuild writes. Nothing is ever fetched from the network."""

from kgbuild.query.answer import Answer
from kgbuild.query.named import NamedQuery, find_query, named_queries
from kgbuild.query.run import open_store, run_query

__all__ = ["Answer", "NamedQuery", "find_query", "named_queries", "open_store", "run_query"]
