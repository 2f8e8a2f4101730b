"""What `check` found, in five formats: each holds all, and nothing that a record says becomes markup or a command."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from generator import findings
from generator.findings import FORMATS, Finding
from generator.problem import Place, Problem
from generator.wording import legible
from tests.sites import ROOT

Make = Callable[..., Path]
Run = Callable[..., Result]

HEAD = "title: 某事\nsource: press\n"
FAULTS = {"cases/a.yml": HEAD + "category: 漏水\nreportd: 2026-05-06\n",
          "cases/b.yml": HEAD + "category: 漏水\nsatisfaction: 很好,100%\n"}
LATE = {"announcements/late.yml": (
    "title: 目录\nsource: press\narea: estate\nbasis: 规则\ntext: 每月100元。\nchannel: 大厅\nissuer: 业委会\n"
    "since: 2098-12-29\nworking_days: 5\n")}
"""A notice into years of which nobody knows the days off."""


def problem(code: str = "not-a-number", path: str = "content/cases/b.yml", line: int = 4, column: int = 15,
            **values: Any) -> Finding:
    """Return a Finding at a place."""
    return Finding(Problem(code, Place(path, line, column), values or {"value": "很好"}))


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of an object with these properties and no others."""
    return {"type": "object", "additionalProperties": False, "required": required.split(), "properties": properties}


TEXT = closed("text", text={"type": "string", "minLength": 1})
LEVEL = {"enum": ["none", "note", "warning", "error"]}
URI = {"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"}
POSITIVE = {"type": "integer", "minimum": 1}
SARIF = closed("version runs", **{"$schema": {"type": "string", "format": "uri"}}, version={"const": "2.1.0"}, runs={
    "type": "array", "items": closed(
        "tool", columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        tool=closed("driver", driver=closed(
            "name", name={"type": "string"}, semanticVersion={"type": "string"},
            language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
            rules={"type": "array", "uniqueItems": True, "items": closed(
                "id", id={"type": "string"}, shortDescription=TEXT, help=TEXT,
                defaultConfiguration=closed("", level=LEVEL))})),
        results={"type": "array", "items": closed(
            "message", ruleId={"type": "string"}, ruleIndex={"type": "integer", "minimum": -1}, level=LEVEL,
            message=TEXT, partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
            locations={"type": "array", "items": closed("", physicalLocation=closed(
                "artifactLocation", artifactLocation=closed("", uri=URI, uriBaseId={"type": "string"}),
                region=closed("", startLine=POSITIVE, startColumn=POSITIVE)))})})})
"""What SARIF 2.1.0 says of the properties that we use, closed as it is there."""

CODE_QUALITY = {"type": "array", "items": closed(
    "description check_name fingerprint severity location", description={"type": "string"},
    check_name={"type": "string"}, fingerprint={"type": "string"},
    severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
    location=closed("path lines", path={"type": "string", "pattern": r"^(?!\./|/)"},
                    lines=closed("begin", begin=POSITIVE)))}


def test_text_is_as_always(make_site: Make, run: Run) -> None:
    """Without --format a Problem is one line that editors link, and nothing else is on stdout."""
    result = run("check", "--config", str(make_site(FAULTS)))
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        "content/cases/a.yml:4:1", "content/cases/b.yml:4:1"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_every_finding(make_site: Make, run: Run, form: str) -> None:
    """All five hold both codes and both files, and the run still exits 1."""
    result = run("check", "--config", str(make_site(FAULTS)), "--format", form)
    assert result.exit_code == 1
    assert all(word in result.stdout for word in ("unknown-key", "not-a-number", "cases/a.yml", "cases/b.yml"))


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
@pytest.mark.parametrize("command", ["check", "build"])
def test_formats_for_programs_are_alone_on_stdout(make_site: Make, run: Run, tmp_path: Path, form: str, command: str
                                                  ) -> None:
    """stdout is one JSON, also of clean content; what is said to people goes to stderr."""
    out = ("--out", str(tmp_path / "out")) if command == "build" else ()
    result = run(command, "--config", str(make_site()), "--format", form, *out)
    assert result.exit_code == 0 and json.loads(result.stdout) is not None
    assert ("5 条记录" if command == "check" else "已发布") in result.stderr


def test_json_is_as_documented(make_site: Make, run: Run) -> None:
    """Counts, and each finding with level, code, place, message, remedy and fingerprint."""
    told = json.loads(run("check", "--config", str(make_site(FAULTS)), "--format", "json").stdout)
    assert (told["problems"], told["notes"], len(told["findings"])) == (2, 0, 2)
    assert told["findings"][0].items() >= {"level": "error", "code": "unknown-key", "path": "content/cases/a.yml",
                                           "line": 4, "column": 1}.items()
    assert all(one["message"] and one["remedy"] and len(one["fingerprint"]) == 64 for one in told["findings"])


