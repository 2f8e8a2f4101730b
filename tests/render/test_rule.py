"""Rules in sentences: they say what scoring does."""

from __future__ import annotations

from generator.records.scheme import Scheme
from generator.render.cells import Link
from generator.render.rule import terms
from tests.sites import ROOT, record


def test_rule_about_illustrative_records_says_so() -> None:
    """The shipped board of illustrative projects says that it ranks illustrations, not real records."""
    scheme = record("scheme", (ROOT / "content/schemes/demo/project-board.yml").read_text(encoding="utf-8"))
    assert isinstance(scheme, Scheme)
    told = terms(scheme, lambda key: Link(key, ""))
    assert told[0] == "排的是项目（只限示例），从头累计。"
    assert "真实" not in "".join(told)
