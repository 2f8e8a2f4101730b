"""Level 4. The command `gongshi`; click, the clock and the terminal live here alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from generator import __version__, build, load, search, validate
from generator.config import EXAMPLE, Settings, Site
from generator.desk.codes import issue
from generator.desk.freeze import close, correct
from generator.desk.notice import post
from generator.desk.preview import print_preview, save_preview
from generator.desk.whatif import whatif
from generator.execute import Report, collect_rarely
from generator.problem import ContentError, DeskError, GongshiError, Place, Problem
from generator.records import kinds
from generator.render.term import provisional
from generator.wording import Language


def language() -> Language:
    """Return the language of messages: English where the locale says so, else Chinese."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if locale.startswith("en") else "zh"


def say(zh: str, en: str) -> str:
    """Return the text in the language of messages."""
    return en if language() == "en" else zh


def site_at(path: Path) -> Site:
    """Return the site that a configuration file describes. Raises: ContentError."""
    name = str(path)
    if not path.is_file():
        raise ContentError([Problem("no-config", Place(name, 1, 1))])
    try:
        settings = validate.check(Settings, load.parse(load.text_of(name)), name, "site")
    except load.Refused as fault:
        raise ContentError([Problem(fault.code, Place(name, fault.line, fault.column), fault.values)]) from None
    except validate.ProblemsFound as found:
        raise ContentError(load.locate(Path(), found.problems)) from None
    site = Site(path.resolve().parent, settings)
    folders = {"content": settings.content, "theme": settings.theme}
    absent = [Problem("no-folder", Place(name, keys=(key,)), {"path": folder, "key": key})
              for key, folder in folders.items() if folder and not (site.root / folder).is_dir()]
    if absent:
        raise ContentError(load.locate(Path(), absent))
    missing = [Problem("unknown-section", Place(name, keys=("sections", index, "page")), {
                   "value": section.page, "known": f"{settings.content}/pages/*.md"})
               for index, section in enumerate(settings.sections)
               if section.page and section.page.endswith(".md")
               and not (site.content / "pages" / section.page).is_file()]
    statement = settings.identity.accessibility or ""
    if statement.endswith(".md") and not (site.content / "pages" / statement).is_file():
        missing.append(Problem("broken-link", Place(name, keys=("identity", "accessibility")), {"target": statement}))
    if missing:
        raise ContentError(load.locate(Path(), missing))
    return site


def today(site: Site, given: date | None) -> date:
    """Return the day that the site stands on: as given, else as configured, else today in the site's time zone."""
    return given or site.settings.publication.as_of or datetime.now(ZoneInfo(site.settings.timezone)).date()


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A day given on the command line."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or refuse it as a wrong use."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(say(f"`{value}` 不是日期，写成 2026-11-22", f"`{value}` is no date: 2026-11-22"), param, ctx)


@contextmanager
def reported() -> Iterator[None]:
    """Print the errors that we raise on purpose and exit with 1; let faults of the program through."""
    try:
        yield
    except ContentError as error:
        for problem in error.problems:
            click.echo(problem.line(language()))
        count = len(error.problems)
        click.echo(say(f"共 {count} 处问题。什么都没有发布。", f"{count} problem(s). Nothing was published."), err=True)
        sys.exit(1)
    except DeskError as error:
        click.echo(error.line(language()), err=True)
        sys.exit(1)
    except GongshiError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def head_of(folder: Path) -> str:
    """Return the commit that the folder stands on, empty where it is no git checkout."""
    try:
        said = subprocess.run(["git", "-C", str(folder), "rev-parse", "HEAD"], capture_output=True, text=True,
                              check=False)
    except OSError:
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""


@contextmanager
def progress() -> Iterator[Report]:
    """Give a function that shows how far a stage is; it says nothing when nobody watches."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console  # only where somebody watches: CI and pipes need not wait for it
    from rich.progress import Progress

    names = {"load": say("读取", "Reading"), "render": say("生成", "Rendering")}
    # Refreshed by hand: a thread of the bar's own would keep workers from being forked.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        tasks = {stage: bar.add_task(name, total=None) for stage, name in names.items()}
        yield lambda stage, done, total: bar.update(tasks[stage], completed=done, total=total, refresh=True)


def publish(config: Path, as_of: date | None, workers: int, out: Path | None, hasty: bool = False) -> Path:
    """Build the site that `config` describes, publish it, and return the release's folder. hasty: search stays."""
    site = site_at(config)
    target = out or site.root / site.settings.publication.out
    try:
        with progress() as report:
            return build.build(site, target, today(site, as_of), workers, report, head_of(site.root), hasty)
    except ContentError as error:
        raise ContentError(load.locate(site.root, error.problems)) from None


