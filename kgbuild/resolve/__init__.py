"""The stage that looks across articles: from mentions to entities."""

from kgbuild.resolve.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
