"""``kgbuild export``."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.cli.options import quiet_option
from kgbuild.errors import UsageError


@click.command(short_help="A graph in the format of another program.")
@click.argument("folder", default="output", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("-f", "--format", "form", metavar="FORMAT", help="What to write; --list names the formats.")
@click.option("-o", "--output", "target", metavar="TARGET",
              help="File or folder to write, or - for the standard output; "
              "by itself a name in DIR/export.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the target if it exists.")
@click.option("--list", "list_formats", is_flag=True, help="List the formats.")
@quiet_option
def export(folder: Path, form: str | None, target: str | None, force: bool, list_formats: bool, quiet: bool) -> None:
    """Write the graph that build left in DIR (default: output) in another format, and print where it is.

    \b
    Examples:
      kgbuild export --list
      kgbuild export output --format gexf -o network.gexf    # Gephi
      kgbuild export output --format csv                     # spreadsheets, in output/export/csv
      kgbuild export output --format ntriples -o - | sort | head
    """
    from kgbuild.export.formats import FORMATS
    from kgbuild.export.formats import export as write
    from kgbuild.graph import load

    if list_formats:
        width = max(map(len, FORMATS))
        click.echo("\n".join(f"{name:<{width}}  {format_.summary}" for name, format_ in FORMATS.items()))
        return
    if form not in FORMATS:
        wrong = f"--format {form}: unknown" if form else "no format"
        raise UsageError(f"{wrong}; give --format with one of {', '.join(FORMATS)}")
    known = FORMATS[form]
    if target == "-" and known.pieces is None:
        raise UsageError(f"--output -: {form} is no text; name a file or folder")
    kg = load(folder)
    if target == "-":
        for piece in known.text(kg):
            click.echo(piece.encode(), nl=False)
        return
    place = write(kg, form, target or folder / "export" / known.name, replace=force)
    if not quiet:
        click.echo(str(place))
