"""``kgbuild version``."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

import click

from kgbuild import __version__

PACKAGES = (
    "spacy",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "networkx",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "pyvis",
    "trafilatura",
)


@click.command(short_help="Versions of kgbuild and of what its output depends on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def version(as_json: bool) -> None:
    """Print the versions of kgbuild, Python and the packages whose versions can change the output."""
    found = {"kgbuild": __version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version_of(package)
        except PackageNotFoundError:
            found[package] = "missing"
    if as_json:
        click.echo(json.dumps(found))
    else:
        click.echo("\n".join(f"{name} {number}" for name, number in found.items()))
