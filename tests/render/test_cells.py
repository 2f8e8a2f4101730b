"""Values to HTML: each written form shows its own words, and what is not exact says so."""

from decimal import Decimal
from fractions import Fraction

import pytest
from markupsafe import Markup, escape

from generator.records.assessment import Score
from generator.records.case import Case
from generator.records.forms import Money, When
from generator.records.meeting import Item, Resolution
from generator.records.statements import Quantity
from generator.render.cells import Link, Own, Painter, escaped, number, percent, quantity, unbroken, when


@pytest.mark.parametrize(("written", "shown"), [
    ("2021-07", '<time datetime="2021-07">2021-07</time>'),
    ("2024-10-16 10:36", '<time datetime="2024-10-16T10:36">2024-10-16 10:36</time>'),
    ({"words": "5月25日"}, '5月25日 <span class="gs-aside">（年份未载）</span>'),
    ({"words": "前后花3个月"}, '日期未载 <span class="gs-aside">（原文：“前后花3个月”）</span>'),
    ({"value": "2024-07-25", "words": "7月25日", "inferred": "year", "ground": "报纸刊于2024年"},
     '<time datetime="2024-07-25">7月25日</time> <span class="gs-aside">（2024-07-25，年份为推断）</span>'),
])
def test_dates_show_the_words_of_the_source(written: object, shown: str) -> None:
    """The source's words come first; the date that we read out of them, and what was inferred, is said beside."""
    assert when(When.model_validate(written)) == shown


def test_quantity_says_its_bound_and_date() -> None:
    """An approximate number never looks exact."""
    html = quantity(Quantity.model_validate({"words": "450个", "bound": "more_than", "as_of": "2023-06"}))
    assert html == '<b>450个</b> <span class="gs-aside">（超过，截至 2023-06）</span>'


def test_bound_is_not_said_twice() -> None:
    """Words that are rough themselves, as 450余个 and 九成以上, need no bound beside them."""
    assert quantity(Quantity(words="450余个", bound="more_than")) == "<b>450余个</b>"
    assert quantity(Quantity(words="九成以上", bound="at_least")) == "<b>九成以上</b>"


def test_quantity_is_escaped() -> None:
    """Markup in a number's words is text."""
    assert "<i>" not in quantity(Quantity(words="<i>1</i>"))


@pytest.mark.parametrize(("share", "shown"), [
    (Fraction(0), 0), (Fraction(8, 9), 88), (Fraction(999, 1000), 99), (Fraction(1), 100)])
def test_percent_reads_100_only_when_whole(share: Fraction, shown: int) -> None:
    """Shares are rounded down: 99.9 % is not done."""
    assert percent(share) == shown


def test_numbers_lose_only_empty_decimals() -> None:
    """Whole numbers keep their zeros, decimals lose trailing ones."""
    assert [number(n) for n in (100, Decimal("2.50"), Decimal("49.0"))] == ["100", "2.5", "49"]


def test_money_is_shown_in_yuan() -> None:
    """Fen inside, yuan outside."""
    assert [str(Money(n)) for n in (24000, 123456789, -50)] == ["240.00 元", "1,234,567.89 元", "-0.50 元"]


def test_list_inside_a_part_is_told_in_one_line() -> None:
    """A cell can hold parts that hold lists themselves: each of their values is shown."""
    one = Resolution(id="a", text="添长凳", led_to=["case/leak", "case/lamp"])
    links = {"case/leak": Link("漏水", "a.html"), "case/lamp": Link("路灯", "b.html")}
    table = Painter(links, "../").table([Item(title="长凳", resolutions=[one])], Item)
    assert '<a href="a.html">漏水</a>、<a href="b.html">路灯</a>' in table


def test_zero_is_shown_and_absence_is_not() -> None:
    """Zero points are a fact and stand in their cell; a column that nothing fills is left out."""
    painter = Painter({}, "../")
    table = painter.table([Score(criterion="fire", points=0), Score(criterion="tidy", points=5)], Score)
    assert '<td data-label="得分">0</td>' in table
    assert "所见" not in table


def test_dates_in_a_text_stay_on_one_line() -> None:
    """A day and a month are kept together, anything else is text and escaped."""
    assert unbroken("验收（2026-09-30）<b>2栋") == (
        '验收（<span class="gs-nowrap">2026-09-30</span>）&lt;b&gt;2栋')
    assert unbroken("2026-09起，1234-5") == '<span class="gs-nowrap">2026-09</span>起，1234-5'


@pytest.mark.parametrize("value", ["<b>&'\"", Own("<b>"), Markup("<b>"), 5, None, Decimal("2.50"), Money(-50), ["<b>"]])
def test_escaped_as_markupsafe_escapes(value: object) -> None:
    """What templates put in is what `escape` gives, for every sort of value."""
    assert escaped(value) == str(escape(value))


def test_a_piece_is_painted_when_asked_for() -> None:
    """What a kind's template tells in another way costs nothing: a link that can't be followed fails only if shown."""
    case = Case.model_validate({"title": "漏水", "source": "press", "category": "漏水", "responsible": "nobody"})
    shown = {block.name: block for block in Painter({}, "../").blocks(case).facts}
    assert shown["category"].html == "漏水"
    with pytest.raises(KeyError):
        _ = shown["responsible"].html
