"""``kgbuild show``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="The interactive page of a graph.")
@click.argument("folder", default="output", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Where to write it: DIR/graph.html.")
@click.option("--open", "in_browser", is_flag=True, help="Open it in the browser.")
def show(folder: Path, target: Path | None, in_browser: bool) -> None:
    """Write the page of the graph in DIR (default: output), and print where it is.

    The page needs no network: it can be opened from disk, mailed, or put on any server.
    """
    from kgbuild.graph import load
    from kgbuild.show import write_page

    kg = load(folder)
    page = target or folder / "graph.html"
    if target is not None or not page.exists():
        write_page(kg, page)
    click.echo(str(page))
    if in_browser:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
