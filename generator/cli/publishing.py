"""Level 4. Commands that read the whole content: check, build."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from pathlib import Path

import click

from generator import build, git, load, painting, publish, search
from generator.cli.common import (
    Telling,
    config_option,
    executor_option,
    findings_options,
    main,
    options,
    progress,
    reported,
    say,
    site_at,
    today,
    workers_at,
)
from generator.config import Site
from generator.data import Register, Row
from generator.execute import collect_rarely
from generator.findings import Finding
from generator.problem import ContentError, Place, Problem
from generator.render import NOTICE, Ending, ended, endings
from generator.render.term import provisional

NAMED = 20
"""So many endings are named one by one."""
SOON = 7
"""So many days before something ends, `check` mentions it."""


def build_at(config: Path, as_of: date | None, workers: int, out: Path | None, hasty: bool = False,
             executor: str | None = None,
             keep: Callable[[Site, painting.Painting], None] | None = None) -> publish.Published:
    """Build the site that `config` describes, publish it, and return what stands now. hasty: search stays.

    executor: the address of a cluster that does the work; keep: as for `build.build`.

    What has ended since the release before is named.
    """
    site = site_at(config)
    target = out_of(site, out)
    day, before = today(site, as_of), _day_of(target)

    def tell(content: build.Content) -> None:
        _tell_ended(ended(content.register, before, day) if before else [])

    try:
        with workers_at(executor, workers, site, target) as on, progress() as report:
            return build.build(site, target, day, on, report, git.head_of(site.root), hasty, tell, keep)
    except ContentError as error:
        raise ContentError(load.locate(site.root, error.problems)) from None


def out_of(site: Site, out: Path | None) -> Path:
    """Return the output folder that is meant."""
    return out or site.root / site.settings.publication.out


def _day_of(out: Path) -> str:
    """Return the day of the release that stands, as ISO text; empty where none does."""
    try:
        return str(json.loads((out / "current" / publish.MANIFEST).read_bytes())["as_of"])
    except (OSError, ValueError, KeyError):
        return ""


def _tell_ended(some: Sequence[Ending]) -> None:
    """Say what the release no longer tells that the one before it told."""
    for one in some[:NAMED]:
        what = one.what or say("整条", "whole record")
        click.echo(say(f"{one.day} 到期，已撤下或结束：{one.row.key}（{what}）",
                       f"Ended on {one.day}: {one.row.key} ({what})"), err=True)
    if len(some) > NAMED:
        click.echo(say(f"另有 {len(some) - NAMED} 项到期。", f"{len(some) - NAMED} more ended."), err=True)


def note_search() -> None:
    """Say so where sites are built without a search."""
    if not search.installed():
        click.echo(say("没有装站内搜索，搜索页只有目录。要装：pip install pagefind_bin==1.5.2",
                       "Without a site search, only lists: pip install pagefind_bin==1.5.2"), err=True)


def note_gone(names: list[str]) -> None:
    """Say which kept releases were deleted, since nobody can roll back to them any more."""
    if names:
        some = say("、", ", ").join(names)
        click.echo(say(f"删去了不能再退回的旧版（有已撤回、已到期的内容，或已损坏）：{some}",
                       f"Deleted releases that may not stand again (withdrawn, ended or damaged): {some}"), err=True)


out_option = click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help=say(
    "输出文件夹：DIR/releases/<版本>/ 与链接 DIR/current", "Where releases go: DIR/releases/<id>/ and DIR/current."))


@main.command()
@click.option("--staged", is_flag=True, help=say(
    "只看下一次提交会有的内容（git 暂存区），不看还没 git add 的；提交前用，或由 gongshi hook 自动用",
    "Check what the next commit would hold (git's index), not the working tree; gongshi hook does so by itself."))
@click.option("--history", is_flag=False, flag_value=git.EVERYTHING, metavar="[RANGE]", help=say(
    "在以往全部提交里找身份证号、手机号等，删掉的文件、文件名、提交说明也看；可写范围，如 main、v1..main",
    "Look for personal data in all past commits, deleted files, names and messages too; or in a range: v1..main."))
@options
@executor_option
@findings_options
def check(staged: bool, history: str | None, config: Path, as_of: date | None, workers: int, executor: str | None,
          form: str, report: Path | None) -> None:
    """检查全部内容 / Check all content.

    七天内到期的条目、公示、公开例外、同意，只提醒。/ What ends within a week is noted.
    退出码：0 没有问题，1 有问题，2 用法不对。/ Exits with 0 clean, 1 problems, 2 wrong use.
    """
    collect_rarely()
    telling = Telling(form, report, config.parent)
    if not staged and not history:
        return _check(config, as_of, workers, telling, lambda found: nullcontext(), executor)
    from generator.cli import committing  # with all that editors do at their desks, 40 ms

    if staged and history:
        raise click.UsageError(say("--staged 和 --history 只能用一个", "use either --staged or --history"))
    if executor and (staged or history):
        raise click.UsageError(say("--executor 不能和 --staged、--history 一起用",
                                   "--executor goes neither with --staged nor with --history"))
    if history:
        with reported(telling):
            return committing.tell_past(site_at(config), history, telling)
    with committing.staged(config) as copy:
        _check(copy, as_of, workers, telling._replace(root=copy.parent),
               lambda found: committing.with_loose(config, copy, found))
    return None


def _check(config: Path, as_of: date | None, workers: int, telling: Telling,
           around: Callable[[list[Finding]], AbstractContextManager[None]], executor: str | None = None) -> None:
    """Check a site and tell what was found. around: what goes around the check, given what is told besides."""
    with reported(telling) as found:
        with around(found):
            site = site_at(config)
            with workers_at(executor, workers, site) as on, progress() as watch:
                content = build.check(site, today(site, as_of), on, watch)
        found += (Finding(problem, "note") for problem in _notes(site, content.register, today(site, as_of)))
        found += (Finding(noted, "note") for noted in load.noted((n for b in content.batches for n in b.notes), site))
        count = len(content.register.rows)
        click.echo(say(f"{count} 条记录，没有问题。", f"{count} records, no problem."), err=telling.by_program)


def _notes(site: Site, register: Register, day: date) -> Iterator[Problem]:
    """Yield what an editor should know: ends that are provisional, that are near, or that left something in a file."""
    def place(row: Row) -> Place:
        return Place(f"{site.settings.content}/{row.path}", 1, 1)

    for row, end in provisional(register, day):
        yield Problem("provisional-end", place(row), {"end": end, "year": end.year})
    for one in endings(register, day):
        if day.isoformat() <= one.day <= (day + timedelta(days=SOON)).isoformat():
            yield Problem(_code(one), place(one.row), {"day": one.day, "what": one.what})
    for row in register.rows.values():
        for leave in row.excepted:
            if leave.last_day() < day:
                yield Problem("exception-ended", place(row), {"day": leave.until.day})


def _code(one: Ending) -> str:
    return {"": "record-ends", NOTICE: "notice-ends"}.get(one.what, "part-ends")


@main.command("build")
@options
@executor_option
@findings_options
@out_option
def build_command(config: Path, as_of: date | None, workers: int, executor: str | None, out: Path | None, form: str,
                  report: Path | None) -> None:
    """生成并发布到 OUT/current / Build and publish to OUT/current.

    到期的内容只有重新生成才撤下，所以每天都要生成一次；比上次少了什么，会逐条说出来。/
    What ends goes with the next build only, so build daily; what ended since the last one is named.
    """
    collect_rarely()
    telling = Telling(form, report, config.parent)
    with reported(telling):
        published = build_at(config, as_of, workers, out, executor=executor)
        click.echo(say("已发布：", "Published: ") + str(published.folder), err=telling.by_program)
        note_gone(published.gone)
        note_search()


@main.command("rollback")
@click.argument("release", default="")
@config_option
@out_option
@click.option("--list", "only_list", is_flag=True,
              help=say("只列出各版，* 为现行", "Only list the releases, * stands."))
def rollback_command(release: str, config: Path, out: Path | None, only_list: bool) -> None:
    """退回上一版，或退回 RELEASE 这一版 / Put the release before in place again, or RELEASE.

    先按清单核对每个文件，再一次换上。损坏的、有已撤回或已到期内容的不能退回。下次 build 又会发布最新的内容：
    同时要在 git 里撤回那次合并。/ Each file is checked first; the next build publishes the newest content again.
    """
    with reported():
        site = site_at(config)
        if only_list:
            for line in map(_line_of, publish.listed(out_of(site, out))):
                click.echo(line)
            return
        left, now = publish.rollback(out_of(site, out).absolute(), release, today(site, None))
        click.echo(say(f"已退回：{left} → {now}", f"Rolled back: {left} -> {now}"))
        click.echo(say("下次 build 会再发布最新的内容：请在 git 里撤回那次合并。",
                       "The next build publishes the newest content again: revert that merge in git."), err=True)


def _line_of(one: publish.Kept) -> str:
    """Return what is told of a release: whether it stands, its day, commit, pages and size."""
    mark = "* " if one.stands else "  "
    if not one.as_of:
        return mark + one.name + say("  已损坏", "  damaged")
    size = f"{one.size / 1_000_000:.1f} MB"
    return mark + "  ".join((one.name, one.as_of, one.commit[:8] or say("不在 git 里", "not in git"),
                             say(f"{one.pages} 页", f"{one.pages} pages"), size,
                             *([say("退掉的", "left")] if one.left else [])))
