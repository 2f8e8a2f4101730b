"""The pages of outcomes: boards, stars, lists, every contribution on its own page, and their files of data."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.config import Site
from generator.records.scheme import Scheme
from generator.render.bins import bins
from generator.render.cells import TO_HOME, Link, number
from generator.render.lists import MARKS, leaf, numbered, pager, pages_of
from generator.render.outcomes import badge_url, board_url, is_shown, latest, whole_url
from generator.render.paint import File, Page
from generator.render.plots import Plot, safe
from generator.render.plots_results import slug_of
from generator.render.results import PER_WHOLE, WHY, figure, page_of
from generator.render.rule import noun
from generator.render.view import Views
from generator.results import REASONS, Outcome, Standing, rows_of

PER_BOARD = 100
PER_FILE = 10_000
"""So many contributions make a JSON file of about 1.5 MB; a board of more has several, each naming the next."""
FOLDERS = {"boards": "榜单", "stars": "星级评定"}
TERMS = {"measures", "criteria", "bands", "per", "full", "direction", "ties", "decimals", "minimum", "compares",
         "months"}
"""The fields of a rule that are needed to add an outcome up."""
COLUMNS = ("名次", "上期名次", "对象", "编号", "结果", "星", "分", "说明", "依据条数",
           "办法", "版本", "周期", "示例", "公开到")


def boards(site: Site, views: Views) -> Iterator[Page | File]:
    """Yield the outcomes of every scheme and period, the two pages that list them, and the data beside them."""
    for folder, heading in FOLDERS.items():
        mine = [o for o in views.outcomes if board_url(o).startswith(folder)]
        yield Page(f"{folder}/index.html", folder, heading, "各项榜单与星级评定的结果", "pages/boards.html",
                   partial(_index, views, heading, mine))
        for outcome in mine:
            yield from _list(views, outcome) if outcome.form == "list" else _board(views, outcome, mine)
            yield from _files(views, outcome)
            yield from _wholes(views, outcome)


def _index(views: Views, heading: str, mine: Sequence[Outcome]) -> dict[str, Any]:
    """Return one entry for each scheme, with its newest period first; real before illustrative."""
    groups: dict[tuple[bool, str], list[Outcome]] = {}
    for outcome in mine:
        groups.setdefault((outcome.examples, outcome.family), []).append(outcome)
    entries = [{"title": some[0].title, "rule": views.schemes[some[0].scheme].rule, "illustrative":
                some[0].illustrative, "count": len(some[0].standings) + len(some[0].entries),
                "noun": noun(views.schemes[some[0].scheme]), "running": some[0].running, "words": some[0].words,
                "form": some[0].form, "newest": _to(views, some[0]), "older": [_to(views, o) for o in some[1:5]]}
               for _, some in sorted(groups.items(), key=lambda item: item[0][0])]
    parts = [(mark, [e for e in entries if e["illustrative"] == mark]) for mark in (False, True)]
    return {"heading": heading, "crumbs": (TO_HOME,),
            "parts": [part for part in parts if part[1]]}


def _to(views: Views, outcome: Outcome) -> Link:
    return Link(views.when(outcome) or "看结果", leaf(board_url(outcome)))


def _shown(views: Views, outcome: Outcome) -> dict[str, Any]:
    """Return what every page of an outcome shows above its table."""
    scheme = views.schemes[outcome.scheme]
    folder = board_url(outcome).partition("/")[0]
    link = views.board_link(outcome)
    stem = leaf(board_url(outcome)).removesuffix(".html")
    frozen = outcome.frozen
    return {"heading": link.text, "scheme": scheme, "noun": noun(scheme), "anchor": stem,
            "place": views.find(outcome.scope).text if outcome.scope else "",
            "scheme_link": views.link(f"scheme/{outcome.scheme}"),
            "outcome": replace(outcome, standings=(), entries=()), "folder": folder,
            "crumbs": (TO_HOME, Link(FOLDERS[folder], "index.html")),
            "frozen": None if frozen is None else {
                "record": views.find(frozen.key), "day": frozen.closed, "touched": frozen.touched,
                "corrections": [views.find(key) for key in frozen.corrections],
                "differs": [(views.find(d.subject), d.frozen, d.now) for d in frozen.differs]}}


def _downloads(views: Views, outcome: Outcome) -> tuple[Link, ...]:
    """Return the links to an outcome's files, up to the day on which the first of what they tell ends.

    A file can't forget: pages stop leading to it then, until the site is made anew.
    """
    stem, parts = leaf(board_url(outcome)).removesuffix(".html"), len(parts_of(outcome.standings))
    days = [*(views.find(entry.key).expires for entry in outcome.entries),
            *(_told_until(views, standing) for standing in outcome.standings)]
    until = min((day for day in days if day), default="")
    many = f"，共 {parts} 份" if parts > 1 else ""
    return (Link("表格（CSV，Excel 可打开）", f"{stem}.csv", expires=until),
            Link(f"全部数据（JSON{many}）", f"{stem}.json", expires=until))


def _board(views: Views, outcome: Outcome, all_of_form: Sequence[Outcome]) -> Iterator[Page]:
    shown = _shown(views, outcome)
    scheme: Scheme = shown["scheme"]
    folder, base = shown["folder"], board_url(outcome).removesuffix(".html")
    slices = pages_of(outcome.standings, PER_BOARD)
    others = [o for o in all_of_form if o.family == outcome.family and o.examples == outcome.examples]
    periods = [o for o in others if o.scope == outcome.scope]
    here = periods.index(outcome)
    newer, older = periods[:here][-1:], periods[here + 1:][:1]
    reasons = {REASONS[s.reason]: WHY[s.reason] for s in outcome.standings if s.reason}
    shown |= {"downloads": _downloads(views, outcome), "reasons": list(reasons.items()),
              "banded": any(s.word for s in outcome.standings),
              "periods": [(o.words, leaf(board_url(o)), o is outcome) for o in periods],
              "newer": [Link(o.words, leaf(board_url(o))) for o in newer],
              "older": [Link(o.words, leaf(board_url(o))) for o in older],
              "scopes": [(views.find(o.scope).text, leaf(board_url(o)), o is outcome) for o in others
                         if o.scope and o.period == outcome.period]}
    for position, some in enumerate(slices, 1):
        yield Page(numbered(base, position), folder, shown["heading"] + _of(position), scheme.rule, "pages/board.html",
                   partial(_standings, views, outcome, some, position == 1,
                           {**shown, "pager": pager(base, position, len(slices))}))


def _of(number: int) -> str:
    return f"（第 {number} 页）" if number > 1 else ""


def _standings(views: Views, outcome: Outcome, standings: Sequence[Standing], first: bool, shown: dict[str, Any]
               ) -> dict[str, Any]:
    rows = [(views.find(s.subject), views.board_row(outcome, s)) for s in standings]
    return {**shown, "rows": rows, "distribution": distribution(outcome) if first else [],
            "plot": _plot(views, outcome) if first else None,
            "moves": any(v.moved for _, v in rows), "scored": any(v.value for _, v in rows)}


def _plot(views: Views, outcome: Outcome) -> Plot | None:
    """Return the course of ranks or stars up to now, for the newest outcome of a scheme."""
    newest = next(o for o in views.outcomes if o.key[::2] == outcome.key[::2] and o.examples == outcome.examples)
    sort = "stars" if outcome.form == "stars" else "ranks"
    some = views.plots[MARKS[outcome.illustrative]]
    return some.get(f"{sort}-{slug_of(outcome)}") if newest is outcome else None


def distribution(outcome: Outcome) -> list[tuple[str, int, int]]:
    """Return (word, count, share in per cent of the largest): of bands where there are any, else of the values."""
    reasons = Counter(REASONS[s.reason] for s in outcome.standings if s.reason)
    words = Counter(s.word for s in outcome.standings if s.word and not s.reason)
    values = [s.value for s in outcome.standings if s.value is not None]
    counts = list(words.items()) or [(_range(b.low, b.high), b.found) for b in bins(values)]
    counts += list(reasons.items())
    largest = max((n for _, n in counts), default=1)
    return [(word, n, 100 * n // largest) for word, n in counts] if sum(n for _, n in counts) > 2 else []


def _range(low: Fraction, high: Fraction) -> str:
    return f"{figure(low, 6)}～{figure(high, 6)} 分" if low < high else f"{figure(low, 6)} 分"


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────


def _list(views: Views, outcome: Outcome) -> Iterator[Page]:
    shown = {**_shown(views, outcome), "downloads": _downloads(views, outcome)}
    yield Page(board_url(outcome), "boards", shown["heading"], shown["scheme"].rule, "pages/listing.html",
               partial(_entries, views, outcome, shown))


def _entries(views: Views, outcome: Outcome, shown: dict[str, Any]) -> dict[str, Any]:
    entries = [views.entry(outcome, e) for e in outcome.entries]
    return {**shown, "red": [e for e in entries if e.record.colour == "红榜"],
            "black": [e for e in entries if e.record.colour == "黑榜"]}


# ── every contribution ───────────────────────────────────────────────────────────────────────────────────────


def _wholes(views: Views, outcome: Outcome) -> Iterator[Page]:
    """Yield a page with every contribution for each subject that has more than its own page lists."""
    for standing in outcome.standings:
        if (outcome.key, standing.subject) not in views.elsewhere:
            continue
        row = views.register.rows.get(standing.subject)
        heading = f"{row.title if row else standing.subject}：{views.board_link(outcome).text}的全部依据"
        base = whole_url(outcome, standing.subject).removesuffix(".html")
        pages = len(pages_of(range(standing.times), PER_WHOLE))
        for position in range(1, pages + 1):
            yield Page(numbered(base, position), base.partition("/")[0], heading + _of(position), "每一条计入的记录",
                       "pages/whole.html", partial(_whole, views, outcome, standing, heading, position,
                                                   pager(base, position, pages)))


def _whole(views: Views, outcome: Outcome, standing: Standing, heading: str, position: int,
           pages: dict[str, Any] | None) -> dict[str, Any]:
    """Return a page of every contribution; the first tells of every measure, the others of those that they continue."""
    shown = _shown(views, outcome)
    back = Link(shown["heading"], leaf(board_url(outcome)))
    s = views.standing(outcome, standing, page_of(standing, position))
    return {"heading": heading, "crumbs": (*shown["crumbs"], back), "illustrative": outcome.illustrative,
            "subject": views.find(standing.subject), "pager": pages,
            "s": s if position == 1 else replace(s, tallies=tuple(t for t in s.tallies if t.credits))}


# ── files of data ────────────────────────────────────────────────────────────────────────────────────────────


def _files(views: Views, outcome: Outcome) -> Iterator[File]:
    stem = board_url(outcome).removesuffix(".html")
    parts = parts_of(outcome.standings)
    for position, some in enumerate(parts, 1):
        further = {"part": position, "parts": len(parts)} | (
            {"next": leaf(_data_url(stem, position + 1))} if position < len(parts) else {})
        yield File(_data_url(stem, position), partial(_json, views, outcome, some, further if len(parts) > 1 else {}))
    yield File(f"{stem}.csv", partial(_csv, views, outcome))


def _data_url(stem: str, position: int) -> str:
    return f"{stem}.json" if position == 1 else f"{stem}.{position}.json"


def parts_of(standings: Sequence[Standing]) -> list[Sequence[Standing]]:
    """Return the standings in slices of at most PER_FILE contributions, a subject's own never parted; at least one.

    A board of 15,000 volunteers with twelve services each takes 23 MB, and ten times that while it is looked through.
    """
    starts, weight = [0], 0
    for at, standing in enumerate(standings):
        weight += 1 + standing.times
        if weight > PER_FILE and at > starts[-1]:
            starts.append(at)
            weight = 1 + standing.times
    return [standings[start:stop] for start, stop in zip(starts, [*starts[1:], len(standings)], strict=True)]


def _json(views: Views, outcome: Outcome, standings: Sequence[Standing], further: Mapping[str, Any]) -> bytes:
    """Return an outcome as data: the rule's version, and rows of rank, subject, value, outcome and contributions.

    further: which part this is, of how many, and the file of the next, where there are several.
    """
    scheme = views.schemes[outcome.scheme]
    outcome = replace(outcome, standings=tuple(standings))
    rows = [{"title": views.find(row["subject"]).text, **row,
             **({"expires": until} if (until := _told_until(views, s)) else {}),
             **({"scheme": s.assessed.record.scheme} if s.assessed else {})}
            for row, s in zip(rows_of(outcome), outcome.standings, strict=True)]
    entries = [{"listing": e.key, "subject": e.record.subject, "title": views.find(e.record.subject).text,
                "colour": e.record.colour, "entered": e.record.entered.day, "expires": str(e.record.last_day()),
                "basis": e.record.basis, "decided_by": e.record.decided_by} for e in outcome.entries]
    frozen = outcome.frozen
    data = {"title": outcome.title, "scheme": outcome.scheme, "version": scheme.version, "rule": scheme.rule,
            "terms": scheme.model_dump(mode="json", include=TERMS, exclude_defaults=True),
            "period": outcome.period or None, "scope": outcome.scope or None, "illustrative": outcome.illustrative,
            "frozen": None if frozen is None else {
                "outcome": frozen.key, "closed": frozen.closed, "corrections": list(frozen.corrections)},
            **further, "rows": rows, **({"entries": entries} if outcome.form == "list" else {})}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _told_until(views: Views, standing: Standing) -> str:
    """Return the last day on which a standing may be told, as ISO text; empty for never."""
    rating = latest(standing)
    return views.find(rating.key).expires if rating else ""


def _csv(views: Views, outcome: Outcome) -> bytes:
    """Return the table as CSV that a spreadsheet opens rightly: marked as UTF-8, no cell taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    same = (safe(outcome.title), safe(views.schemes[outcome.scheme].version or ""), outcome.period,
            "是" if outcome.illustrative else "否")
    for s in outcome.standings:
        writer.writerow([s.rank or "", s.before or "", safe(views.find(s.subject).text), s.subject, safe(s.outcome),
                         "" if s.stars is None else s.stars, "" if s.value is None else number(s.value),
                         safe(s.detail), s.times, *same, _told_until(views, s)])
    for e in outcome.entries:
        writer.writerow(["", "", safe(views.find(e.record.subject).text), e.record.subject, e.record.colour, "", "",
                         f"{e.record.entered.day} 至 {e.record.last_day()}", "", *same, e.record.last_day()])
    return text.getvalue().encode("utf-8-sig")


