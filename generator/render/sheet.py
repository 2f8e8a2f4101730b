"""The worksheet of a star scheme: its rule and every subject's points as JSON inside the page, for a small script."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.records.scheme import Scheme
from generator.results import Standing, exact

MOST = 500
"""More subjects than this would make the page too heavy; each has its own points on its own page."""


class Sheet(NamedTuple):
    """A worksheet's data, and the same as JSON that can stand inside a script element."""

    data: dict[str, Any]
    json: Markup


def make_sheet(id: str, scheme: Scheme, rated: Iterable[tuple[str, Standing]]) -> Sheet:
    """Return criteria, bands and rated subjects.

    rated: (title, standing) of the subjects; those without a star, and those rated under another version, are left out.
    """
    subjects = [
        {"key": s.subject, "title": title, "value": exact(s.value), "stars": s.stars, "word": s.word,
         "expires": str(s.assessed.record.last_day() or ""),
         "points": {score.criterion: score.points for score in s.assessed.record.scores}}
        for title, s in rated if s.value is not None and s.assessed and s.assessed.record.scheme == id]
    data = {"criteria": [{"id": c.id, "label": c.label, "max": c.max} for c in scheme.criteria],
            "bands": [{"floor": b.floor, "stars": b.stars, "word": b.word} for b in scheme.bands],
            "subjects": subjects[:MOST]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Sheet(data, Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")))
