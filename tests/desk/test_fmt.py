"""`gongshi fmt`: one form for the same values, comments kept, done once and for all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import ruamel.yaml
import yaml
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.desk.fmt import formatted, written
from generator.desk.pieces import read
from generator.desk.scalars import is_typed, scalar
from generator.letters import unfit
from generator.records import folders, kinds
from tests.sites import BASE, ROOT, tree

CASE = kinds()["case"]
LIT = "title: 灯\nsource: press\ncategory: 照明\n"
NASTY = ["no", "12:30", "010", "1e3", "true", "null", "~", "", " ", "2026-05-06", "0x1F", "0o17", ".5", "1_000", "Y",
         "- 一", "# 号", "a: b", "a #b", "@谁", "%5", "`x`", "!重要", "&锚", "*星", "> 折", "| 竖", "'单'", '"双"',
         "他说\"好\"", "it's \"x\"", "a\\b", "末尾: ", "尾:", "，全角：冒号", "[x]", "{y}", "a, b", "😀 灯", "一\n二",
         "一\n\n二\n", "\n头", " 头\n 二", "尾 \n空 ", "a\tb", "\t", "x\n\ty", "=", "<<", "---", "...",
         "? 问", "e\u0301", "一\r二", "\n", "一\n\n", "# 一\n二", "\ud7ff", "2026-1-2 3:04", "+1", "-", "--- x",
         "NaN", ".inf", "一\n   \n二"]
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(
    "\n\t :#-,[]{}'\"\\0123"), max_size=20).filter(lambda text: not unfit(text)))
values = st.recursive(st.none() | st.booleans() | texts, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
    texts, inside, max_size=3), max_leaves=12)


def remarks(text: str) -> list[str]:
    """Return the comments of a text without `#` elsewhere, sorted."""
    return sorted(re.findall(r"#.*", text))


@pytest.mark.parametrize("before, after", [
    ("category: 照明\nsource: press\ntitle: 灯\n", LIT),
    (LIT + "ladder:\n- date: 2026-05-06\n  level: 社区自办\n",
     LIT + "ladder:\n  - {level: 社区自办, date: 2026-05-06}\n"),
    (LIT.replace(" press", "\n- document:  'press'"), LIT.replace(" press", "\n  - {document: press}")),
    (LIT + "evidence:\n- 照片\n- '010'\n", LIT + "evidence: [照片, \"010\"]\n"),
    (LIT + 'note: "一句话"\nsatisfaction: "5"\ndue: \'2026-05-06\'\n',
     "title: 灯\nsource: press\nnote: 一句话\ncategory: 照明\ndue: 2026-05-06\nsatisfaction: 5\n"),
    (LIT + "description: >-\n  折行的\n\n  两段\n",
     "title: 灯\nsource: press\ndescription: |-\n  折行的\n  两段\ncategory: 照明\n"),
    ("# 头\n\n# 类\ncategory: 照明 # 旁\ntitle: 灯\n\nsource:   # 来\n  - press\n# 尾\n",
     "# 头\n\ntitle: 灯\n\nsource: [press]  # 来\n# 类\ncategory: 照明  # 旁\n# 尾\n"),
    (LIT + "steps: [{action: 修, # 修\n  date: 2026-05-06}]\n",
     LIT + "steps:\n  - date: 2026-05-06\n    action: 修  # 修\n"),
    (LIT + "evidence:\n  - 一\n  # 完\nwrong: 键\n", LIT + "evidence:\n  - 一\n  # 完\nwrong: 键\n"),
    ("---\r\ntitle: 灯\r\nsource: press\r\ncategory: 照明", LIT),
    (LIT + "resolved: {words: 5月8日, value: '2026-05-08'}\n", LIT + "resolved: {value: 2026-05-08, words: 5月8日}\n"),
], ids=["order", "parts", "list", "values", "quotes", "folded", "comments", "in brackets", "below", "endings", "day"])
def test_form(before: str, after: str) -> None:
    """Keys in the model's order, short values in brackets, quotes where needed; comments stay with their keys."""
    assert formatted(before, CASE) == after
    assert formatted(after, CASE) == after
    assert load.parse(before) == load.parse(after)


def test_long_items_are_broken() -> None:
    """A mapping that does not fit on a line of 120 characters has a line for each key."""
    step = f"date: 2026-05-06, action: {'修' * 100}"
    assert formatted(LIT + f"steps: [{{{step}}}]\n", CASE) == LIT + "steps:\n  - " + step.replace(", ", "\n    ") + "\n"


@given(st.dictionaries(st.one_of(st.sampled_from(list(CASE.model_fields)), texts), values, min_size=1, max_size=5))
def test_values_survive(data: dict[str, Any]) -> None:
    """Whatever stands in a record is read back as it was, and writing it again changes nothing."""
    text = written(data, CASE)
    try:
        assert load.parse(text) == data
    except load.Refused as fault:  # a key can't be null or a truth value, nor a text an alias
        pytest.fail(f"{fault.code} {fault.values} in {text!r}")
    assert formatted(text, CASE) == text
    assert read(text).plain() == data


