"""Level 4. Commands for those who write records by hand: new, schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.common import config_option, language, main, reported, say, site_at
from generator.config import EXAMPLE
from generator.problem import DeskError
from generator.records import kinds

if TYPE_CHECKING:
    from generator.desk.drafting import Shelf


@main.command()
@click.argument("kind", type=click.Choice([*kinds(), "site"]), metavar="KIND")
@click.argument("given", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--set", "more", multiple=True, metavar="FIELD=VALUE", help=say("也给出内容", "Gives a field, too."))
@click.option("--id", "id", metavar="ID", help=say("编号，不写就按惯例取下一个", "Its id, else the next free one."))
@click.option("--stdout", is_flag=True, help=say("只打印，不写文件", "Print it and write no file."))
@config_option
def new(kind: str, given: tuple[str, ...], more: tuple[str, ...], id: str | None, stdout: bool, config: Path) -> None:
    """新写一条记录：一问一答，或直接给出内容 / Write a new record: it asks, or takes fields.

    \b
    gongshi new case                       在终端里一问一答，写进 content/
    gongshi new case title=楼道漏水 source=press category=漏水 reported=2026-05-06 \\
        ladder.0.level=社区自办 ladder.0.date=2026-05-06
    gongshi new case > case.yml            不在终端里：打印一条样例
    gongshi new site                       打印设置文件的样例

    几层的用点连起来，列表从 0 数起；重复写一项就是再加一个。类别（KIND）见 docs/fields/。
    """
    if kind == "site":
        click.echo(EXAMPLE, nl=False)
    elif given or more or is_terminal():
        with reported():
            _write_new(kind, (*given, *more), id, stdout, config)
    else:
        model = kinds()[kind]
        click.echo(f"# content/{model.folder}/<编号>.yml", err=True)
        click.echo(model.example, nl=False)


def is_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _write_new(kind: str, given: tuple[str, ...], id: str | None, stdout: bool, config: Path) -> None:
    """Write a record from fields or, where none are given, from answers. Raises: ContentError, DeskError."""
    from generator.desk import drafting

    site = site_at(config)
    drafting.refuse_unless_by_hand(kind)
    shelf = drafting.Shelf(site)
    if given:
        data, chosen = drafting.filled(kind, given), id
    else:
        data, chosen = _answers(kind, id, shelf)
    ready = drafting.draft(kind, chosen or drafting.proposed_id(kind, data, shelf), data, shelf)
    if stdout:
        click.echo(ready.text, nl=False)
        return
    click.echo(say("已写出：", "Written: ") + drafting.put_down(site, ready))
    click.echo(say("用 gongshi check 检查全部内容，再提交。其他可写的项见 docs/fields/。",
                   "Run gongshi check, then commit it. For more fields see docs/fields/."), err=True)


def _answers(kind: str, id: str | None, shelf: Shelf) -> tuple[dict[str, Any], str]:
    """Return what was answered, and the id; exits where somebody gives up."""
    from generator.cli.asking import Interview, Talk

    try:
        data = Interview(kind, shelf, Talk(_ask, click.echo)).record()
        return data, id or _ask_id(kind, data, shelf)
    except click.Abort:
        click.echo("\n" + say("没有写任何东西。", "Nothing was written."), err=True)
        sys.exit(1)


def _ask(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False, prompt_suffix="> ")).strip()


def _ask_id(kind: str, data: dict[str, Any], shelf: Shelf) -> str:
    """Return the id that is chosen, the proposed one for no answer; asked again while it can't be one."""
    from generator.desk import drafting

    proposed = drafting.proposed_id(kind, data, shelf)
    while True:
        said = _ask("\n" + say(f"编号，就是文件名和网址，以后不改；回车就用 {proposed} ",
                               f"Its id, for good: file name and address. Enter takes {proposed} ")) or proposed
        try:
            drafting.refuse_id(kind, said, shelf)
        except DeskError as error:
            click.echo(f"  ✗ {error.line(language())}")
        else:
            return said


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
