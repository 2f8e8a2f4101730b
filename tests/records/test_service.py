"""Services and resources: what can be had today, and what it costs."""

from __future__ import annotations

import pytest

from generator.records.resource import Resource
from generator.records.service import Service
from tests.sites import AS_OF, faults, record


@pytest.mark.parametrize(("text", "state"), [
    ("", None), ("since: 2026-06-01\n", "在办"), ("since: 2026-07-01\n", "还没有开办"),
    ("since: {words: 近日}\n", "在办"),
    ("since: 2026-01-01\nended: 2026-06-30\n", "已停办"), ("since: 2026-01-01\nended: 2026-07-01\n", "在办")])
def test_service_says_whether_it_is_offered(text: str, state: str | None) -> None:
    """Old and ended services say so; where the source gives no day, nothing is claimed."""
    one = record("service", "title: 理发\nsource: press\n" + text)
    assert isinstance(one, Service) and one.state(AS_OF) == state


@pytest.mark.parametrize(("text", "state"), [
    ("", None), ("offered: 2026-06-01\n", "可用"), ("until: 2026-06-30\n", "可用"), ("until: 2026-06-29\n", "已到期")])
def test_resource_says_whether_it_can_be_asked_for(text: str, state: str | None) -> None:
    """A resource can be used up to and on its last day."""
    one = record("resource", "title: 轮椅\nsource: press\n" + text)
    assert isinstance(one, Resource) and one.state(AS_OF) == state


def test_what_is_free_has_no_price() -> None:
    """A free service with a price contradicts itself; a price of nothing, or in words, does not."""
    free = "title: 理发\nsource: press\ncharge: 免费\nprices: [{{item: 理发, {}}}]\n"
    assert faults("service", free.format('amount: "5.00"')) == ["free-with-price"]
    assert faults("service", free.format('amount: "0.00"') ) == faults("service", free.format("words: 不收钱")) == []
