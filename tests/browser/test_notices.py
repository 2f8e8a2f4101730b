"""The countdown of a public notice, by the reader's own calendar, in a page opened from disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.records.forms import When
from generator.render.paint import environment
from generator.workdays import Calendar, term
from tests.browser.test_worksheet import THEME, page, written

__all__ = ["page"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("today", "told"), [
    ("2026-09-28", "还有 5 个工作日"), ("2026-09-30", "还有 4 个工作日"), ("2026-10-05", "还有 3 个工作日"),
    ("2026-10-10", "还有 1 个工作日"), ("2026-10-11", "公示期已满"), ("2027-01-01", "公示期已满")])
def test_days_left_follow_the_reader(page: Page, tmp_path: Path, today: str, told: str) -> None:
    """On whatever day a page built on 28 September is read, it counts that day's working days, Saturday worked too."""
    found = term(When(value="2026-09-28"), 5, None, date(2026, 9, 28), Calendar())
    page.clock.set_fixed_time(f"{today}T08:00:00+08:00")
    page.goto(written(tmp_path, environment((THEME,)).get_template("partials/term.html").render(term=found)))
    expect(page.locator(".gs-notice-term b")).to_have_text(told)
