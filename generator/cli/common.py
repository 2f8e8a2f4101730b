"""Level 4. What all commands share: the language of messages, the site that is meant, its day, how faults are told."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import click

from generator import __version__, findings, gate, load, validate
from generator.config import Settings, Site, out_of_step
from generator.execute import Report, Workers
from generator.findings import Finding
from generator.problem import ContentError, DeskError, GongshiError, Place, Problem
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
        text = load.text_of(name)
        values = load.parse(text)
        if other := out_of_step(values):  # before all else: another format has other keys
            raise validate.ProblemsFound([Problem(other[0], Place(name, keys=("schema_version",)), other[1])])
        settings = validate.check(Settings, values, name, "site")
        if personal := gate.judge(text, name, values).problems:
            raise validate.ProblemsFound(personal)
    except load.Refused as fault:
        raise ContentError([Problem(fault.code, Place(name, fault.line, fault.column), fault.values)]) from None
    except validate.ProblemsFound as found:
        raise ContentError(load.locate(Path(), found.problems)) from None
    site = Site(path.resolve().parent, settings)
    folders = {"content": settings.content, "theme": settings.theme}
    wrong = [Problem(code, Place(name, keys=(key,)), {"path": folder, "key": key})
             for key, folder in folders.items() if folder and (code := _misplaced(site.root, folder))]
    if wrong:
        raise ContentError(load.locate(Path(), wrong))
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


def _misplaced(root: Path, folder: str) -> str:
    """Return the code of what is wrong with a folder that a configuration names, empty for none."""
    if not (root / folder).is_dir():
        return "no-folder"
    return "" if (root / folder).resolve().is_relative_to(root) else "outside-folder"


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


class Telling(NamedTuple):
    """How findings are told: in which format, into which file besides, and where their paths begin."""

    format: str = "text"
    file: Path | None = None
    root: Path = Path()

    @property
    def by_program(self) -> bool:
        """Whether a program reads stdout, so that what is said to people goes to stderr."""
        return self.format != "text" and not self.file


TEXT = Telling()


@contextmanager
def reported(telling: Telling = TEXT) -> Iterator[list[Finding]]:
    """Tell the errors that we raise on purpose and exit with 1; let faults of the program through.

    Gives a list for what an editor should know besides; it is told with the rest.
    """
    found: list[Finding] = []
    try:
        yield found
        tell(found, telling)
    except ContentError as error:
        tell([*found, *map(Finding, error.problems)], telling)
        count = len(error.problems)
        click.echo(say(f"共 {count} 处问题。什么都没有发布。", f"{count} problem(s). Nothing was published."), err=True)
        sys.exit(1)
    except DeskError as error:
        click.echo(gate.legible_name(error.line(language())), err=True)
        sys.exit(1)
    except GongshiError as error:
        click.echo(gate.legible_name(str(error)), err=True)
        sys.exit(1)
    except BrokenPipeError:  # whoever reads has heard enough
        raise
    except OSError as error:  # a disk that is full or fails, too few file handles
        where = f"{error.filename}: " if error.filename else ""
        click.echo(gate.legible_name(f"{where}{error.strerror or error}"), err=True)
        sys.exit(1)


def tell(found: Sequence[Finding], telling: Telling) -> None:
    """Print findings in their format; with a file, that takes the format and the terminal gets the lines of always."""
    found = findings.sort(one._replace(problem=gate.discreet(one.problem)) for one in found)
    said = findings.FORMATS[telling.format](found, language())
    if telling.file:
        telling.file.parent.mkdir(parents=True, exist_ok=True)
        telling.file.write_text(said, encoding="utf-8")
    if telling.by_program:
        click.echo(said, nl=False)
    else:
        _print(found, telling.root)
    if telling.format == "github" and (target := os.environ.get("GITHUB_STEP_SUMMARY")):
        with open(target, "a", encoding="utf-8") as file:
            file.write(findings.summary(found, language()))


def _print(found: Sequence[Finding], root: Path) -> None:
    """Print Problems on stdout and notes on stderr, each with its line of the file where a terminal shows them."""
    for level in ("error", "note"):
        chosen = [one for one in found if one.level == level]
        stream = sys.stdout if level == "error" else sys.stderr
        text = findings.drawn(chosen, language(), _lines_of(root)) if stream.isatty() else findings.plain(
            chosen, language())
        click.echo(text, nl=False, err=level == "note")


def _lines_of(root: Path) -> findings.Lines:
    """Return what gives the lines of a file, none of one that can't be read."""
    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            return load.text_of(str(root / path)).split("\n")
        except (load.Refused, OSError):
            return ()

    return lines


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


