"""YAML from anybody: the test suite, shapes that crash or slow other readers, and every other door to a parser."""

from __future__ import annotations

import ast
import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import load
from generator.digest import sha256
from generator.plain import LIMIT_DEPTH, Refused, parse
from generator.problem import Place, Problem
from tests.hostile.suite import FOLDER, cases
from tests.sites import RATED, ROOT, codes, frozen, places, problems, scored, sealed

Make = Callable[..., Path]

CASE = "title: 楼道漏水\nsource: press\ncategory: 漏水\n"

LIBYAML = {"652Z/0", "HM87/1", "L24T/1"}
"""Valid texts that libyaml, so PyYAML too, reads otherwise: `?x` between brackets, spaces at the end of a block."""


def same(ours: Any, meant: Any) -> bool:
    """Whether our reading is what the suite means, but that numbers are text to us."""
    if isinstance(meant, dict):
        return isinstance(ours, dict) and ours.keys() == meant.keys() and all(same(ours[k], meant[k]) for k in meant)
    if isinstance(meant, list):
        return isinstance(ours, list) and len(ours) == len(meant) and all(map(same, ours, meant))
    return isinstance(ours, str) if isinstance(meant, int | float) and not isinstance(meant, bool) else ours == meant


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the YAML test suite is not there: npm ci in tests/audit")
def test_suite_is_read_or_refused() -> None:
    """402 texts: none crashes; what is accepted says what the suite says; what we refuse is a feature or libyaml's."""
    found: Counter[str] = Counter()
    for case in cases():
        try:
            ours = parse(case.text)
        except Refused as fault:
            assert fault.line >= 1 and fault.column >= 1
            found[f"{'valid' if case.valid else 'invalid'}, {fault.code}"] += 1
            continue
        found["valid, read" if case.valid else "invalid, read"] += 1
        assert _as_base(ours) == yaml.load(case.text, Loader=yaml.CBaseLoader), case.name
        if case.valid and case.meant and case.name not in LIBYAML:
            assert same(ours, json.loads(case.meant)), case.name
    print(dict(found))
    assert sum(found.values()) == 402
    assert found["valid, read"] >= 175 and found["invalid, read"] <= 12
    assert found["valid, yaml-syntax"] <= 48, "YAML 1.2 that libyaml does not know"


def _as_base(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_base(below) for key, below in value.items()}
    return [_as_base(below) for below in value] if isinstance(value, list) else value if isinstance(value, str) else (
        _Core(value))


class _Core:
    """null, true or false, however it was written."""

    def __init__(self, value: Any):
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and load.CORE.get(other, self) is self.value


