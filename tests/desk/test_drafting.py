"""`gongshi new`: a record from fields or from answers, checked before anything is written."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from generator import cli, load
from generator.cli.asking import Interview, Talk, placed
from generator.desk import drafting
from generator.problem import ContentError, DeskError
from generator.records import kinds
from generator.records.fields import Field, fields
from tests.sites import BASE, RATED, ROOT, problems, tree

Make = Callable[..., Path]
Run = Callable[..., Result]
GIVEN = ("title=楼道灯不亮", "source=press", "category=路灯", "area=b3", "reported=2026-05-06")


# ── fields on the command line ──


def test_fields_make_a_file_in_canonical_form(make_site: Make, run: Run) -> None:
    """Fields in any order become a record that passes the check, named and laid as the house does."""
    config = make_site()
    result = run("new", "case", "--config", str(config), "ladder.0.level=社区自办", "--set", "ladder.0.date=2026-05-06",
                 "evidence=照片", "evidence=回访", *GIVEN)
    path = config.parent / "content/cases/2026/case-2026-0001.yml"
    assert result.exit_code == 0 and "content/cases/2026/case-2026-0001.yml" in result.stdout
    assert path.read_text(encoding="utf-8") == (
        "title: 楼道灯不亮\nsource: press\narea: b3\ncategory: 路灯\nreported: 2026-05-06\nladder:\n"
        "  - {level: 社区自办, date: 2026-05-06}\nevidence: [照片, 回访]\n")
    assert problems(config) == []


def test_next_record_takes_the_next_id(make_site: Make, run: Run) -> None:
    """A second record never overwrites the first."""
    config = make_site()
    for number in (1, 2):
        assert f"case-2026-000{number}.yml" in run("new", "case", "--config", str(config), *GIVEN).stdout


@pytest.mark.parametrize(("more", "code", "place"), [
    (("resolved=5月8日",), "bad-date", "resolved"), (("aera=b3",), "unknown-key", "aera"),
    (("ladder.0.level=社区办", "ladder.0.date=2026-05-06"), "not-one-of", "ladder.0.level"),
    (("responsible=nobody",), "missing-reference", "responsible"),
    (("note=电话 13800138000",), "personal-phone", "case"),
    (("resolved=2026-05-01",), "dates-reversed", "resolved"), (("illustrative=也许",), "wrong-type", "illustrative"),
    (("steps=派人",), "wrong-type", "steps.0")])
def test_faults_name_their_field_and_nothing_is_written(make_site: Make, run: Run, more: tuple[str, ...], code: str,
                                                        place: str) -> None:
    """Whatever is wrong is told by the name of its field; the content stays as it was."""
    config = make_site()
    before = tree(config.parent)
    result = run("new", "case", "--config", str(config), *GIVEN, *more)
    assert result.exit_code == 1 and f"[{code}]" in result.stdout
    assert result.stdout.startswith(f"{place}: ")
    assert tree(config.parent) == before


def test_real_record_rests_on_no_example(make_site: Make, run: Run) -> None:
    """A real record can't name a made-up document as its source; a made-up one can."""
    config = make_site({"documents/made.yml": BASE["documents/press.yml"] + "illustrative: true\n"})
    given = ("title=灯", "source=made", "category=路灯")
    assert "[illustrative-source]" in run("new", "case", "--config", str(config), *given).stdout
    assert run("new", "case", "--config", str(config), *given, "illustrative=是").exit_code == 0


@pytest.mark.parametrize(("args", "code"), [
    (("case", "title"), "new-pair"), (("case", "=x"), "new-pair"), (("case", "title=a", "title.b=c"), "new-pair"),
    (("case", "ladder.1.level=社区自办"), "new-gap"), (("case", "source={text"), "new-brackets"),
    (("case", *GIVEN, "--id", "leak"), "new-exists"), (("case", *GIVEN, "--id", "Leak"), "new-id"),
    (("appeal", "title=a", "--id", "leak"), "new-id"), (("outcome", "title=a"), "new-by-command"),
    (("correction", "title=a"), "new-by-command")])
def test_what_can_not_be_done_is_refused(make_site: Make, run: Run, args: tuple[str, ...], code: str) -> None:
    """Pairs that say nothing, gaps in lists, ids that are taken or can't be one: refused, nothing written."""
    config = make_site()
    before = tree(config.parent)
    result = run("new", *args, "--config", str(config))
    assert result.exit_code == 1 and f"[{code}]" in result.stderr
    assert tree(config.parent) == before