def note_search() -> None:
    """Say so where sites are built without a search."""
    if not search.installed():
        click.echo(say("没有装站内搜索，搜索页只有目录。要装：pip install pagefind_bin==1.5.2",
                       "Without a site search, only lists: pip install pagefind_bin==1.5.2"), err=True)


out_option = click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help=say(
    "输出文件夹：DIR/releases/<版本>/ 与链接 DIR/current", "Where releases go: DIR/releases/<id>/ and DIR/current."))


def options(command: Any) -> Any:
    """Add the options that check, build and serve share."""
    for option in (
        click.option("--config", type=click.Path(path_type=Path), default="site_config.yml", show_default=True,
                     help=say("配置文件", "The configuration file.")),
        click.option("--as-of", type=Day(), metavar="YYYY-MM-DD",
                     help=say("以哪一天为准", "The day the site stands on.")),
        click.option("--workers", type=click.IntRange(1, 256), default=os.cpu_count() or 1, show_default=True,
                     help=say("进程数", "How many processes.")),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gongshi")
def main() -> None:
    """公示：把 git 里的 YAML 记录变成可查的公示网站 / YAML records in git become a public site."""


@main.command()
@options
def check(config: Path, as_of: date | None, workers: int) -> None:
    """检查全部内容 / Check all content."""
    collect_rarely()
    with reported():
        site = site_at(config)
        with progress() as report:
            content = build.check(site, today(site, as_of), workers, report)
        count = len(content.register.rows)
        for row, day in provisional(content.register, today(site, as_of)):
            click.echo(say(f"提醒：{row.path} 公示到 {day} 是暂定的，{day.year} 年的放假安排写进 holidays/ 就准了。",
                           f"Note: {row.path} ends on {day} provisionally; holidays/ may settle {day.year}."), err=True)
        click.echo(say(f"{count} 条记录，没有问题。", f"{count} records, no problem."))


@main.command("build")
@options
@out_option
def build_command(config: Path, as_of: date | None, workers: int, out: Path | None) -> None:
    """生成并发布到 OUT/current / Build and publish to OUT/current."""
    collect_rarely()
    with reported():
        click.echo(say("已发布：", "Published: ") + str(publish(config, as_of, workers, out)))
        note_search()


@main.command("serve")
@options
@out_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say("端口", "The port."))
def serve_command(config: Path, as_of: date | None, workers: int, out: Path | None, port: int) -> None:
    """本地预览，改动即刷新 / Preview on this machine, reloading on every change.

    搜索停在启动时的内容；上线的网站用 build 生成。/ Search stays as it was at the start; build what goes online.
    """

    from generator.serve import serve

    def rebuild() -> bool:
        try:
            with reported():
                publish(config, as_of, workers, out, hasty=True)
        except (SystemExit, OSError) as error:
            if isinstance(error, OSError):  # an editor's own file that came and went
                click.echo(str(error), err=True)
            click.echo(say("网页仍是上一次成功生成的。", "The pages are still those of the last good build."), err=True)
            return False
        click.echo(say("已重新生成。", "Built again."), err=True)
        return True

    with reported():
        publish(config, as_of, workers, out)
        site = site_at(config)
        folders = [p for p in (site.content, *site.themes) if p.is_dir()]
        current = (out or site.root / site.settings.publication.out) / "current"
    try:
        serve(current, port, config.resolve(), folders, rebuild, lambda address: click.echo(
            say(f"预览地址：{address}（按 Ctrl-C 停止）", f"Preview at {address} (Ctrl-C stops)")))
    except OSError as error:
        click.echo(say(f"端口 {port} 用不了（{error.strerror}），换一个：--port 8001",
                       f"port {port} can't be used ({error.strerror}); try --port 8001"), err=True)
        sys.exit(1)