FULL = load.LIMIT_BYTES - 64
SHAPES: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n, "braces": lambda n: "{a: " * (n // 4),
    "closed": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "questions": lambda n: "? " * (n // 2), "dashes": lambda n: "- " * (n // 2),
    "dash lines": lambda n: "-\n" * (n // 2),
    "long key": lambda n: "a" * n + ": 1", "quoted key": lambda n: '"' + "a" * n + '": 1',
    "keys": lambda n: "".join(f"k{i}: 1\n" for i in range(n // 10)),
    "flow keys": lambda n: "{" + ",".join(f"k{i}" for i in range(n // 7)) + "}",
    "items": lambda n: "[" + "a," * (n // 2) + "]", "comments": lambda n: "#\n" * (n // 2) + "a: 1",
    "blank lines": lambda n: "a: |\n" + "\n" * n + " x\n", "quotes": lambda n: "a: '" + "''" * (n // 2) + "'",
    "escapes": lambda n: 'a: "' + "\\n" * (n // 2) + '"', "anchors": lambda n: "&a " * (n // 3),
    "tags": lambda n: "!a " * (n // 3), "long tag": lambda n: "!" + "a" * n + " x",
    "directives": lambda n: "".join(f"%TAG !{i}! tag:x,{i}:\n" for i in range(n // 20)) + "---\na: 1\n",
    "documents": lambda n: "---\n" * (n // 4), "colons": lambda n: ":" * n,
    "lines": lambda n: "a: " + "x\n " * (n // 3),
    "maps in a list": lambda n: "[" + "{a: 1}," * (n // 7) + "]", "big number": lambda n: "a: " + "9" * n,
    "anchored": lambda n: "\n".join(f"- &a{i} x" for i in range(n // 10)), "aliases": lambda n: "*a " * (n // 3),
    "questions in a list": lambda n: "[" + "? a," * (n // 4) + "]", "steps": lambda n: "".join(
        " " * i + "-\n" for i in range(int((2 * n) ** .5))), "open": lambda n: "{" + "a\n" * (n // 2),
    "tabs": lambda n: "a:\t" + "\t" * n, "no end": lambda n: 'a: "' + "x\n" * (n // 2), "bars": lambda n: "|" * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_largest_hostile_file_is_read_at_once(shape: str) -> None:
    """256 KB of anything are read or refused in time that grows with the text, whatever the nesting; none recurses."""
    whole = seconds(SHAPES[shape](FULL))
    assert whole < NOTICED or shape in BOUNDED or whole < TIMES * seconds(SHAPES[shape](FULL // 4))


def seconds(text: str) -> float:
    """Return the processor time of one reading, the better of two."""
    found = []
    for _ in range(2):
        begun = time.thread_time()
        with suppress(Refused):
            parse(text)
        found.append(time.thread_time() - begun)
        if found[-1] < NOTICED:
            break
    return min(found)


NOTICED, TIMES = 0.05, 7
"""Seconds from which on growth is looked at; a text four times as long may take so many times as long."""
BOUNDED = {"directives"}
"""libyaml compares each `%TAG` with all before it: 256 KB take a fifth of a second, and more is not read."""
COMPOSERS = {"generator/load.py", "generator/desk/pieces.py"}
"""Where YAML is composed: the C composer calls itself, and 30,000 brackets end the process."""


def test_whatever_composes_has_parsed_before() -> None:
    """YAML is read by `parse` alone; the two places that compose as well do so right after it, on the same text."""
    found = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        if "yaml" not in source:
            continue
        called = {f"{node.func.value.id}.{node.func.attr}" for node in ast.walk(ast.parse(source))
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                  and isinstance(node.func.value, ast.Name)}
        assert not {"yaml.safe_load", "yaml.load_all", "yaml.safe_load_all", "yaml.compose_all"} & called
        found |= {name} if "yaml.compose" in called else set()
        assert "yaml.load" not in called or name == "generator/reference/examples.py"  # our own examples
        assert "yaml.parse" not in called or name == "generator/plain.py"
    assert found == COMPOSERS


def test_file_that_turned_hostile_after_it_was_read(tmp_path: Path) -> None:
    """Looking up a place in a file that somebody has changed meanwhile ends nothing."""
    (tmp_path / "a.yml").write_text("[" * 60_000, encoding="utf-8")
    [found] = load.locate(tmp_path, [Problem("blank-text", Place("a.yml", keys=("title",)))])
    assert (found.place.line, found.place.column) == (1, 1)


@pytest.mark.parametrize("text",
                         ["[" * 60_000, "---\n" + "[" * 60_000 + "\n---\n# x\n",
                          "---\nx: " + "{a: " * 30_000 + "\n---\n"])
def test_prose_and_settings_are_read_by_the_same_reader(make_site: Make, text: str) -> None:
    """Front matter, which MkDocs would compose, and site_config.yml: nesting is refused before anybody else sees it."""
    assert set(codes(problems(make_site({"pages/a.md": text})))) <= {"yaml-depth", "tangled-page"}
    assert codes(_refused(make_site, "mkdocs: " + "[" * 30_000)) == ["yaml-depth"]


def _refused(make_site: Make, config: str) -> list[Problem]:
    return problems(make_site({}, config))


@pytest.mark.parametrize("indent", ["", " ", "   "])
def test_other_front_matter_is_refused(make_site: Make, indent: str) -> None:
    """MkDocs also takes `key: value` lines at the top, up to three spaces in, as settings: `template` among them."""
    assert codes(problems(make_site({"pages/a.md": f"{indent}template: 404.html\n\n# 甲\n"}))) == ["unknown-key"]


@pytest.mark.parametrize("value", [
    "2026-02-30", "0000-00-00", "9" * 5000, "-" + "9" * 5000, "1e999999999", "0x" + "f" * 5000, ".nan", ".inf", "1_0",
    "9999999999999999999-01-01", "2026-13-01", "~", "[]", "{}", "true", '"\\0"', "!!binary x", "=", "<<", "-0", "٣",
    "１"])
def test_any_value_in_any_field_is_said_or_taken(make_site: Make, value: str) -> None:
    """Whatever stands where a date, a number, a list or a reference is meant: a Problem of its line, never a crash."""
    lines = [f"{key}: {value}" for key in ("reported", "satisfaction", "ladder", "area", "evidence", "withdrawn")]
    found = problems(make_site({f"cases/bad-{number}.yml": f"{CASE}{line}\n" for number, line in enumerate(lines)}))
    assert all(one.place.line == 4 for one in found), found
    assert "unforeseen" not in codes(found)


def test_one_bad_file_hides_no_other(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the program itself fails on a file, it is named, and the others' Problems are told as well."""
    from generator import validate

    whole = validate.validate

    def failing(raw: Any, models: Any) -> Any:
        if raw.id == "worst":
            raise ZeroDivisionError("138 0013 8000")
        return whole(raw, models)

    monkeypatch.setattr(validate, "validate", failing)
    found = problems(make_site({"cases/bad.yml": "- a\n", "cases/worst.yml": CASE, "cases/worse.yml": CASE + "x: 1\n"}))
    assert places(found) == [("not-a-mapping", "cases/bad.yml", 1, 1), ("unknown-key", "cases/worse.yml", 4, 1),
                             ("unforeseen", "cases/worst.yml", 1, 1)]
    assert "ZeroDivisionError, test_yaml.py" in found[2].message() and "8000" not in found[2].message()


@pytest.mark.parametrize("rows", [b"[" * 100_000, b"[1]", b'[{"subject": 1}]', b"null", b"9" * 5000, b"\xff", b'"a"'])
def test_frozen_rows_of_another_shape(make_site: Make, rows: bytes) -> None:
    """A `.json` that somebody sealed by hand, and that is none of ours, is a Problem of that file."""
    past = {**RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")}
    written = frozen(scored(past).board("points", "2025"))
    [record] = [path for path in written if path.endswith(".yml")]
    values = {**yaml.safe_load(written[record]), "rows": sha256(rows)}
    values.pop("seal")
    values["closed"] = str(values["closed"])
    files = {**written, record: sealed("outcome", Path(record).stem, values), record.replace(".yml", ".json"): rows}
    assert (("outcome-edited", record.replace(".yml", ".json"), 1, 1)) in places(problems(make_site({**past, **files})))


def test_depth_is_counted_alike_however_it_is_written() -> None:
    """Twenty levels are read, one more is not: in brackets, by indent, and mixed."""
    for deep in (lambda n: "[" * n + "]" * n,
                 lambda n: "".join(f"{'  ' * i}a:\n" for i in range(n - 1)) + "  " * (n - 1) + "a: 1",
                 lambda n: "- " * n + "a"):
        parse(deep(LIMIT_DEPTH))
        with pytest.raises(Refused) as caught:
            parse(deep(LIMIT_DEPTH + 1))
        assert caught.value.code == "yaml-depth"
