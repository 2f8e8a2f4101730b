"""Level 4. Commands for those who write records by hand: new."""

from __future__ import annotations

import click

from generator.cli.common import main
from generator.config import EXAMPLE
from generator.records import kinds


@main.command()
@click.argument("kind", type=click.Choice([*kinds(), "site"]))
def new(kind: str) -> None:
    """打印一类记录的样例，site 为设置文件 / Print an example of a kind of record, or of the configuration (site)."""
    if kind == "site":
        click.echo(EXAMPLE, nl=False)
        return
    model = kinds()[kind]
    click.echo(f"# content/{model.folder}/<编号>.yml", err=True)
    click.echo(model.example, nl=False)
