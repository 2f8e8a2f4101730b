"""Level 4. The command diff: what becomes public by a change."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.common import language, main, options, progress, reported, say, site_at, today
from generator.config import STOCK_THEME
from generator.execute import collect_rarely
from generator.saving import save

ENDINGS = {".md": "markdown", ".json": "json", ".html": "html", ".txt": "text"}


@main.command("diff")
@click.argument("versions", default="HEAD", metavar="[BASE..HEAD]")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json", "html"]), help=say(
    "写成什么样；不写就看 --out 的后缀，再不然是 text", "The form; by default that of the file's ending, else text."))
@click.option("--out", "outs", type=click.Path(path_type=Path, dir_okay=False), multiple=True, metavar="FILE",
              help=say("写进文件，可以写几次：diff.md、diff.html、diff.json",
                       "Write into a file; may be given several times: diff.md, diff.html, diff.json."))
@options
def diff_command(versions: str, form: str | None, outs: tuple[Path, ...], config: Path, as_of: date | None,
                 workers: int) -> None:
    """看改动会公开什么：记录、姓名、名次、数字、告示 / Tell what becomes public by a change.

    \b
    gongshi diff                还没提交的改动 / what is not committed yet
    gongshi diff main           工作区和 main 相比 / the working tree against main
    gongshi diff main..draft    两个版本相比 / two versions
    gongshi diff main...draft   从分开的地方算起，合并请求用它 / since both parted: for merge requests

    退出码：0 可以公布；1 改动后的内容有问题 / Exit code: 0 sound, 1 the newer version has problems.

    CI 里要取全部历史（fetch-depth: 0、GIT_DEPTH: 0）。Markdown 以 <!-- gongshi-diff --> 开头，按它找到上次的评论
    来更新；不超过 60000 字 / CI needs the whole history. The Markdown begins with that marker, by which a comment is
    found and updated, and stays below 60,000 characters.
    """
    from generator.desk.diff import difference  # what only this command needs

    collect_rarely()
    with reported():
        with progress() as report:
            found = difference(config, versions, site_at, lambda site: today(site, as_of), workers, report)
        if not outs:
            click.echo(_written(found, form or "text", config), nl=False)
        for out in outs:
            save({out: _written(found, form or ENDINGS.get(out.suffix, "text"), config).encode()})
            click.echo(say("已写出：", "Written: ") + str(out), err=True)
        if found.problems:
            sys.exit(1)


def _written(found: object, form: str, config: Path) -> str:
    """Return a difference in one of its forms."""
    from generator.desk import diff
    from generator.desk.diff.markdown import as_markdown
    from generator.desk.diff.page import as_page
    from generator.desk.diff.text import as_text

    assert isinstance(found, diff.Difference)
    if form == "json":
        return json.dumps(diff.as_json(found), ensure_ascii=False, indent=1) + "\n"
    if form == "html":
        return as_page(found, (STOCK_THEME,), language())
    return (as_markdown if form == "markdown" else as_text)(found, language())
