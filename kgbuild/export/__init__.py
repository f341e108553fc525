"""The graph in the formats of other programs."""

from kgbuild.export.formats import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
