"""The graph as one web page that opens from disk with no network, and inline in Jupyter."""

from kgbuild.show.html import InlinePage, display, page, write_page

__all__ = ["InlinePage", "display", "page", "write_page"]
