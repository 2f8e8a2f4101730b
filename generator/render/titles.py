"""Titles and summaries of records' pages: in a chat the title is all that a shared link shows, and it stays there.

So the state comes first, what is made up says so, and what may not always be named is not named at all.
"""

from __future__ import annotations

from generator.data import Row
from generator.records import kinds
from generator.records.base import Record

ROOM = 30
"""So many characters of a title are seen on a card; the site's name is added where it still fits."""
EXAMPLE = "示例"


def title_of(row: Row, upshot: str) -> str:
    """Return a title that says it all: state, what it is about, and what came of it or else the kind.

    A long name is cut rather than what stands before and after it.
    """
    label, title = kinds()[row.kind].label, row.title
    if row.expires:
        return f"{label}（有期限）"
    before = f"{EXAMPLE}·" if row.illustrative and EXAMPLE not in title else ""
    before += f"{row.status}·" if row.status and row.status not in title else ""
    after = upshot or ("" if row.status else label)
    after = f"·{after}" if after and not row.withdrawn else ""
    return before + _cut(title, max(ROOM - len(before + after), ROOM // 2)) + after


def _cut(title: str, room: int) -> str:
    """Return a title that fits; the word that marks what is made up stays at its end."""
    if len(title) <= room:
        return title
    mark = f"（{EXAMPLE}）" if title.endswith(f"（{EXAMPLE}）") else ""
    return title[:room - len(mark) - 1] + "…" + mark


def with_site(title: str, site: str) -> str:
    """Return a title with the site's name behind it, where both are seen."""
    return f"{title} - {site}" if len(title) + len(site) + 3 <= ROOM else title


def summary_of(row: Row, record: Record) -> str:
    """Return a page's description for search engines and shared links; nothing of a record that may not be named."""
    label = kinds()[row.kind].label
    if row.expires or row.withdrawn:
        return f"{label}：{'只公布到期满那天。' if row.expires else row.title}"
    parts = ["示例，不是真实记录。" if row.illustrative else "", row.title]
    if record.description:
        parts.append("：" + " ".join(record.description.split())[:80])
    return "".join(parts)


def is_hidden(row: Row) -> bool:
    """Whether search engines are asked not to keep a page: made up, gone, or to be gone on its day."""
    return row.illustrative or row.withdrawn or bool(row.expires)
