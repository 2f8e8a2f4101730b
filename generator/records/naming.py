"""Level 1. On which ground somebody is named in a record of their own: an office, a press report, or consent that ends.

No kind of its own: people, volunteers and residents' words have it.
"""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import ClassVar, Literal, NamedTuple

from pydantic import model_validator

from generator.records.forms import Ending, Line, Planned, When, add_months, check_order, fault, field
from generator.records.masks import bare, masked

MONTHS, LONGEST = 12, 36
"""How long a consent holds where no end is written, and at the longest: PIPL 19 wants the shortest term that serves."""


class Consent(Ending):
    """That somebody agreed to be named, or quoted: since when, until when, and how it can be shown.

    It ends on its last day, one year after it was given where none is written, and whenever it is taken back.
    Source: 个人信息保护法 13, 15, 19, 31.
    """

    label: ClassVar[str] = "本人的同意"

    given: When = field("同意日期", ...)
    until: Planned | None = field("同意到")
    by: Literal["本人", "监护人"] = field("谁同意的", "本人")
    proof: Line | None = field("凭据")
    withdrawn: When | None = field("收回同意")

    @model_validator(mode="after")
    def _ends(self) -> Consent:
        given = self.given.exact
        if given is None:
            raise fault("day-needed", ("given",), key="given")
        if self.until and self.until.exact is None:
            raise fault("day-needed", ("until",), key="until")
        for name in ("until", "withdrawn"):
            check_order(("given", self.given), (name, getattr(self, name)))
        longest = add_months(given, LONGEST)
        if self.until and self.until.exact and self.until.exact > longest:
            raise fault("out-of-range", ("until",), value=self.until.day, bound=f"≤ {longest}")
        return self

    def last_day(self) -> Date:
        """Return the last day on which it holds; the day on which it was taken back is none any more."""
        given = self.given.exact
        assert given is not None
        end = self.until.exact if self.until and self.until.exact else add_months(given, MONTHS)
        back = self.withdrawn.first if self.withdrawn else None
        return min(end, back - timedelta(days=1)) if back else end

    def holds(self, as_of: Date) -> bool:
        """Whether it was given by `as_of` and has not ended."""
        return self.given.exact is not None and self.given.exact <= as_of <= self.last_day()


class Consented(NamedTuple):
    """A whole name that stands by consent: what to show instead, the last day as ISO text, and whether it holds."""

    name: str
    masked: str
    until: str
    holds: bool


def consented(title: str, ground: str | None, consent: Consent | None, as_of: Date) -> Consented | None:
    """Return what a consent makes of the name in a title, None where it needs none."""
    if ground != "consent" or consent is None or masked(title) == title:
        return None
    return Consented(title, masked(title), consent.last_day().isoformat(), consent.holds(as_of))


def check_ground(title: str, ground: str | None, consent: Consent | None, is_minor: bool, minor: str) -> None:
    """Refuse a whole name without a ground, by consent without the consent, and of a minor whatever the ground.

    minor: the word by which the record says that it is about one, empty for none.
    """
    shown = bare(title)
    if consent is not None and ground != "consent":
        raise fault("consent-without-ground", ("consent",))
    if consent is None and ground == "consent" and masked(title) != title:
        raise fault("consent-missing", ("ground",))
    if masked(title) == title:
        return
    if is_minor:
        raise fault("minor-named", ("title",), value=masked(shown))
    if minor and ground != "office":
        raise fault("minor-perhaps", ("title",), value=masked(shown), word=minor)


def check_guardian(is_minor: bool, consent: Consent | None) -> None:
    """Refuse a minor's own consent: whoever cares for them gives it. Source: 个人信息保护法 31."""
    if is_minor and consent is not None and consent.by != "监护人":
        raise fault("guardian-needed", ("consent", "by"))
