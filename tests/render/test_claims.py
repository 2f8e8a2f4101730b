"""Differing statements and reported figures: side by side, with their sources, and never a sum."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.render.test_disclosure import words
from tests.sites import build_site

TEAM = """\
title: 清水志愿队
source: press
type: 志愿队伍
claims: [{words: 20家, number: 20, label: 合作机构}]
differing:
  - {statement: 全市首家, source: {document: press, words: 成立全市首家}}
  - {statement: 全区首个, source: {text: 宣传栏, place: 东门}}
"""
COUNTS = """\
title: 办结数
source: press
as_of: 2026-05
readings:
  - {name: 问题, actual: {words: 450余个, number: 450, bound: more_than}}
  - {name: 会议, actual: {words: 12次, number: 12}}
"""
SITE = {"organisations/team.yml": TEAM, "indicators/counts.yml": COUNTS,
        "indicators/made.yml": COUNTS.replace("办结数", "示例办结数") + "illustrative: true\n"}


def test_statements_and_figures_stand_with_their_sources(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Both statements, the claim and the approximate figure are there; an exact count of our own is no claim."""
    build_site(make_site(SITE), tmp_path / "out")
    text = words(tmp_path / "out/current/claims/index.html")
    for told in ("全市首家", "成立全市首家", "社区简报（样张）", "全区首个", "宣传栏，东门", "合作机构 20家",
                 "问题 450余个 （2026-05）"):
        assert told in text
    assert "12次" not in text and "示例办结数" not in text and "470" not in text


def test_made_up_figures_stand_apart(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Illustrative figures have a page of their own, that holds nothing real."""
    build_site(make_site(SITE), tmp_path / "out")
    text = words(tmp_path / "out/current/claims/index.example.html")
    assert "示例办结数" in text and "全市首家" not in text


def test_withdrawn_record_claims_nothing(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """What a withdrawn record reported is gone with it."""
    gone = TEAM + "withdrawn: {date: 2026-06-01, reason: 记错}\n"
    build_site(make_site({"organisations/team.yml": gone}), tmp_path / "out")
    assert "全市首家" not in words(tmp_path / "out/current/claims/index.html")
