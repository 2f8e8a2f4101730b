"""`gongshi code`: new short codes as records and lines of the ledger, ready to commit."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator import build, gate, issued, load, render, validate
from generator.config import Site
from generator.data import Raw, Register, Row, Target
from generator.execute import Report
from generator.problem import ContentError, DeskError
from generator.records import kinds
from generator.records.code import Code, new_code
from generator.render.place import cell
from generator.saving import save
from generator.wording import nearest


def issue(site: Site, targets: Sequence[str], purpose: str, hangs: str | None, another: bool, as_of: date,
          workers: int, report: Report) -> list[Path]:
    """Write a code for every target and return the files written: a record each, and the ledger.

    targets: `kind/id` of records, or addresses of pages. The same site and targets give the same codes.
    Raises: ContentError; DeskError for an unknown target, or one that has a code unless `another` is asked for.
    """
    content = build.check(site, as_of, workers, report)
    register, pages = content.register, _pages(site, content, as_of)
    taken = {line.code for line in issued.read_ledger(site.content)[0]}
    found = []
    for target in dict.fromkeys(targets):
        illustrative = _look_up(target, register, pages)
        if not another and (there := _codes_for(target, register)):
            raise DeskError("has-code", name=target, codes="、".join(there))
        code = new_code(target, taken)
        taken.add(code)
        found.append((code, target, _values(code, target, purpose, hangs, as_of, illustrative)))
    texts = {site.content / Code.folder / f"{code}.yml": _text(code, values) for code, _, values in found}
    ledger, lines = issued.with_lines(
        site.content, [issued.Issue(code, as_of.isoformat(), target) for code, target, _ in found])
    texts[ledger] = lines
    save({path: text.encode() for path, text in texts.items()})
    return [*texts]


def _pages(site: Site, content: build.Content, as_of: date) -> set[str]:
    """Return the address of every page that the site will have."""
    views = render.Views(content.register, content.results, content.schemes, as_of)
    prose = {path.removesuffix(".md") + ".html" for path in content.prose if path.endswith(".md")}
    return {*prose, *(row.url for row in content.register.rows.values()),
            *(page.path for page in render.all_pages(site, views))}


def _look_up(target: str, register: Register, pages: Set[str]) -> bool:
    """Return whether a target is illustrative. Raises: DeskError where there is no such record or page."""
    row = register.rows.get(target)
    if (row is None or row.kind == "code") and target not in pages:
        known = pages if target.endswith(".html") else [key for key in register.rows if not key.startswith("code/")]
        raise DeskError("no-target", name=target, near=nearest(target, sorted(known), 0.6))
    return row.illustrative if row else False


def _codes_for(target: str, register: Register) -> list[str]:
    """Return the codes in use that lead to a target today."""
    return [row.id for row in register.of_kind("code") if not cell(row, "ended") and target == _leads_to(row, register)]


def _leads_to(row: Row, register: Register) -> str:
    to = cell(row, "to")
    return register.today(to.key) if isinstance(to, Target) else str(cell(row, "page"))


def _values(code: str, target: str, purpose: str, hangs: str | None, as_of: date, illustrative: bool) -> dict[str, Any]:
    return {"title": f"短码 {code}", "source": {"text": "本站短码登记"},
            "page" if target.endswith(".html") else "to": target, "purpose": purpose, "issued": as_of.isoformat(),
            **({"hangs": hangs} if hangs else {}), **({"illustrative": True} if illustrative else {})}


def _text(code: str, values: dict[str, Any]) -> str:
    """Return the text of a code's record. Raises: ContentError where the values given make no valid one."""
    path = f"{Code.folder}/{code}.yml"
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120)
    found = validate.validate(Raw("code", code, path, load.parse(text)), kinds())
    problems = found if isinstance(found, list) else gate.judge(text, path).problems
    if problems:
        raise ContentError(problems)
    return text
