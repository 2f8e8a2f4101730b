"""`gongshi close` and `gongshi correct`: a closed period becomes a record, and a correction another one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator import build, closed, gate, load, score, validate
from generator.config import Site
from generator.data import Raw
from generator.desk.bulletins import close_bulletins, corrected_bulletin, to_freeze
from generator.digest import sha256
from generator.execute import Report
from generator.problem import ContentError, DeskError
from generator.records import kinds
from generator.records.bulletin import SERIES
from generator.records.correction import Correction
from generator.records.outcome import Outcome as OutcomeRecord
from generator.records.scheme import Scheme, root_of
from generator.results import Outcome
from generator.saving import save


def close(site: Site, scheme: str, period: str, as_of: date, workers: int, report: Report) -> list[Path]:
    """Freeze a scheme's outcomes of a period that is over, and return the records written.

    One record for each scope, real and illustrative subjects apart. The name of a series of bulletins freezes those.
    Raises: ContentError; DeskError where there is nothing to freeze, or it is frozen already.
    """
    if scheme in SERIES:
        return close_bulletins(site, scheme, period, as_of, workers, report)
    gathered = build.gather(site, as_of, workers, report)
    content = build.score_all(gathered, site, as_of)
    if scheme not in content.schemes:
        raise DeskError("no-scheme", name=scheme, known="、".join([*_boards(content.results.outcomes), *SERIES]))
    family = root_of(scheme, content.schemes)
    mine = [o for o in content.results.outcomes if o.family == family and o.period]
    fresh = to_freeze(mine, period, lambda outcome: outcome.frozen.key if outcome.frozen else "")
    return [_write_outcome(site, outcome, content.schemes[outcome.scheme], as_of)
            for outcome in fresh]


def correct(site: Site, outcome: str, reason: str, decided_by: str, as_of: date, workers: int, report: Report) -> Path:
    """Publish what the records now give for a frozen outcome, with the reason, before and after; return the record.

    outcome: the id of the frozen outcome's or bulletin's record. Raises: ContentError; DeskError where nothing differs.
    """
    gathered = build.gather(site, as_of, workers, report)
    if f"bulletin/{outcome}" in gathered.kept:
        values, text = corrected_bulletin(gathered, site, outcome, as_of)
        return _write(site, Correction, f"{outcome}-{values.pop('number')}", {
            **values, "reason": reason, "decided_by": decided_by}, text)
    frozen = next((c for c in gathered.closed if c.record == f"outcome/{outcome}"), None)
    if frozen is None:
        known = "、".join(key.partition("/")[2] for key in (*(c.record for c in gathered.closed), *gathered.kept))
        raise DeskError("no-outcome", name=outcome, known=known or "—")
    others = [c for c in gathered.closed if c is not frozen]
    computed = build.score_all(gathered, site, as_of, others).results.outcomes
    now = next((o for o in computed if o.key == frozen.key), None)
    differs = score.differences(frozen.standings, now.standings if now else ())
    if now is None or not differs:
        raise DeskError("nothing-differs", name=outcome)
    id = f"{outcome}-{len(frozen.corrections) + 1}"
    rows = score.rows_text(now)
    title = gathered.register.rows[frozen.record].title
    values = {
        "title": f"更正：{title[:190]}", "source": {"text": "按更正当日的记录算出"}, "outcome": outcome,
        "date": as_of.isoformat(), "reason": reason, "decided_by": decided_by,
        "changes": [{"subject": d.subject, "before": d.frozen, "after": d.now} for d in differs
                    if d.subject in gathered.register.rows],
        "inputs": score.inputs_digest(now.standings, gathered.read.schemes[now.scheme]), "rows": sha256(rows),
        "illustrative": now.illustrative}
    return _write(site, Correction, id, values, rows)


def _boards(outcomes: Sequence[Outcome]) -> list[str]:
    return list(dict.fromkeys(o.scheme for o in outcomes if o.period))


def _write_outcome(site: Site, outcome: Outcome, rule: Scheme, as_of: date) -> Path:
    scope = outcome.scope.partition("/")[2]
    marks = [outcome.family, outcome.period.lower(), *(["in", scope] if scope else []),
             *(["example"] if outcome.examples else [])]
    rows = score.rows_text(outcome)
    values = {
        "title": f"{outcome.title[:150]} {outcome.words} 定榜", "source": {"text": "按定榜当日的记录算出"},
        "scheme": outcome.scheme, "period": outcome.period, **({"scope": scope} if scope else {}),
        "examples": outcome.examples, "closed": as_of.isoformat(),
        "inputs": score.inputs_digest(outcome.standings, rule), "rows": sha256(rows),
        "illustrative": outcome.illustrative}
    return _write(site, OutcomeRecord, "-".join(marks), values, rows)


def _write(site: Site, model: type[OutcomeRecord | Correction], id: str, values: dict[str, Any], rows: bytes) -> Path:
    """Write a frozen record with its seal, and its rows beside it, rows first; return the record's path."""
    folder = site.content / model.folder
    path = folder / f"{id}.yml"
    if path.exists():
        raise DeskError("already-closed", name=f"{model.folder}/{id}")
    record = _record(model, id, {**values, "seal": "-"})
    if private := gate.judge(yaml.safe_dump(values, allow_unicode=True), str(path)).problems:
        raise ContentError(private)
    text = yaml.safe_dump({**values, "seal": closed.sealed(record, id)}, allow_unicode=True, sort_keys=False, width=120)
    save({path.with_suffix(".json"): rows, path: text.encode()})
    return path


def _record(model: type[OutcomeRecord | Correction], id: str, values: dict[str, Any]) -> OutcomeRecord | Correction:
    """Return the record as the loader will read it, so that the seal is that of what stands in the file.

    Raises: ContentError where what an editor gave (a reason, a decider) is no valid text.
    """
    data = load.parse(yaml.safe_dump(values, allow_unicode=True))
    found = validate.validate(Raw(model.kind, id, f"{model.folder}/{id}.yml", data), kinds())
    if isinstance(found, list):
        raise ContentError(found)
    assert isinstance(found, OutcomeRecord | Correction)
    return found
