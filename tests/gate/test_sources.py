"""What may stand is decided by the field; keys, comments, names of files and what a build adds are judged as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import gate, load, score
from generator.records import kinds
from generator.records.fields import fields, walk
from tests.gate.test_personal import CARD_19, ID, PHONE
from tests.sites import CODE, CONFIG, ISSUED, RATED, build_site, frozen, places, problems, scored

CASE = "title: 漏水\nsource: press\ncategory: 漏水\n"
OFFICE = [PHONE, "office@example.org", "微信号 office_01", "QQ 10000012", "3栋2单元501室"]
NEVER = [ID, CARD_19, "湘B12345", "护照E00012345", "27.8273, 113.1516", "张*三"]
CONTACTS = [("people", "contact"), ("organisations", "contact"), ("services", "contact"), ("resources", "contact"),
            ("listings", "reply_channel"), ("assessments", "reply_channel"), ("honours", "publicity.channel"),
            ("announcements", "channel")]


def found(text: str, path: str = "people/p.yml") -> list[str]:
    """Return the codes of what is wrong with a file."""
    return [problem.code for problem in gate.judge(text, path, load.parse(text)).problems]


def test_fields_for_contacts_are_marked_in_the_models() -> None:
    """These fields, and no others, hold what an office tells of itself."""
    marked = {(model.folder, ".".join(names)) for model in kinds().values()
              for names, one in walk(fields(model)) if one.contact}
    assert {(folder, name.rpartition(".")[2]) for folder, name in marked} == {
        (folder, name.rpartition(".")[2]) for folder, name in CONTACTS}


@pytest.mark.parametrize("value", OFFICE)
def test_office_is_reached_by_what_its_field_says(value: str) -> None:
    """Telephone, e-mail, accounts and the room of an office stand in a field for them, and in no other."""
    judged = gate.judge(f"contact: {value}\n", "people/p.yml", {"contact": value})
    assert judged.problems == [] and len(judged.allowed) == 1
    for text, path in ((f"note: {value}\n", "people/p.yml"), (f"contact: {value}\n", "cases/c.yml"),
                       (f"steps:\n  - contact: {value}\n", "people/p.yml"), (f"# {value}\ntitle: x\n", "people/p.yml")):
        assert len(found(text, path)) == 1
    assert len(found(f"contact: {value}\nnote: {value}\n")) == 2


@pytest.mark.parametrize("value", NEVER)
def test_no_field_may_hold_what_is_nobodys_to_publish(value: str) -> None:
    """Numbers of cards, documents and plates, and positions, are refused in fields of offices too."""
    assert len(found(f'contact: "{value}"\n')) == 1


def test_settings_say_how_the_site_is_reached(make_site: Callable[..., Path]) -> None:
    """The site's own two contacts are public by purpose; all else in its configuration is not."""
    text = f"identity:\n  name: x\n  contact: {PHONE}\nprivacy:\n  contact: office@example.org\n"
    assert found(text, "site_config.yml") == []
    assert found(text.replace("name: x", f"name: {PHONE}"), "site_config.yml") == ["personal-phone"] * 2
    [problem] = problems(make_site(config=CONFIG + f"# 有事找 {PHONE}\n"))
    assert problem.code == "personal-phone" and problem.place.line == CONFIG.count("\n") + 1


def test_remedy_names_the_field_of_the_kind() -> None:
    """An editor is told which field may hold a telephone: the kind's own, else an organisation's."""
    for path, field in (("listings/l.yml", "`reply_channel`"), ("cases/c.yml", "`organisation.contact`")):
        [problem] = gate.judge(f"note: {PHONE}\n", path, {"note": PHONE}).problems
        assert field in problem.message("zh") and field in problem.message("en")


def test_keys_comments_and_escapes_hide_nothing() -> None:
    """The repository is public as well: comments and keys count, and so do digits written as escapes."""
    escaped = "".join(f"\\u{ord(c):04x}" for c in PHONE)
    for text in (f"title: x # {PHONE}\n", f"{PHONE}: x\n", f'"{escaped}": x\n', f'note: "{escaped}"\n',
                 "note: 电话 139 0733\n      0000\n", f"title: {{a: [x, '{PHONE}']}}\n"):
        assert found(text) == ["personal-phone"]


def test_names_of_files_are_judged(make_site: Callable[..., Path]) -> None:
    """A number in the name of a record, a photo or a page is told without being repeated."""
    told = problems(make_site({f"cases/lou-{PHONE}.yml": CASE, f"pages/{PHONE}.md": "# 页\n",
                               f"photos/{PHONE}.jpg": b"x"}))
    names = [one for one in told if one.code == "personal-phone"]
    assert len(names) == 3 and not any(PHONE in one.line() for one in names)


def test_rows_of_frozen_periods_and_the_ledger_are_judged(make_site: Callable[..., Path]) -> None:
    """What lies beside records is published, too: a telephone in it is told at its line."""
    ledger = ISSUED["codes/issued.txt"]
    told = problems(make_site({**ISSUED, "codes/issued.txt": f"{ledger}{CODE} 2026-05-01 {PHONE}\n"}))
    assert places(told) == [("personal-phone", "codes/issued.txt", ledger.count("\n") + 1, len(CODE) + 13)]
    assert PHONE not in told[0].line()


def test_rows_beside_a_frozen_record_are_judged(make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
                                                ) -> None:
    """The rows of a closed period are published as they are: a telephone in one of them is refused."""
    files = {**RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")}
    rows = score.rows_text(board := scored(files).board("points", "2025"))
    leaky = rows.replace(b'"detail":""', b'"detail":"%s"' % PHONE.encode(), 1)
    monkeypatch.setattr(score, "rows_text", lambda outcome: leaky)
    told = places(problems(make_site({**files, **frozen(board)})))
    assert [(code, path, line) for code, path, line, _ in told] == [("personal-phone", "outcomes/points-2025.json", 2)]


def test_front_matter_and_paragraphs_are_judged(make_site: Callable[..., Path]) -> None:
    """Prose is judged as a whole, its title and what runs over a line end included."""
    told = problems(make_site({"pages/a.md": f"---\ntitle: {PHONE}\n---\n# 关于\n\n电话 139 0733\n0000，湘B12345。\n"}))
    assert [(code, line) for code, _, line, _ in places(told)] == [
        ("personal-phone", 2), ("personal-phone", 6), ("personal-plate", 7)]


def test_what_an_office_publishes_is_published(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A telephone in a field for it passes both gates and stands on the page."""
    person = f"title: 某楼栋长\nsource: press\nrole: 楼栋长\nground: office\ncontact: {PHONE}\n"
    build_site(make_site({"people/p-0001.yml": person}), tmp_path / "site")
    assert PHONE in (tmp_path / "site/current/people/p-0001.html").read_text(encoding="utf-8")