def test_stdout_writes_no_file(make_site: Make, run: Run) -> None:
    """With --stdout the record is only printed."""
    config = make_site()
    before = tree(config.parent)
    result = run("new", "case", "--config", str(config), "--stdout", *GIVEN, "source={text: 街道公告, place: 第二张}")
    assert yaml.safe_load(result.stdout)["source"] == [
        "press", {"text": "街道公告", "place": "第二张"}]
    assert tree(config.parent) == before


def test_words_stand_for_what_is_written(make_site: Make) -> None:
    """Choices may be given by their Chinese word, flags by 是 and 否, mappings and lists between brackets."""
    data = drafting.filled("person", [
        "ground=因公职公开", "illustrative=是", "backing={role: 社区干部, name: 值班干部}", "deeds=[巡楼, 送餐]"])
    assert data == {"ground": "office", "illustrative": True, "backing": [{"role": "社区干部", "name": "值班干部"}],
                    "deeds": ["巡楼", "送餐"]}


def pairs(data: object, above: str = "") -> Iterator[str]:
    """Yield a record's values as `NAME=VALUE`, in order."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from pairs(value, f"{above}.{name}" if above else name)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from pairs(value, f"{above}.{index}")
    else:
        yield f"{above}={str(data).lower() if isinstance(data, bool) else data}"


@pytest.mark.parametrize("kind", kinds())
def test_every_example_can_be_given_as_fields(kind: str) -> None:
    """Whatever an example of any kind says can be said in fields, at whatever depth."""
    data = load.parse(kinds()[kind].example)
    assert drafting.filled(kind, pairs(data)) == data


@given(st.lists(st.one_of(st.sampled_from(["a", "b"]), st.just(0)), min_size=1, max_size=4), st.text(max_size=5))
def test_placed_puts_a_value_where_it_is_asked_for(at: list[str | int], value: str) -> None:
    """What was put at some keys is found there, and the value before it is not touched."""
    before: dict[str, object] = {}
    found = placed(before, tuple(["x", *at]), value)
    for key in ["x", *at]:
        found = found[key]
    assert found == value and before == {}


# ── what content holds ──


def test_records_are_found_by_id_and_title(make_site: Make) -> None:
    """A reference may be given by id, by title, or by a part of either; the likeliest stand first."""
    shelf = drafting.Shelf(cli.site_at(make_site({**BASE, **RATED})))
    assert shelf.find("b3", ["area"]) == [drafting.Match("b3", "3栋")]
    assert shelf.find("清水小区", ["area"])[0].ref == "estate"
    assert [match.ref for match in shelf.find("清水", ["area", "organisation"])] == ["area/estate", "organisation/team"]
    assert shelf.find("estatte", ["area"])[0].ref == "estate"
    assert shelf.find("没有的", ["area"]) == []


def test_broken_neighbour_does_not_stand_in_the_way(make_site: Make, run: Run) -> None:
    """A record elsewhere that can't be read keeps nobody from writing a new one."""
    config = make_site({"areas/broken.yml": "title: [\n"})
    assert run("new", "case", "--config", str(config), *GIVEN).exit_code == 0


# ── questions ──


def interview(config: Path, kind: str, *answers: str) -> tuple[dict[str, object], list[str]]:
    """Return what a record says once these answers were given, and what was shown; fails where any is left over."""
    said, left = list[str](), list(answers)

    def ask(question: str) -> str:
        said.append(question)
        return left.pop(0)

    talk = Interview(kind, drafting.Shelf(cli.site_at(config)), Talk(ask, said.append))
    data = talk.record()
    assert left == []
    return data, said


def test_answers_make_a_record(make_site: Make) -> None:
    """Required fields come first; choices go by number, references by what they are called, lists until Enter."""
    data, said = interview(
        make_site(), "case", "楼道灯不亮", "press", "", "路灯", "3栋", "2026-05-06", "2026-05-06",
        "y", "1", "2026-05-06", "", "", "n", "2026-05-08", "照片", "回访", "", "", "5")
    assert data == {"title": "楼道灯不亮", "source": "press", "category": "路灯", "area": "b3",
                    "reported": "2026-05-06", "accepted": "2026-05-06",
                    "ladder": [{"level": "社区自办", "date": "2026-05-06"}],
                    "resolved": "2026-05-08", "evidence": ["照片", "回访"], "satisfaction": "5"}
    assert any("标题 title（必填）" in line for line in said) and "  1 社区自办" in said


def test_wrong_answers_are_asked_again(make_site: Make) -> None:
    """A fault is told at once, in the words of the check, and the same question is put again."""
    data, said = interview(
        make_site(), "case", "", "楼道灯不亮", "press", "", "路灯", "", "5月", "2026-05-06", *[""] * 5, "9", "4")
    assert data["reported"] == "2026-05-06" and data["satisfaction"] == "4"
    assert sum(line.startswith("  ✗") for line in said) == 3
    assert any("不是日期" in line for line in said)


