"""Broken files: each is one Problem with its place, and none hides another."""

from __future__ import annotations

import os
import string
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.problem import Place, Problem
from tests.sites import codes, places, problems

Make = Callable[..., Path]

GOOD = "title: 楼道漏水\nsource: press\ncategory: 漏水\n"
PATH = "cases/bad.yml"

BROKEN: dict[str, tuple[str | bytes, str, int, int]] = {
    "syntax": (GOOD + "note: a: b\n", "yaml-syntax", 4, 8),
    "unclosed quote": (GOOD + 'note: "没有收尾\n', "yaml-syntax", 4, 7),
    "unclosed bracket": (GOOD + "evidence: [照片\n", "yaml-syntax", 4, 11),
    "full-width colon": (GOOD + "note：漏水\nsource: press\n", "yaml-syntax", 4, 5),
    "no space after the colon": (GOOD + "note:x\n", "yaml-syntax", 4, 5),
    "tab as indent": (GOOD + "steps:\n\t- {date: 2026, action: x}\n", "yaml-syntax", 5, 1),
    "duplicate key": (GOOD + "category: 噪声\n", "duplicate-key", 4, 1),
    "duplicate key, nested": (GOOD + "steps:\n  - {date: 2026, date: 2025, action: 看}\n", "duplicate-key", 5, 18),
    "anchor": (GOOD + "note: &a 文字\n", "yaml-anchor", 4, 7),
    "anchor on a mapping": (GOOD + "steps: &all\n  - {date: 2026, action: 看}\n", "yaml-anchor", 4, 8),
    "alias": (GOOD + "note: *a\n", "yaml-anchor", 4, 7),
    "alias bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{c}: &{c} [{', '.join(['*' + b] * 9)}]\n"
                  for b, c in zip("abcdefgh", "bcdefghi", strict=True)), "yaml-anchor", 1, 4),
    "tag": (GOOD + "note: !!python/object/apply:os.system [id]\n", "yaml-tag", 4, 7),
    "own tag": (GOOD + "note: !secret x\n", "yaml-tag", 4, 7),
    "30,000 brackets": ("[" * 30_000, "yaml-depth", 1, 21),
    "30,000 braces": ("note: " + "{a: " * 30_000, "yaml-depth", 1, 83),
    "500 levels": ("".join(" " * i + "a:\n" for i in range(500)), "yaml-depth", 21, 21),
    "several documents": (GOOD + "---\n" + GOOD, "yaml-documents", 4, 1),
    "empty file": ("", "empty-file", 1, 1),
    "blank file": (" \n\n", "empty-file", 1, 1),
    "comments only": ("# 以后再写\n", "empty-file", 1, 1),
    "byte order mark only": (b"\xef\xbb\xbf", "empty-file", 1, 1),
    "GBK": (GOOD.encode() + "note: 备注\n".encode("gbk"), "not-utf8", 4, 7),
    "truncated UTF-8": (GOOD.encode() + b"note: \xe5\xa4", "not-utf8", 4, 7),
    "UTF-16": (GOOD.encode("utf-16"), "not-utf8", 1, 1),
    "a list": ("- 标题\n- 来源\n", "not-a-mapping", 1, 1),
    "only text": ("楼道漏水\n", "not-a-mapping", 1, 1),
    "only null": ("~\n", "not-a-mapping", 1, 1),
    "a list as key": (GOOD + "[a, b]: c\n", "bad-key", 4, 1),
    "a template as key": (GOOD + "note: {{ config }}\n", "bad-key", 4, 8),
    "a text as key": (GOOD + "x: {" + "a" * 1200 + ": 1}\n", "bad-key", 4, 5),
    "null as key": (GOOD + "~: c\n", "bad-key", 4, 1),
    "right-to-left override": (GOOD + "note: 已\u202e办结\n", "hidden-character", 4, 8),
    "zero-width space": ("title: 楼\u200b道\n", "hidden-character", 1, 9),
    "zero-width joiner": (GOOD + "note: a\u200db\n", "hidden-character", 4, 8),
    "isolate": (GOOD + "note: \u2066x\u2069\n", "hidden-character", 4, 7),
    "tag character": (GOOD + "note: x\U000e0041\n", "hidden-character", 4, 8),
    "NUL": (GOOD + "note: a\x00b\n", "hidden-character", 4, 8),
    "escape": (GOOD + "note: \x1b[31m\n", "hidden-character", 4, 7),
    "mark inside": (GOOD + "note: a\ufeffb\n", "hidden-character", 4, 8),
    "too large": (GOOD + "note: " + "长" * 90_000, "too-large", 1, 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_one_problem_at_its_place(make_site: Make, name: str) -> None:
    """A file that can't be read as a record gives exactly one Problem, with line and column."""
    text, code, line, column = BROKEN[name]
    assert places(problems(make_site({PATH: text}))) == [(code, PATH, line, column)]


def test_all_broken_files_are_reported_in_one_run(make_site: Make) -> None:
    """No broken file hides another: a site of all of them shows each one's Problem at once."""
    files = {f"cases/bad-{i:02d}.yml": text for i, (text, *_) in enumerate(BROKEN.values())}
    expected = [(code, f"cases/bad-{i:02d}.yml", line, column)
                for i, (_, code, line, column) in enumerate(BROKEN.values())]
    assert places(problems(make_site(files))) == expected


def test_byte_order_mark_is_accepted(make_site: Make) -> None:
    """A file that a Windows editor began with a byte order mark reads as one without."""
    assert problems(make_site({PATH: b"\xef\xbb\xbf" + GOOD.encode()})) == []


def test_windows_line_ends_are_accepted(make_site: Make) -> None:
    """CRLF files read like LF files, and a Problem in one stands on the right line."""
    crlf = GOOD.replace("\n", "\r\n")
    assert problems(make_site({PATH: crlf})) == []
    assert places(problems(make_site({PATH: crlf + "nota: x\r\n"}))) == [("unknown-key", PATH, 4, 1)]


@pytest.mark.parametrize("text", ["2026-05-06", "0x1f", "1e3", "yes", "012", "1_000", "12:30:45", ".inf", "=", "<<"])
def test_plain_scalars_stay_text(text: str) -> None:
    """Only null, true and false are read as values; the model, not the parser, decides about the rest."""
    assert load.parse(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize(("text", "value"), [("", None), ("~", None), ("null", None), ("true", True), ("false", False)])
def test_core_scalars_are_values_only_when_unquoted(text: str, value: object) -> None:
    """A quoted `true` is the word, an unquoted one the value."""
    assert load.parse(f"a: {text}\n") == {"a": value}
    assert load.parse(f'a: "{text}"\n') == {"a": text}


# ── files and folders ──


def test_symbolic_links_are_refused_wherever_they_stand(make_site: Make, tmp_path: Path) -> None:
    """A link to a file or a folder is one Problem at its own path, and what it leads to is not read."""
    config = make_site()
    content = config.parent / "content"
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "a.yml").write_text("# 两行\n\ntitle: [", encoding="utf-8")
    (content / "cases/link.yml").symlink_to(outside / "a.yml")
    (content / "cases/more").symlink_to(outside)
    (content / "cases/gone.yml").symlink_to(outside / "nothing")
    (content / "people").symlink_to(outside)
    assert places(problems(config)) == [
        ("symlink", "cases/gone.yml", 1, 1), ("symlink", "cases/link.yml", 1, 1), ("symlink", "cases/more", 1, 1),
        ("symlink", "people", 1, 1)]


def test_symbolic_links_among_the_prose_are_refused(make_site: Make, tmp_path: Path) -> None:
    """A link below pages/ could publish any file of the machine, so it is refused too."""
    config = make_site({"pages/about.md": "# 关于\n"})
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (config.parent / "content/pages/leak.txt").symlink_to(tmp_path / "secret.txt")
    (config.parent / "content/pages/gone.md").symlink_to(tmp_path / "nothing")
    assert places(problems(config)) == [("symlink", "pages/gone.md", 1, 1), ("symlink", "pages/leak.txt", 1, 1)]


def test_prose_is_read_like_records(make_site: Make) -> None:
    """A prose page that is not UTF-8, or holds invisible characters, is a Problem with its place."""
    config = make_site({"pages/a.md": b"# \xff\n", "pages/b.md": "# 好\n\n已\u202e办结\n"})
    assert places(problems(config)) == [("not-utf8", "pages/a.md", 1, 3), ("hidden-character", "pages/b.md", 3, 2)]


def test_folder_named_like_a_record_is_refused(make_site: Make) -> None:
    """A directory called x.yml is a Problem, and the files in it are not read as records."""
    config = make_site({"cases/x.yml/inner.yml": GOOD})
    assert places(problems(config)) == [("not-a-file", "cases/x.yml", 1, 1)]


def test_whatever_is_no_record_is_named(make_site: Make) -> None:
    """Unknown folders, stray files and names that can't be ids are refused, not skipped."""
    config = make_site({"case/a.yml": GOOD, "readme.txt": "x", "cases/photo.jpg": "x", "cases/A_b.yml": GOOD,
                        "cases/.hidden": "x", "cases/a.b.yml": GOOD, "cases/楼道.yml": GOOD, "cases/index.yml": GOOD,
                        f"cases/{'a' * 81}.yml": GOOD})
    found = problems(config)
    assert sorted(places(found)) == sorted([
        ("unknown-folder", "case", 1, 1), ("unexpected-file", "cases/photo.jpg", 1, 1),
        ("bad-id", "cases/A_b.yml", 1, 1), ("bad-id", "cases/a.b.yml", 1, 1), ("bad-id", "cases/楼道.yml", 1, 1),
        ("bad-id", "cases/index.yml", 1, 1), ("bad-id", f"cases/{'a' * 81}.yml", 1, 1),
        ("unexpected-file", "readme.txt", 1, 1)])
    assert "`cases`" in next(p for p in found if p.code == "unknown-folder").message()


def test_file_name_that_is_not_utf8_is_one_problem(make_site: Make, run: Callable[..., object]) -> None:
    """A name of undecodable bytes is refused, and printing it does not fail."""
    config = make_site()
    Path(os.fsdecode(os.fsencode(config.parent / "content/cases") + b"/\xff.yml")).write_text(GOOD, encoding="utf-8")
    assert codes(problems(config)) == ["bad-id"]
    assert run("check", "--config", str(config)).exit_code == 1


def test_one_id_in_two_folders_is_refused(make_site: Make) -> None:
    """Sub-folders are for the editors only: the same id twice within a kind is a Problem that names the other file."""
    found = problems(make_site({"cases/2026/leak.yml": GOOD, "cases/leak.yaml": GOOD}))
    assert places(found) == [("duplicate-id", "cases/leak.yaml", 1, 1), ("duplicate-id", "cases/leak.yml", 1, 1)]
    assert all("cases/2026/leak.yml" in p.message() for p in found)


def test_same_id_in_two_kinds_is_fine(make_site: Make) -> None:
    """An id belongs to its kind."""
    assert problems(make_site({"projects/leak.yml": "title: 防水\nsource: press\n"})) == []


def test_unreadable_file_is_a_problem(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the disk refuses to give is one Problem with the reason; the others are still read."""
    config = make_site({PATH: GOOD, "cases/worse.yml": "- a\n"})

    whole = load._bytes_of

    def refusing(path: str) -> bytes:
        if path.endswith("bad.yml"):
            raise OSError(5, "Input/output error", path)
        return whole(path)

    monkeypatch.setattr(load, "_bytes_of", refusing)
    found = problems(config)
    assert places(found) == [("unreadable", PATH, 1, 1), ("not-a-mapping", "cases/worse.yml", 1, 1)]
    assert "Input/output error" in found[0].message()


def test_pipe_is_a_problem_and_holds_nobody_up(make_site: Make) -> None:
    """A pipe named like a record is refused at once, instead of being waited for."""
    config = make_site({})
    os.mkfifo(config.parent / "content/cases/pipe.yml")
    assert codes(problems(config)) == ["empty-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_without_permission_is_a_problem(make_site: Make) -> None:
    """A file that may not be read is one Problem."""
    config = make_site({PATH: GOOD})
    (config.parent / "content" / PATH).chmod(0)
    assert codes(problems(config)) == ["unreadable"]


# ── properties ──

WORDS = st.text(string.ascii_letters + string.digits + "楼道漏水 :#-?!&*'\"%@`{}[],|>\n\\", max_size=12)
TREES = st.recursive(WORDS | st.none() | st.booleans(), lambda t: st.lists(t, max_size=4) | st.dictionaries(
    WORDS, t, max_size=4), max_leaves=12)


def _as_text(value: object) -> object:
    """Return a value as YAML's BaseLoader gives it: every scalar as text."""
    if isinstance(value, dict):
        return {k: _as_text(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v) for v in value]
    return {None: "null", True: "true", False: "false"}.get(value, value) if not isinstance(value, str) else value


@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_parse_reads_what_yaml_reads(value: dict[str, object], flow: bool, wide: bool) -> None:
    """For plain documents in any style `parse` gives what PyYAML gives, scalars as text but null, true and false."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=999 if wide else 20)
    assert load.parse(text) == value
    assert _as_text(load.parse(text)) == yaml.load(text, Loader=yaml.BaseLoader)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Whatever stands in a file, reading it gives a value or a refusal with a place, never another exception."""
    try:
        load.parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    except load.Refused as fault:
        assert fault.line >= 1 and fault.column >= 1


KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=6).filter(lambda key: key not in load.CORE)


@given(st.lists(KEYS, min_size=1, max_size=8, unique=True), st.data())
def test_locate_points_at_the_line_of_the_key(tmp_path_factory: pytest.TempPathFactory, keys: list[str],
                                              data: st.DataObject) -> None:
    """The place of a key is the line and column where it was written, whatever stands around it."""
    lines: list[str] = []
    at: dict[tuple[str | int, ...], tuple[int, int]] = {}
    for key in keys:
        lines += ["# 说明"] * data.draw(st.integers(0, 2))
        at[(key,)] = (len(lines) + 1, 1)
        form = data.draw(st.sampled_from(["plain", "list", "flow", "text"]))
        if form == "plain":
            lines.append(f"{key}: x")
        elif form == "flow":
            lines.append(f"{key}: [{{a: 1, bb: 2}}]")
            at[(key, 0, "bb")] = (len(lines), len(key) + 11)
        elif form == "text":
            lines += [f"{key}: |", "  一行", "  k: v"]
        else:
            lines += [f"{key}:", "  - a: 1", "    bb: 2", "  - word"]
            at[(key, 0, "bb")] = (len(lines) - 1, 5)
            at[(key, 1)] = (len(lines), 5)
    folder = tmp_path_factory.mktemp("locate")
    (folder / "a.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = load.locate(folder, [Problem("blank-text", Place("a.yml", keys=path)) for path in at])
    assert [(p.place.line, p.place.column) for p in found] == list(at.values())


def test_locate_falls_back_to_what_stands_around(tmp_path: Path) -> None:
    """A key that was not written is placed at the mapping that lacks it."""
    (tmp_path / "a.yml").write_text("title: x\nsteps:\n  - date: 2026\n", encoding="utf-8")
    [found] = load.locate(tmp_path, [Problem("missing-key", Place("a.yml", keys=("steps", 0, "action")))])
    assert (found.place.line, found.place.column) == (3, 5)
