"""`gongshi notice`: notice boards and QR plates as files of their own, HTML or PDF, ready for the printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator import build, render
from generator.config import Site, SiteAddress
from generator.data import Row
from generator.desk.pdf import pdf_of
from generator.execute import Report
from generator.problem import DeskError, PublishError
from generator.wording import nearest


def post(site: Site, areas: Sequence[str], out: Path, as_of: date, workers: int, report: Report, *,
         plates: bool = False, pdf: bool = False, address: str | None = None) -> list[Path]:
    """Write the notice board of every building and grid that the areas are or contain, and return the files.

    plates: one file of QR plates instead. address: what the QR codes begin with, where the site has no address yet.
    Raises: ContentError; DeskError for an unknown area, or where PDF can't be made; PublishError
    where files can't be written.
    """
    site = _at(site, address) if address else site
    content = build.check(site, as_of, workers, report)
    views = render.Views(content.register, content.results, content.schemes, as_of)
    if plates:
        documents = {"plates": _sheets(site, views, areas)}
    else:
        rows = {row.id: row for id in areas for row in _boards(views, id)}
        documents = {id: _document(site, f"{row.title}：告示", boards=[render.board(site, views, row)])
                     for id, row in rows.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [_write(out / name, html, pdf) for name, html in documents.items()]
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror or error}") from error


def _at(site: Site, address: str) -> Site:
    """Return the site as if it had this address."""
    try:
        checked = TypeAdapter(SiteAddress).validate_python(address)
    except ValidationError:
        raise DeskError("bad-address", name=address[:80]) from None
    return replace(site, settings=site.settings.model_copy(update={"address": checked}))


def _boards(views: render.Views, id: str) -> list[Row]:
    known = [row.id for row in views.register.of_kind("area")]
    id = id.removeprefix("area/")
    rows = render.boards_below(views.register, id)
    if not rows:
        raise DeskError("no-board", name=id, near="" if id in known else nearest(id, known))
    return rows


def _sheets(site: Site, views: render.Views, areas: Sequence[str]) -> str:
    ids = [id.removeprefix("area/") for id in areas]
    rows = [row for row in views.register.of_kind("area")
            if any(id in (row.id, *views.register.above[row.id]) for id in ids)]
    plates = render.sheets(site, views, rows)
    if not plates["sheets"]:
        raise DeskError("no-plates", name="、".join(ids))
    return _document(site, "二维码牌", plates=plates)


def _document(site: Site, title: str, boards: Sequence[Mapping[str, Any]] = (), plates: Mapping[str, Any] | None = None
              ) -> str:
    """Return paper as one document that needs no other file."""
    return render.environment(site.themes).get_template("pages/paper.html").render(
        title=title, style=render.assets(site.themes)["notice.css"].decode(), boards=boards, plates=plates)


def _write(stem: Path, html: str, pdf: bool) -> Path:
    path = stem.with_name(f"{stem.name}.{'pdf' if pdf else 'html'}")
    path.write_bytes(pdf_of(html) if pdf else html.encode())
    return path