@main.command("close")
@click.argument("scheme")
@click.argument("period")
@options
def close_command(scheme: str, period: str, config: Path, as_of: date | None, workers: int) -> None:
    """定榜：把过完的一期写成不再改变的记录 / Freeze a period that is over: gongshi close SCHEME 2026-Q3.

    简报写系列的名字 / For bulletins name their series: gongshi close 一周一调度 2026-W47.
    """
    with reported():
        site = site_at(config)
        with progress() as report:
            written = close(site, scheme, period, today(site, as_of), workers, report)
        for path in written:
            click.echo(say("已写出：", "Written: ") + f"{path}、{path.stem}.json")
        click.echo(say("请把这些文件一起提交。", "Commit these files together."), err=True)


@main.command("correct")
@click.argument("outcome")
@click.option("--reason", required=True, help=say("为什么更正", "Why it is corrected."))
@click.option("--decided-by", required=True, help=say("谁决定更正", "Who decided on it."))
@options
def correct_command(outcome: str, reason: str, decided_by: str, config: Path, as_of: date | None, workers: int) -> None:
    """更正定榜：另写一条更正，前后对照 / Publish a correction of a frozen outcome, before and after."""
    with reported():
        site = site_at(config)
        with progress() as report:
            path = correct(site, outcome, reason, decided_by, today(site, as_of), workers, report)
        click.echo(say("已写出：", "Written: ") + f"{path}、{path.stem}.json")


@main.command("whatif")
@click.argument("scheme")
@click.option("--with", "changed", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              metavar="FILE", help=say("改过的办法（YAML）", "The changed rule (YAML)."))
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=say("另存为网页", "Write it as a page, too."))
@options
def whatif_command(scheme: str, changed: Path, html: Path | None, config: Path, as_of: date | None, workers: int
                   ) -> None:
    """预演改规则：谁会升、谁会降 / Preview a changed rule: who would move."""
    with reported():
        site = site_at(config)
        with progress() as report:
            previews = whatif(site, scheme, changed, today(site, as_of), workers, report)
        print_preview(previews, say)
        if html:
            save_preview(previews, scheme, site.themes, html)
            click.echo(say("网页：", "Page: ") + str(html))


@main.command("code")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET…")
@click.option("--for", "purpose", type=click.Choice(["门牌", "告示栏", "证书", "其他"]), default="门牌",
              show_default=True, help=say("用在哪里", "What it is for."))
@click.option("--hangs", metavar="TEXT", help=say("张贴处", "Where it hangs."))
@click.option("--another", is_flag=True, help=say("已有短码也另发一个", "Issue one even where there is one."))
@options
def code_command(targets: tuple[str, ...], purpose: str, hangs: str | None, another: bool, config: Path,
                 as_of: date | None, workers: int) -> None:
    """发短码：印在门牌、告示上，永不失效 / Issue short codes: gongshi code area/b3 area/b4."""
    with reported():
        site = site_at(config)
        with progress() as report:
            written = issue(site, targets, purpose, hangs, another, today(site, as_of), workers, report)
        for path in written:
            click.echo(say("已写出：", "Written: ") + str(path))
        click.echo(say("请把这些文件一起提交。", "Commit these files together."), err=True)


@main.command("notice")
@click.argument("areas", nargs=-1, required=True, metavar="AREA…")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="notices", show_default=True,
              metavar="DIR", help=say("写到哪个文件夹", "Where the files go."))
@click.option("--pdf", is_flag=True, help=say("做成 PDF（要 WeasyPrint）", "Make PDF (needs WeasyPrint)."))
@click.option("--plates", is_flag=True, help=say("做二维码牌，不做告示", "Make QR plates instead of boards."))
@click.option("--address", metavar="URL", help=say(
    "二维码用的网址，不写就用设置里的", "What the QR codes begin with, else the configured address."))
@options
def notice_command(areas: tuple[str, ...], out: Path, pdf: bool, plates: bool, address: str | None, config: Path,
                   as_of: date | None, workers: int) -> None:
    """做告示：每栋楼、每个网格一张 A4 / Make notice boards: gongshi notice AREA… [--pdf] [--plates]."""
    with reported():
        site = site_at(config)
        with progress() as report:
            written = post(site, areas, out, today(site, as_of), workers, report, plates=plates, pdf=pdf,
                           address=address)
        for path in written:
            click.echo(say("已写出：", "Written: ") + str(path))


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