config_option = click.option("--config", type=click.Path(path_type=Path), default="site_config.yml", show_default=True,
                             help=say("配置文件", "The configuration file."))


def options(command: Any) -> Any:
    """Add the options that check, build and serve share."""
    for option in (
        config_option,
        click.option("--as-of", type=Day(), metavar="YYYY-MM-DD",
                     help=say("以哪一天为准", "The day the site stands on.")),
        click.option("--workers", type=click.IntRange(1, 256), default=os.cpu_count() or 1, show_default=True,
                     help=say("进程数", "How many processes.")),
    ):
        command = option(command)
    return command


class Scheduler(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """The address of a scheduler."""

    name = "scheduler"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address, or refuse it as a wrong use."""
        if not re.fullmatch(r"dask://([\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}", value):
            self.fail(say(f"`{value}` 不是地址，写成 dask://10.0.0.5:8786", f"`{value}` is no address: dask://10.0.0.5:8786"),
                      param, ctx)
        return str(value)


executor_option = click.option("--executor", type=Scheduler(), metavar="dask://HOST:PORT", help=say(
    "在几台机器上做（Dask 集群），不用 --workers", "Work on several machines, a Dask cluster, instead of --workers."))


@contextmanager
def workers_at(executor: str | None, workers: int, site: Site, *folders: Path) -> Iterator[Workers]:
    """Give the workers that are meant. folders: what a cluster writes into, besides the site's cache."""
    if not executor:
        yield workers
        return
    if find_spec("distributed") is None:
        raise DeskError("cluster-missing")
    from generator.cluster import connected  # it takes a third of a second, and what it needs is an extra

    with connected(executor, [site.root / ".cache", *folders]) as cluster:
        yield cluster


def findings_options(command: Any) -> Any:
    """Add the options that say how findings are told; the command takes them as `form` and `report`."""
    formats = list(findings.FORMATS)
    for option in (
        click.option("--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=say(
            "--format 的结果写进文件，屏幕上仍是文字",
            "Write what --format gives here; the terminal keeps its text.")),
        click.option("--format", "form", type=click.Choice(formats), default="text", show_default=True, help=say(
            "问题怎么写出：文字、JSON、GitHub 注释加摘要、SARIF、GitLab 代码质量",
            "How findings are told: text, JSON, GitHub annotations and summary, SARIF, GitLab Code Quality.")),
    ):
        command = option(command)
    return command


ROOMS = {"hook": "committing", "close": "deciding", "correct": "deciding", "whatif": "deciding", "diff": "difference",
         "fmt": "formatting", "inspect": "inspecting", "code": "paper", "notice": "paper", "check": "publishing",
         "build": "publishing", "rollback": "publishing", "serve": "previewing", "export": "sheets", "import": "sheets",
         "init": "towns", "upgrade": "towns", "migrate": "towns", "new": "writing", "schema": "writing"}
"""The module in which each command stands."""


class Commands(click.Group):
    """Commands that are imported where they are asked for: all of them take 0.1 s."""

    def list_commands(self, ctx: click.Context | None) -> list[str]:
        """Return the names of all commands, in order."""
        return sorted(ROOMS)

    def get_command(self, ctx: click.Context | None, name: str) -> click.Command | None:
        """Return a command, None where there is none of this name."""
        if name in ROOMS:
            import_module(f"generator.cli.{ROOMS[name]}")
        return self.commands.get(name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gongshi")
def main() -> None:
    """公示：把 git 里的 YAML 记录变成可查的公示网站 / YAML records in git become a public site."""