@given(texts)
def test_others_read_the_same(value: str) -> None:
    """A text is one for YAML 1.1 and 1.2 as well, alone and between brackets."""
    text = f"k: {scalar(value)}\nf: {{k: {scalar(value, flow=True)}, l: [{scalar(value, flow=True)}]}}\n"
    expected = {"k": value, "f": {"k": value, "l": [value]}}
    assert yaml.safe_load(text) == expected
    assert load.parse(text) == expected
    newer = ruamel.yaml.YAML(typ="safe", pure=True)
    newer.version = (1, 2)
    assert newer.load(text) == expected


@pytest.mark.parametrize("value", ["no", "12:30", "010", "1e3", "2026-05-06", "0o17", "y", "~", "NULL", ".inf", "1_0"])
def test_typed_texts_are_quoted(value: str) -> None:
    """What some reader takes for a number, a day or a truth value stands in quotes, but for numbers and days."""
    assert is_typed(value)
    assert scalar(value) == f'"{value}"'
    assert (scalar("2026-05-06", "day"), scalar("5", "whole"), scalar("-2.5", "number")) == ("2026-05-06", "5", "-2.5")
    assert (scalar("010", "whole"), scalar("2.50", "number"), scalar("12:30", "day")) == ('"010"', '"2.50"', '"12:30"')


def test_content_keeps_its_values() -> None:
    """Every fifth record shipped says the same after formatting, and formatting it again changes nothing."""
    for path in sorted((ROOT / "content").rglob("*.yml"))[::5]:
        text = path.read_text(encoding="utf-8")
        model = kinds()[folders()[path.relative_to(ROOT / "content").parts[0]]]
        new = formatted(text, model)
        assert load.parse(new) == load.parse(text)
        assert formatted(new, model) == new
        assert remarks(new) == remarks(text)


LINES = ("title: 灯", "source:", "  - document: press", "    words: 亮了", "  - {document: press,", "     words: x}",
         "category: 照明", "steps:", "- date: 2026-05-06", "  action: 修", "description: |-\n  一\n  二", "due:",
         "  value: 2026-05-06")
above = st.lists(st.sampled_from(["# %", "  # %", "    # %", "# %\n"]), max_size=2)


@given(st.tuples(*[st.tuples(above, st.booleans())] * len(LINES)))
def test_no_comment_is_lost(remarked: tuple[tuple[list[str], bool], ...]) -> None:
    """Comments above, beside and below anything, in brackets too, are all there afterwards, each once."""
    made = ""
    for line, (over, beside) in zip(LINES, remarked, strict=True):
        made += "".join(f"{remark}\n" for remark in over) + line + " # %" * (beside and "\n" not in line) + "\n"
    for number in range(made.count("%")):
        made = made.replace("%", str(number), 1)
    new = formatted(made, CASE)
    assert remarks(new) == remarks(made)
    assert load.parse(new) == load.parse(made)
    assert formatted(new, CASE) == new


def test_command(make_site: Callable[..., Path], run: Callable[..., Result]) -> None:
    """`--check` lists what would change and changes nothing; without it just those files change, and then none."""
    config = make_site({"documents/press.yml": BASE["documents/press.yml"],
                        "cases/lamp.yml": "category: 灯\ntitle: 灯\nsource: press\n"}, base=False)
    before = tree(config.parent)
    listed = run("fmt", "--check", "--config", str(config))
    assert (listed.exit_code, listed.stdout) == (1, "content/cases/lamp.yml\n")
    assert tree(config.parent) == before
    other = run("fmt", "--config", str(config), str(config.parent / "content" / "documents"))
    assert (other.exit_code, tree(config.parent)) == (0, before)
    done = run("fmt", "--config", str(config), lang="en_US.UTF-8")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "content/cases/lamp.yml\n", "1 file(s) formatted.\n")
    after = tree(config.parent)
    assert {path for path in before if before[path] != after[path]} == {"content/cases/lamp.yml"}
    assert run("fmt", "--check", "--config", str(config)).exit_code == 0


def test_unreadable_file_stops_all(make_site: Callable[..., Path], run: Callable[..., Result]) -> None:
    """A file that can't be read is named with its place, and no other is touched; nor is what is no record."""
    config = make_site({"cases/bad.yml": "title: [灯\n", "cases/odd.yml": "category: 灯\ntitle: 灯\nsource: press\n"})
    before = tree(config.parent)
    refused = run("fmt", "--config", str(config))
    assert (refused.exit_code, "content/cases/bad.yml:1:8" in refused.stdout) == (1, True)
    nothing = run("fmt", "--config", str(config), str(config))
    assert (nothing.exit_code, "[fmt-nothing]" in nothing.stderr) == (1, True)
    assert tree(config.parent) == before


def test_this_repository_is_formatted(run: Callable[..., Result]) -> None:
    """The demo town's own records stand as `fmt` writes them."""
    done = run("fmt", "--check", "--config", str(ROOT / "site_config.yml"))
    assert done.exit_code == 0, done.output
