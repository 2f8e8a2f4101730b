"""Level 4. Commands for those who write records by hand: new, schema."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.common import config_option, main, reported, say, site_at
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


@main.command("schema")
@config_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=say(
    "写到哪个文件夹，不写就是设置文件所在的", "Where the files go, else beside the configuration."))
def schema_command(config: Path, out: Path | None) -> None:
    """写出编辑用的提示：VS Code 的字段提示、字段说明、问题和合并请求的模板 / Write what helps editors to write.

    \b
    schemas/                  每一类记录的 JSON Schema（VS Code 装上 YAML 扩展，一边写一边提示）
    .vscode/                  VS Code 的设置
    docs/fields/              字段说明，每类一页
    .github/ .gitlab/ .gitea/ 反映问题、提合并请求的模板，看设置里的 repository
    """
    from generator.desk.papers import write_papers

    with reported():
        site = site_at(config)
        changed = write_papers(site, out or site.root)
        for path in changed:
            click.echo(say("已写出：", "Written: ") + path)
        if not changed:
            click.echo(say("都是新的，没有改动。", "All is up to date."))