def test_fault_between_fields_is_told_at_once(make_site: Make) -> None:
    """A day before the one that it follows is refused when it is given."""
    data, said = interview(make_site(), "case", "楼道灯不亮", "press", "", "路灯", "", "2026-05-06", "", "",
                           "2026-05-01", "2026-05-09", "", "", "")
    assert data["resolved"] == "2026-05-09" and "accepted" not in data
    assert any(line.startswith("  ✗") and "reported" in line for line in said)


def test_fault_of_the_whole_is_mended(make_site: Make) -> None:
    """What only shows when all is known is told at the end, with the fields that might mend it."""
    data, said = interview(make_site(), "code", "门牌", "press", "", "1", "2026-05-06", "", "", "too", "to", "3栋")
    assert data["to"] == "area/b3"
    assert sum("to（通向）" in line for line in said) == 2


def test_source_that_is_no_document_is_given_in_words(make_site: Make) -> None:
    """A source that the site does not have is taken as words, after a question; + asks for each part."""
    data, _ = interview(make_site(), "document", "物业公告", "街道公告栏", "y", "", "通知", *[""] * 4)
    assert data["source"] == {"text": "街道公告栏"}


def test_several_likely_records_are_offered(make_site: Make) -> None:
    """Of several places that might be meant, one is chosen by its number; none of them asks again."""
    config = make_site({"areas/b4.yml": BASE["areas/b3.yml"].replace("3栋", "4栋")})
    data, said = interview(config, "case", "灯", "press", "", "路灯", "栋", "", "栋", "2", *[""] * 7)
    assert data["area"] == "b4" and said.count("  2 b4 4栋") == 2


def test_every_kind_can_be_asked_for(make_site: Make) -> None:
    """For every kind written by hand, the questions hold all that is required, each once."""
    shelf = drafting.Shelf(cli.site_at(make_site()))
    for kind, model in kinds().items():
        talk = Interview(kind, shelf, Talk(lambda question: "", lambda line: None))
        asked: list[Field] = talk._asked(fields(model), ())
        assert {one.name for one in fields(model) if one.required} <= {one.name for one in asked}
        assert len({one.name for one in asked}) == len(asked)
        assert not {one.name for one in asked} & {"illustrative", "id"}


CTRL_C = b"\x03"


def in_terminal(cwd: Path, *answers: bytes) -> tuple[str, int]:
    """Return what `gongshi new document` says in a terminal to these answers, and how it ends."""
    child, terminal = pty.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell that runs the tests in the background ignores it
        os.chdir(cwd)
        os.environ |= {"PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
        os.execv(sys.executable, [sys.executable, "-m", "generator", "new", "document"])
    said, left, last = b"", list(answers), b""
    for _ in range(10):
        while select.select([terminal], [], [], 2)[0]:
            try:
                more = os.read(terminal, 65536)
            except OSError:  # what a terminal says whose other side is gone
                more = b""
            if not more:
                os.close(terminal)
                return said.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said += more
            if said.endswith(b"> ") and left:
                last = left.pop(0)
                os.write(terminal, last)
        if last == CTRL_C:  # Python's readline misses one that comes just before it listens, and waits for a key
            os.write(terminal, last)
    os.kill(child, signal.SIGKILL)
    raise AssertionError(said.decode())


def test_terminal_asks_and_writes(make_site: Make) -> None:
    """In a terminal the command asks, proposes an id, and writes the file."""
    config = make_site()
    answers = ["物业公告", "press", "", "通知", "", "2026-05-06", "", "", "gonggao"]
    said, code = in_terminal(config.parent, *(f"{one}\n".encode() for one in answers))
    assert code == 0 and "已写出：content/documents/2026/gonggao.yml" in said
    assert problems(config) == []


def test_giving_up_leaves_nothing_behind(make_site: Make) -> None:
    """Ctrl-C at any question writes nothing and says so."""
    config = make_site()
    before = tree(config.parent)
    said, code = in_terminal(config.parent, "物业公告\n".encode(), CTRL_C)
    assert code == 1 and "没有写任何东西" in said
    assert tree(config.parent) == before


def test_draft_never_overwrites(make_site: Make) -> None:
    """A file that came into being meanwhile is left as it is."""
    site = cli.site_at(make_site())
    shelf = drafting.Shelf(site)
    ready = drafting.draft("case", "lamp", drafting.filled("case", GIVEN), shelf)
    drafting.put_down(site, ready)
    with pytest.raises(DeskError, match="lamp"):
        drafting.put_down(site, ready)
    with pytest.raises(ContentError):
        drafting.draft("case", "lamp2", {"title": "灯"}, shelf)
