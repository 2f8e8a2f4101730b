"""Outcomes on pages: what does not fit beside a subject has a page of its own, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator.render.badge import qr_svg
from generator.render.results import SHOWN
from generator.render.view import FEW, TOGETHER
from tests.sites import RATED, build_site

Make = Callable[..., Path]


def activity(day: str, who: str = "zhang") -> str:
    """Return an activity of one hour."""
    return f"title: 巡查 {day}\nsource: press\ndate: {day}\nattendance: [{{volunteer: {who}, hours: 1}}]\n"


def built(make_site: Make, tmp_path: Path, days: list[str]) -> Path:
    """Return the release of a site in which one volunteer served an hour on each of the days."""
    files = {f"activities/a{n}.yml": activity(day) for n, day in enumerate(days)}
    rated = {path: text for path, text in RATED.items() if path != "activities/clean.yml"}
    return build_site(make_site({**rated, **files}), tmp_path / "out")


def test_many_contributions_have_a_page_of_their_own(make_site: Make, tmp_path: Path) -> None:
    """With more contributions than fit, the subject's page has the newest few and leads to the page with all."""
    days = [f"2026-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(1, SHOWN // 3 + 2)]
    release = built(make_site, tmp_path, days)
    page = (release / "volunteers/zhang.html").read_text()
    whole = (release / "boards/points.2026.of-zhang.html").read_text()
    assert len(days) > SHOWN and "../boards/points.2026.of-zhang.html" in page
    assert sum(f"巡查 {day}" in whole for day in days) == len(days)
    assert f"{len(days)} 分" in whole
    result = page[page.index('id="result"'):page.index("gs-facts", page.index('id="result"'))]
    assert sum(f"巡查 {day}" in result for day in days) == FEW


def test_few_contributions_stay_beside_the_subject(make_site: Make, tmp_path: Path) -> None:
    """What fits is on the subject's page, and no further page is made."""
    release = built(make_site, tmp_path, [f"2026-01-{day:02d}" for day in range(1, 29)])
    assert not list((release / "boards").glob("*.of-*"))


def test_many_periods_do_not_weigh_a_page_down(make_site: Make, tmp_path: Path) -> None:
    """Periods of a few contributions each are shown until they are too many together; older ones have their pages."""
    days = [f"{year}-03-{day:02d}" for year in range(2018, 2027) for day in range(1, 32)]
    release = built(make_site, tmp_path, days)
    pages = sorted(p.name for p in (release / "boards").glob("*.of-*"))
    assert TOGETHER // 31 == 7
    assert pages == ["points.2018.of-zhang.html", "points.2019.of-zhang.html"]


def test_certificate_leads_back_to_the_page(make_site: Make, tmp_path: Path) -> None:
    """With an address the certificate's symbol holds that of the subject's page; the badge stands beside it."""
    config = make_site(RATED)
    config.write_text(config.read_text() + "address: https://town.example/gongshi/\n")
    release = build_site(config, tmp_path / "out")
    page = (release / "badges/stars.b3.html").read_text()
    badge = (release / "badges/stars.b3.svg").read_text()
    symbol = qr_svg("https://town.example/gongshi/areas/b3.html")
    assert str(symbol) in page and "https://town.example/gongshi/badges/stars.b3.svg" in page
    assert "三星" in page and "三星" in badge and "2026-04-01" in badge


def test_failing_and_lapsed_ratings_have_no_badge(make_site: Make, tmp_path: Path) -> None:
    """A badge is for stars that hold: once the rating has lapsed there is none."""
    config = make_site(RATED)
    assert (build_site(config, tmp_path / "a", date(2027, 4, 1)) / "badges/stars.b3.svg").exists()
    release = build_site(config, tmp_path / "b", date(2027, 4, 2))
    assert not (release / "badges").exists() or not list((release / "badges").glob("stars.*"))
    assert "badges/" not in (release / "areas/b3.html").read_text()
