"""From values to records: every fault of a record at once, each said with what to type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import load, validate
from generator.data import Raw
from generator.problem import Problem
from generator.records import kinds
from tests.sites import places, problems

Make = Callable[..., Path]
CASE = "title: 漏水\nsource: press\ncategory: 漏水\n"


def found(text: str, kind: str = "case") -> list[Problem]:
    """Return the Problems of one record."""
    result = validate.validate(Raw(kind, "a", "cases/a.yml", load.parse(text)), kinds())
    return result if isinstance(result, list) else []


@pytest.mark.parametrize(("key", "near"), [
    ("reportd", "reported"), ("catgory", "category"), ("resolve", "resolved"), ("illustrativ", "illustrative")])
def test_unknown_key_names_the_nearest(key: str, near: str) -> None:
    """A misspelt key is refused, with the key that was probably meant and all that there are."""
    [problem] = found(f"{CASE}{key}: x\n")
    assert problem.code == "unknown-key"
    assert f"是不是 `{near}`？" in problem.message() and f"did you mean `{near}`?" in problem.message("en")
    assert "satisfaction" in problem.message()


def test_unknown_key_without_anything_near_lists_the_keys() -> None:
    """Where no key is near, none is guessed."""
    [problem] = found(f"{CASE}zzz: x\n")
    assert "是不是" not in problem.message() and "category" in problem.message()


def test_unknown_key_of_a_part_names_the_keys_of_the_part() -> None:
    """Inside a list the keys of its part are named, not those of the record."""
    [problem] = found(f"{CASE}steps:\n  - {{date: 2026-05-06, action: 看, acter: 王某}}\n")
    assert problem.place.keys == ("steps", 0, "acter")
    assert "`actor`" in problem.message() and "satisfaction" not in problem.message()


def test_all_faults_of_a_record_are_reported_at_once(make_site: Make) -> None:
    """Five faults in one file are five Problems, each on the line where it was written."""
    text = ("title: 漏水\nsource: press\ncatgory: 漏水\nreported: 2026-02-30\nsteps:\n  - date: 2026-5-6\n"
            "    action: 看\nsatisfaction: 6\n")
    assert places(problems(make_site({"cases/bad.yml": text}))) == [
        ("missing-key", "cases/bad.yml", 1, 1), ("unknown-key", "cases/bad.yml", 3, 1),
        ("no-such-day", "cases/bad.yml", 4, 1), ("bad-date", "cases/bad.yml", 6, 5),
        ("out-of-range", "cases/bad.yml", 8, 1)]


@pytest.mark.parametrize(("text", "place"), [
    ("confirmed: 2026-05-09\n", ("confirmed-before-resolved", 4, 1)),
    ("reported: 2026-05-06\nresolved: 2026-05-05\n", ("dates-reversed", 5, 1)),
    ("ladder:\n  - {level: 网格长联办, date: 2026-05-06}\n  - date: 2026-05-07\n    level: 社区自办\n",
     ("ladder-order", 7, 5)),
])
def test_fault_between_fields_stands_at_the_field(make_site: Make, text: str, place: tuple[str, int, int]) -> None:
    """What is wrong between two fields is placed at the one to change, not at the top of the file."""
    [(code, _, line, column)] = places(problems(make_site({"cases/bad.yml": CASE + text})))
    assert (code, line, column) == place


def test_missing_key_of_a_part_stands_at_the_part(make_site: Make) -> None:
    """A key missing in a list's item is placed at that item, with the label that readers know."""
    config = make_site({"cases/bad.yml": CASE + "steps:\n  - {date: 2026, action: 看}\n  - date: 2026\n"})
    [problem] = problems(config)
    assert (problem.code, problem.place.line) == ("missing-key", 6)
    assert "`action`（事项）" in problem.message()


@pytest.mark.parametrize(("line", "expects", "is_"), [
    ("evidence: 照片", "一个列表", "`照片`"), ("steps: {date: 2026}", "一个列表", "一组"),
    ("steps: [看了]", "一组", "`看了`"), ("category: [漏水]", "一行文字", "一个列表"),
    ("category: true", "一行文字", "true 或 false"), ("illustrative: yes", "true 或 false", "`yes`"),
    ("satisfaction: [5]", "一个整数", "一个列表"), ("reported: [2026]", "", ""), ("area: {a: b}", "一行文字", "一组")])
def test_wrong_type_says_what_belongs_there(line: str, expects: str, is_: str) -> None:
    """A value of the wrong type is refused with the type that belongs there and the one that was found."""
    text = CASE.replace("category: 漏水\n", "") if line.startswith("category") else CASE
    [problem] = found(text + line + "\n")
    assert problem.code == "wrong-type"
    said = problem.message()
    assert expects in said.split("，写成了")[0] and is_ in said.split("，写成了")[1]


@pytest.mark.parametrize("value", ["true", "false", "5.5", "5,0", "五", "1e1", "0x5", "٥", "9" * 5000, "--5", " "])
def test_numbers_are_plain_digits(value: str) -> None:
    """Only plain digits are numbers: no truth value, no other digits, no exponent, no 5,000 of them."""
    assert len(found(f'{CASE}satisfaction: {value if value.strip() else chr(34) + value + chr(34)}\n')) == 1


@pytest.mark.parametrize("text", ["source:\n", "source: ''\n", "source: {}\n", "source: [{place: 第1版}]\n"])
def test_source_must_say_something(text: str) -> None:
    """An empty source is no source."""
    assert [p.code for p in found(text + "title: 漏水\ncategory: 漏水\n")] == ["empty-value"]


def test_choice_names_the_nearest_and_all() -> None:
    """A word outside a list of choices is refused with the nearest and with all choices."""
    [problem] = found("title: 某处\nsource: press\nlevel: 居民小区\n", "area")
    assert "是不是 `小区`？" in problem.message() and "楼栋" in problem.message()


def test_id_may_be_repeated_but_not_differ(make_site: Make) -> None:
    """The file's name is the id; an `id` that says the same is fine, another one is not."""
    config = make_site({"cases/a.yml": CASE + "id: a\n", "cases/b.yml": CASE + "id: a\n"})
    assert places(problems(config)) == [("id-differs", "cases/b.yml", 4, 1)]


def test_text_is_composed_to_nfc() -> None:
    """Text is kept in Unicode's composed form, so that equal words are equal."""
    record = validate.validate(Raw("case", "a", "a", load.parse(CASE.replace("title: 漏水", "title: Cafe\u0301"))),
                               kinds())
    assert record.title == "Caf\u00e9"


def test_long_values_are_cut_in_messages() -> None:
    """A message stays one readable line, however long the value."""
    [problem] = found(f"{CASE}reported: {'x' * 5000}\n")
    assert len(problem.line()) < 300


def test_template_syntax_stays_text() -> None:
    """Braces of a template language in a value are text like any other."""
    assert found(CASE + 'note: "{{ 7*7 }} {% include x %}"\n') == []