# ── badges ───────────────────────────────────────────────────────────────────────────────────────────────────


def badges(site: Site, views: Views) -> Iterator[Page | File]:
    """Yield the badge and the certificate of every subject that holds stars."""
    for outcome in views.outcomes:
        if outcome.form != "stars":
            continue
        for standing in outcome.standings:
            rating = standing.assessed
            if rating and is_shown(rating, views.schemes[rating.record.scheme]):
                yield from _badge(site, views, outcome, standing)


def _badge(site: Site, views: Views, outcome: Outcome, standing: Standing) -> Iterator[Page | File]:
    base = badge_url(outcome.family, standing.subject)
    name = views.find(standing.subject).text
    yield File(f"{base}.svg", partial(_svg, views, outcome, standing))
    yield Page(f"{base}.html", "badges", f"{name}：{standing.word}", outcome.title, "pages/certificate.html",
               partial(_certificate, site, views, outcome, standing))


def _svg(views: Views, outcome: Outcome, standing: Standing) -> bytes:
    from generator.render.badge import badge_svg

    assessed = views.assessed(outcome, standing)
    assert assessed is not None
    return badge_svg(outcome.title, standing.outcome, standing.stars, assessed.day, assessed.until,
                     outcome.illustrative)


def _certificate(site: Site, views: Views, outcome: Outcome, standing: Standing) -> dict[str, Any]:
    from generator.render.badge import qr_svg

    row, subject = views.board_row(outcome, standing), views.find(standing.subject)
    assessed, scheme = views.assessed(outcome, standing), views.version(outcome, standing)
    assert assessed is not None and standing.assessed is not None and scheme is not None
    root = (site.settings.address or "").rstrip("/")
    code = next((one.code for one in views.codes.get(standing.subject, ()) if one.purpose == "证书"), "")
    address = f"{root}/{f'q/{code}' if code else subject.href.removeprefix('../')}" if root else ""
    badge = Link("星级徽标", leaf(f"{badge_url(outcome.family, standing.subject)}.svg"))
    embed = Markup('<a href="{}"><img src="{}/badges/{}" alt="{} {}"></a>').format(
        address, root, badge.href, subject.text, row.word)
    points = {t.label: figure(t.points, 2) for t in standing.tallies}
    return {"crumbs": (TO_HOME, Link("星级评定", "../stars/index.html"), subject),
            "heading": "星级证书", "subject": subject, "scheme_title": scheme.title,
            "scheme_link": views.find(f"scheme/{standing.assessed.record.scheme}"), "stars": row.stars,
            "word": row.word, "value": row.value or "", "full": number(scheme.top() or 0),
            "criteria": [(c.label, points[c.label], c.max, c.standard) for c in scheme.criteria],
            "day": assessed.day, "assessor": assessed.assessor, "next_due": assessed.next_due,
            "valid_until": assessed.until, "issuer": scheme.issuer, "qr": qr_svg(address) if address else None,
            "address": address, "version": scheme.version, "illustrative": outcome.illustrative, "badge": badge,
            "embed": str(embed) if address else "", "until": _told_until(views, standing)}