def test_sarif_keeps_to_its_schema(make_site: Make, run: Run) -> None:
    """The log is sound SARIF 2.1.0, every result names its rule, and a rule's help has no gaps left."""
    told = json.loads(run("check", "--config", str(make_site({**FAULTS, **LATE})), "--format", "sarif").stdout)
    jsonschema.validate(told, SARIF, format_checker=jsonschema.FormatChecker())
    rules = told["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in told["runs"][0]["results"])
    assert "{" not in json.dumps(rules[0]["shortDescription"]["text"])


def test_sarif_counts_characters_and_escapes_paths() -> None:
    """A column counts characters, as the log declares; a Chinese path is a sound URI."""
    told = json.loads(FORMATS["sarif"]([problem(path="content/pages/关于 我们.md")], "zh"))
    [result] = told["runs"][0]["results"]
    where = result["locations"][0]["physicalLocation"]
    assert told["runs"][0]["columnKind"] == "unicodeCodePoints" and where["region"]["startColumn"] == 15
    assert where["artifactLocation"]["uri"] == "content/pages/%E5%85%B3%E4%BA%8E%20%E6%88%91%E4%BB%AC.md"
    jsonschema.validate(told, SARIF, format_checker=jsonschema.FormatChecker())


def test_code_quality_keeps_to_its_shape(make_site: Make, run: Run) -> None:
    """What GitLab reads has the fields it asks for; clean content is an empty list, so that old findings vanish."""
    told = json.loads(run("check", "--config", str(make_site({**FAULTS, **LATE})), "--format", "gitlab").stdout)
    jsonschema.validate(told, CODE_QUALITY)
    assert json.loads(FORMATS["gitlab"]([], "zh")) == []


def test_fingerprints_stay_when_lines_move() -> None:
    """A finding keeps its name when its line moves, and two equal ones of a file have different names."""
    def names(*found: Finding) -> list[str]:
        return [one["fingerprint"] for one in json.loads(FORMATS["gitlab"](found, "zh"))]

    assert names(problem(line=4)) == names(problem(line=9))
    assert len({*names(problem(line=4), problem(line=9)), *names(problem(value="差")),
                *names(problem(path="content/cases/c.yml"))}) == 4


def test_github_gets_a_summary_with_all(make_site: Make, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                        ) -> None:
    """GitHub shows ten annotations a step: the job's summary lists all, below what other steps wrote."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("前文\n", encoding="utf-8")
    many = {f"cases/m{i}.yml": HEAD + "category: 漏水\nsatisfaction: 好\n" for i in range(12)}
    result = run("check", "--config", str(make_site(many)), "--format", "github")
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert result.stdout.count("::error file=content/cases/m") == 12
    assert summary.startswith("前文\n### 检查：12 处问题\n") and summary.count("| not-a-number |") == 12


def test_a_clean_summary_says_so(make_site: Make, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clean content gives a summary too, and no annotation."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    result = run("check", "--config", str(make_site()), "--format", "github")
    assert "::" not in result.stdout
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == "### 检查：没有问题\n"


@given(st.text(max_size=40), st.text(min_size=1, max_size=20))
def test_no_text_becomes_a_command(value: str, path: str) -> None:
    """Whatever a record says, an annotation is one line, and its properties read back as they were."""
    said = FORMATS["github"]([problem(path=path, value=value)], "zh")
    assert said.count("\n") == 1 and "\r" not in said and said.startswith("::error file=")
    properties, _, _ = said.removeprefix("::error ").partition("::")
    read = dict(part.split("=", 1) for part in properties.split(","))
    back = re.sub("%(0D|0A|3A|2C|25)", lambda found: chr(int(found[1], 16)), read["file"])
    assert (back, read["line"], read["col"]) == (legible(path), "4", "15")


def test_a_summary_holds_no_markup() -> None:
    """Bars, tags, links, mentions and line breaks of a record stand in their cell as they are written."""
    said = findings.summary([problem(value="|<img src=x>[a](http://b) @all #1\n| x |")], "zh")
    row = said.splitlines()[4]
    assert len(said.splitlines()) == 5
    assert not re.search(r"(?<!\\)[<>\[@#!`]", row.removeprefix("|"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


def test_a_long_summary_ends_with_how_many_more() -> None:
    """GitHub takes 1 MiB: beyond a thousand rows the summary says how many there are."""
    said = findings.summary([problem(line=i) for i in range(1, 1201)], "zh")
    assert said.count("| not-a-number |") == 1000 and said.endswith("另有 200 处，见日志。\n")
    assert len(said.encode()) < 2**20


def test_notes_fail_nothing(make_site: Make, run: Run) -> None:
    """What an editor should know besides is a note in every format, on stderr in text, and the run exits 0."""
    config = str(make_site(LATE))
    plain, told = (run("check", "--config", config, *more) for more in ((), ("--format", "json")))
    assert plain.exit_code == told.exit_code == 0
    assert re.search(r"^content/announcements/late.yml:1:1: 提醒：.*暂定.* \[provisional-end\]$", plain.stderr, re.M)
    assert [(one["level"], one["code"]) for one in json.loads(told.stdout)["findings"]] == [("note", "provisional-end")]
    assert run("check", "--config", config, "--format", "github").stdout.startswith("::notice file=")


def test_a_report_leaves_the_terminal_its_text(make_site: Make, run: Run, tmp_path: Path) -> None:
    """--report FILE holds the format; stdout holds the lines of always."""
    config, report = str(make_site(FAULTS)), tmp_path / "reports/quality.json"
    result = run("check", "--config", config, "--format", "gitlab", "--report", str(report))
    assert len(json.loads(report.read_text(encoding="utf-8"))) == 2
    assert result.stdout == run("check", "--config", config).stdout


def test_no_format_holds_a_forbidden_number(make_site: Make, run: Run) -> None:
    """A telephone number that the gate refuses is in no report: reports are public where requests are."""
    config = str(make_site({"cases/p.yml": HEAD + 'category: 漏水\nreported: "13800138000"\n'
                                                "evidence: [{text: x}]\n13800138000: x\nresponsible: 李四海\n",
                            "cases/tel-13800138000.yml": HEAD + "category: 漏水\n"}))
    for form in FORMATS:
        said = run("check", "--config", config, "--format", form)
        assert "personal-phone" in said.stdout and "bad-date" in said.stdout
        assert "13800138000" not in said.output and "李四海" not in said.output


@pytest.mark.parametrize(("text", "column", "below"), [
    ("satisfaction: 好", 15, "              ^"),
    ("place: 三栋楼道", 9, "         ^"),
    ("  - é是: x", 5, "    ^"),
])
def test_the_caret_stands_below_the_place(text: str, column: int, below: str) -> None:
    """A Chinese character takes two columns of a terminal; the caret stands below the very character."""
    drawn = findings.drawn([problem(line=1, column=column)], "zh", lambda path: [text]).splitlines()
    assert drawn[1:] == [f"  1 │ {text}", f"    │ {below}"]


def test_a_long_line_is_cut_around_the_place() -> None:
    """Of a line of a thousand characters the terminal shows what surrounds the place."""
    text = "说" * 500 + "错" + "说" * 500
    _, shown, below = findings.drawn([problem(line=1, column=501)], "zh", lambda path: [text]).splitlines()
    assert "错" in shown and len(shown) < 120
    assert sum(1 + (ord(char) > 0x2e80) for char in shown.partition("错")[0]) == below.index("^")


def test_a_terminal_gets_no_control_characters() -> None:
    """What would move the cursor or turn the reading direction is shown as a replacement."""
    _, shown, _ = findings.drawn([problem(line=1, column=1)], "zh", lambda path: ["a\x1b[2Jb\u202ec\td"]).splitlines()
    assert shown == "  1 │ a�[2Jb�c d"


def test_a_terminal_shows_the_line(make_site: Make) -> None:
    """A real terminal gets the editor's line and a caret; a pipe does not."""
    config = make_site(FAULTS)
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "generator", "check", "--workers", "1"], cwd=config.parent,
                               stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    process.wait(60)
    os.close(theirs)
    said = os.read(ours, 65536).decode()
    assert "4 │ reportd: 2026-05-06" in said and "│ ^" in said


@pytest.mark.parametrize("name", [b"\xce\xc4.yml", b"a\n::error::b.yml", "a\u202eb.yml".encode(), b"a\x1b[2Jb.yml"])
def test_any_name_of_a_file_can_be_told(make_site: Make, run: Run, tmp_path: Path, name: bytes,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in another encoding, as archives from Windows bring, or with a line break, is told on one line by all."""
    config = make_site()
    (config.parent / "content/cases" / os.fsdecode(name)).write_text("title: x\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    for form in FORMATS:
        done = run("check", "--config", str(config), "--format", form, "--report", str(tmp_path / "report"))
        assert done.exit_code == 1 and "bad-id" in (tmp_path / "report").read_text(encoding="utf-8"), done.output
        assert len([line for line in done.stdout.splitlines() if line]) == 1 and done.stdout[:-1].isprintable()
