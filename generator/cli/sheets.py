"""Level 4. Commands for those who live in Excel and WPS: export, import."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import gate
from generator.cli.common import language, main, options, progress, reported, say, site_at, today
from generator.records import kinds

if TYPE_CHECKING:
    from generator.desk.planning import Change, Plan


SHOWN = 20
"""How many new records, and files, are named one by one; what changes in old ones is always told whole."""


class Kind(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A kind of record that editors write, by its name or its Chinese label."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the kind, or refuse it as a wrong use."""
        known = {kind: model.label for kind, model in kinds().items() if model.by_hand}
        found = next((kind for kind, label in known.items() if value in (kind, label)), None)
        if found is None:
            names = "、".join(f"{kind}（{label}）" for kind, label in known.items())
            self.fail(say(f"没有 `{value}` 这一类；可用：{names}", f"there is no kind `{value}`; there are: {names}"),
                      param, ctx)
        return found


@main.command("export")
@click.argument("kind", type=Kind())
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=say("写到哪个文件，.xlsx 或 .csv；不写就是“办件.xlsx”这样的名字", "The file, .xlsx or .csv."))
@click.option("--template", is_flag=True, help=say("只要空表", "The empty template."))
@click.option("--area", metavar="ID", help=say("只要这个地方和它里面的", "Only what lies in this area."))
@click.option("--year", type=click.IntRange(1900, 2100), help=say("只要这一年的", "Only records of this year."))
@click.option("--config", type=click.Path(path_type=Path), default="site_config.yml", show_default=True,
              help=say("配置文件", "The configuration file."))
def export_command(kind: str, output: Path | None, template: bool, area: str | None, year: int | None, config: Path
                   ) -> None:
    """导出表格：一类记录写成 Excel、WPS 能改的表 / Write a kind's records as a sheet: gongshi export case.

    种类写英文名或中文名，如 case 或 办件。改好以后用 gongshi import 导入；空着编号的行是新记录。
    已有的文件不会被盖掉。

    The sheet comes back with gongshi import. A file that exists is never overwritten.
    """
    from generator.desk.exporting import export

    with reported():
        path = output or Path(f"{kinds()[kind].label}{'模板' if template else ''}.xlsx")
        count = export(site_at(config), kind, path, template, area or "", str(year or ""))
        click.echo(say(f"已写出：{path}（{count} 条）", f"Written: {path} ({count} records)"))
        if not template and not count:
            click.echo(say("没有符合的记录，这是一张空表。", "No record fits: the sheet is empty."), err=True)


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--write", is_flag=True, help=say("真的写入；不加只预演", "Write the records; without it, only try."))
@click.option("--kind", type=Kind(),
              help=say("表格是哪一类；导出的表自己会说", "The kind, where the sheet does not say."))
@click.option("--json", "as_json", is_flag=True, help=say("给机器读的结果", "The result for machines."))
@options
def import_command(files: tuple[Path, ...], write: bool, kind: str | None, as_json: bool, config: Path,
                   as_of: date | None, workers: int) -> None:
    """导入表格：先预演，加 --write 才写入 / Take in sheets (.xlsx, .csv); a dry run without --write.

    预演说出会新增、修改哪些记录，每一项从什么改成什么，哪一格有错；有错时旁边多一份标好错处的表，什么都不写入。
    空着编号的行是新记录，写入时得到编号；同一张表再导入一次，不会重复。表里没有的记录不会被删；
    清空一格就是删去那一项，没有那一列就不动。

    Says what would be added and changed, field by field, and which cell is wrong; a marked copy of a sheet with
    faults is written beside it, and nothing else. Rows without an id become new records, once. Nothing is deleted.
    """
    from generator.desk.importing import carry_out, mark, propose

    with reported():
        site = site_at(config)
        with progress() as report:
            plans = propose(site, files, kind, today(site, as_of), workers, report)
        sound = all(plan.is_sound for plan in plans)
        written = carry_out(site, plans) if write and sound else []
        if as_json:
            click.echo(json.dumps([_values(plan) for plan in plans], ensure_ascii=False, indent=2))
        else:
            _tell(plans)
        for path in mark(plans):
            click.echo(say(f"标好错处的表：{path}", f"Marked copy: {path}"), err=True)
        _tell_what_next(plans, sound, [str(path.relative_to(site.root)) for path in written], write)
        sys.exit(0 if sound else 1)


