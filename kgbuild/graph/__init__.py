"""The knowledge graph: a plain record and its views."""

from kgbuild.graph.assemble import assemble
from kgbuild.graph.files import load, save
from kgbuild.graph.gate import find_leaks
from kgbuild.graph.model import EntityView, KnowledgeGraph

__all__ = ["EntityView", "KnowledgeGraph", "assemble", "find_leaks", "load", "save"]
