"""Exceptions from the privacy gate: what of a record may be told all the same, why, who decided it, and until when.

No kind of its own: every kind has them.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import model_validator

from generator.records.forms import Ending, Line, Planned, add_months, check_order, fault, field

LONGEST_MONTHS = 12
"""No exception is longer; one that is still needed is decided again."""


class PrivacyException(Ending):
    """Leave to tell something personal in one field of one record, for a time; all of them are listed publicly.

    at: the field's keys, joined by dots, without the positions in lists, as `steps.note`. An identity card's, a bank
    card's and a passport's number have no place here: there is no leave for those.
    """

    label: ClassVar[str] = "公开例外"

    what: Literal["phone", "plate", "address", "email", "wechat", "qq", "gps"] = field("公开的是什么", ...)
    at: Line = field("写在哪一项", ...)
    reason: Line = field("公开理由", ...)
    ground: Line = field("公开依据", ...)
    decided_by: Line = field("决定单位", ...)
    since: Planned = field("公开开始", ...)
    until: Planned = field("公开截止", ...)

    @model_validator(mode="after")
    def _for_a_time(self) -> PrivacyException:
        for name in ("since", "until"):
            if getattr(self, name).exact is None:
                raise fault("day-needed", (name,), key=name)
        check_order(("since", self.since), ("until", self.until))
        latest = add_months(self.first_day(), LONGEST_MONTHS)
        if self.last_day() > latest:
            raise fault("out-of-range", ("until",), value=self.until.day, bound=f"≤ {latest}")
        return self

    def first_day(self) -> date:
        """Return the first day on which it holds."""
        assert self.since.exact
        return self.since.exact

    def last_day(self) -> date:
        """Return the last day on which it holds."""
        assert self.until.exact
        return self.until.exact

    def holds(self, as_of: date | None) -> bool:
        """Whether it holds on a day; on some day, where none is given."""
        return as_of is None or self.first_day() <= as_of <= self.last_day()

    def covers(self, keys: tuple[str | int, ...], code: str) -> bool:
        """Whether it is about what the gate calls `code`, standing under these keys of its record."""
        return code == f"personal-{self.what}" and ".".join(k for k in keys if isinstance(k, str)) == self.at