def _tell(plans: Sequence[Plan]) -> None:
    for plan in plans:
        click.echo(_summary(plan))
        changed, new = ([one for one in plan.sound if one.is_new == is_new] for is_new in (False, True))
        for change in (*changed, *new[:SHOWN]):
            click.echo(f"  {_headline(change)}")
            for edit in change.edits:
                nothing = say("（空）", "(nothing)")
                click.echo(f"      {edit.label}：{edit.before or nothing} → {edit.after or nothing}")
        if len(new) > SHOWN:
            click.echo(say(f"  ……另新增 {len(new) - SHOWN} 条", f"  … and {len(new) - SHOWN} more new ones"))
        if plan.faults:
            click.echo(say("  错误：", "  Faults:"))
        for fault in plan.faults:
            where = f"[{fault.cell.sheet}] " if fault.cell.sheet != plan.sheet else ""
            cell = fault.cell
            place = say(cell.name, f"row {cell.row}, column {cell.letter} ({cell.header})")
            told = gate.legible_name(fault.message(language()))
            click.echo(f"    {where}{place}{say('：', ': ')}{told} [{fault.code}]")
        if plan.others:
            click.echo(say("  这样改，别处会出错：", "  Elsewhere this would be wrong:"))
        for problem in plan.others:
            click.echo(f"    {gate.discreet(problem).line(language())}")


def _summary(plan: Plan) -> str:
    label, new = kinds()[plan.table.kind].label, sum(change.is_new for change in plan.sound)
    counts = (new, len(plan.sound) - new, plan.same, len(plan.faults))
    hidden = plan.table.hidden
    unseen = say(f"（有 {hidden} 行被隐藏或筛掉，照样读了）", f" ({hidden} hidden rows were read as well)")
    return f"{plan.file.name}：{label}，" + say(
        "新增 {}，修改 {}，不变 {}，错误 {}", "{} new, {} changed, {} unchanged, {} faults").format(*counts) + (
            unseen if hidden else "")


def _headline(change: Change) -> str:
    row = say(f"第 {change.read.row.row} 行", f"row {change.read.row.row}")
    verb = say("新增", "new") if change.is_new else say("修改", "changed")
    return f"{verb} {change.id}  {change.title}" + say(f"（{row}）", f" ({row})")


def _tell_what_next(plans: Sequence[Plan], sound: bool, written: Sequence[str], asked: bool) -> None:
    """Say on the error stream whether anything was written, and what to do next."""
    if not sound:
        said = say("什么都没有写入。改好错处，再导入一次。", "Nothing was written. Mend it and import again.")
    elif not any(plan.changes for plan in plans):
        said = say("没有要写入的。", "There is nothing to write.")
    elif not asked:
        said = say("这是预演，什么都没有写入；加 --write 写入。", "This was a dry run; add --write to write.")
    else:
        for path in written[:SHOWN]:
            click.echo(say("已写出：", "Written: ") + path, err=True)
        if len(written) > SHOWN:
            click.echo(say(f"……一共 {len(written)} 个文件", f"… {len(written)} files in all"), err=True)
        said = say("请提交这些文件（git add、git commit）。要接着改，请重新导出。",
                   "Commit these files. To go on editing, export anew.")
    click.echo(said, err=True)


def _values(plan: Plan) -> dict[str, Any]:
    return {"file": str(plan.file), "kind": plan.table.kind, "unchanged": plan.same,
            "changes": [{"id": one.id, "path": one.path, "title": one.title, "row": one.read.row.row, "new": one.is_new,
                         "edits": [edit._asdict() for edit in one.edits]} for one in plan.sound],
            "faults": list(_faults(plan)),
            "elsewhere": [{"place": str(one.place), "code": one.code, "message": one.message(language())}
                          for one in map(gate.discreet, plan.others)]}


def _faults(plan: Plan) -> Iterator[dict[str, Any]]:
    for one in plan.faults:
        yield {**one.cell._asdict(), "code": one.code, "message": gate.legible_name(one.message(language()))}
