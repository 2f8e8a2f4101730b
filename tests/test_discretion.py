"""What would single out somebody in a building, and names that come to an end with their consent."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from generator.problem import ContentError
from tests.sites import BASE, RATED, build_site, check_site, codes, gongshi, problems, write_site

CASE = BASE["cases/leak.yml"]
NEED = "title: 想有人说说话\nsource: press\nform: 微心愿\narea: {}\nasker: {}\n"
HONOUR = "title: 王示例获评好邻居\nsource: press\naward: 好邻居\nrecipient: volunteer/wang\n"
WANG = "title: 王示例\nsource: press\narea: estate\nteam: team\n"
CONSENT = "ground: consent\nconsent: {given: 2026-05-06, until: 2026-12-01}\n"
SERVED = "  - {volunteer: wang, hours: 9}\n"


def found(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """Return the codes of a site's Problems."""
    return codes(problems(write_site(tmp_path, BASE | RATED | files)))


@pytest.mark.parametrize(("area", "figure", "expected"), [
    ("b3", "{label: 低保户, words: 2户, number: 2, unit: 户}", ["group-of-few"]),
    ("b3", "{label: 独居老人, words: 一位}", ["group-of-few"]),
    ("b3", "{label: 独居老人, words: 3位, number: 3}", []), ("estate", "{label: 低保户, words: 2户, number: 2}", []),
    ("b3", "{label: 低保户, words: 2户以上, number: 2, bound: at_least}", []),
    ("b3", "{label: 低保户, words: 没有, number: 0}", []),
    ("b3", "{label: 残疾人坡道, words: 2处, number: 2}", []), ("b3", "{label: 电梯, words: 2部, number: 2}", [])])
def test_one_or_two_of_a_protected_group_in_a_building(tmp_path: Path, area: str, figure: str, expected: list[str]
                                                      ) -> None:
    """One or two of a protected group are refused of a building; three, an estate's, and other things are not."""
    assert found(tmp_path, {"cases/leak.yml": CASE.replace("area: b3", f"area: {area}") + f"claims: [{figure}]\n"}
                 ) == expected


def test_a_building_tells_no_such_figure_of_itself(tmp_path: Path) -> None:
    """A figure on the building's own page counts as one of the building; one deep inside a record does, too."""
    own = BASE["areas/b3.yml"] + "claims: [{label: 失独家庭, words: 1户, number: 1}]\n"
    gift = ("title: 捐灯\nsource: press\narea: b3\ngifts: [{item: 灯, quantity: {words: 9盏, number: 9, unit: 盏}}]\n"
            "uses: [{item: 灯, purpose: 给独居老人换灯, people: {words: 2户, number: 2}}]\n")
    assert found(tmp_path, {"areas/b3.yml": own, "donations/lamps.yml": gift}) == ["group-of-few"] * 2


@pytest.mark.parametrize(("area", "asker", "expected"), [
    ("b3", "独居老人", ["singled-out"]), ("estate", "独居老人", []), ("b3", "某居民", []), ("b3", "几位老人", [])])
def test_resident_of_a_building_is_not_told_of_by_such_a_word(tmp_path: Path, area: str, asker: str,
                                                              expected: list[str]) -> None:
    """Who asks in a building is a resident; in an estate it may be said that somebody lives alone."""
    assert found(tmp_path, {"needs/talk.yml": NEED.format(area, asker)}) == expected


@pytest.mark.parametrize(("title", "expected"), [
    ("301室的低保户家里漏水", ["singled-out"]),
    ("一位独居老人想有人来看看", ["singled-out"]), ("门前残疾人坡道坏了", []),
    ("独居老人家里想装扶手", [])])
def test_case_in_a_building_singles_nobody_out(tmp_path: Path, title: str, expected: list[str]) -> None:
    """A case tells of no one household by such a word; of what is for many of them it may."""
    assert found(tmp_path, {"cases/leak.yml": CASE.replace("楼道漏水", title)}) == expected


def test_honour_does_not_name_whom_their_record_masks(tmp_path: Path) -> None:
    """A title's whole name stands where the recipient's own record shows it for good: not masked, not for a time."""
    files = {"volunteers/wang.yml": WANG + "ground: press\n", "honours/good.yml": HONOUR}
    assert found(tmp_path, files) == []
    assert found(tmp_path, files | {"volunteers/wang.yml": WANG.replace("王示例", "王某")}) == ["name-masked-elsewhere"]
    assert found(tmp_path, files | {"volunteers/wang.yml": WANG + CONSENT}) == ["name-masked-elsewhere"]


def everything(release: Path) -> dict[str, str]:
    """Return every file of a release by its path, unpacked, as text."""
    folder = release.resolve()
    return {path.relative_to(folder).as_posix(): _text(path.read_bytes())
            for path in sorted(folder.rglob("*")) if path.is_file()}


def _text(data: bytes) -> str:
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return data.decode(errors="replace")


def test_name_by_consent_is_on_pages_alone_and_ends_everywhere(tmp_path: Path) -> None:
    """It stands on pages, each time with end and mask, and in no data, search, picture or title; then nowhere."""
    clean = RATED["activities/clean.yml"] + SERVED
    files = {"volunteers/wang.yml": WANG + CONSENT, "activities/clean.yml": clean}
    config = write_site(tmp_path, BASE | RATED | files)
    while_it_holds = everything(build_site(config, tmp_path / "out", date(2026, 12, 1)))
    named = {path: text for path, text in while_it_holds.items() if "王示例" in text}
    assert {"volunteers/wang.html", "boards/points.2026.html"} <= named.keys()
    for path, text in named.items():
        assert path.endswith(".html"), path
        assert text.count('data-expires="2026-12-01" data-expires-as="王某">王示例<') == text.count("王示例"), path
    assert "<title>王某" in named["volunteers/wang.html"]
    assert "王某" in while_it_holds["boards/points.2026.csv"]
    ended = everything(build_site(config, tmp_path / "out", date(2026, 12, 2)))
    assert not [path for path, text in ended.items() if "王示例" in text]
    assert "<h1 lang=\"zh\">王某</h1>" in ended["volunteers/wang.html"]


def test_editor_is_told_of_a_consent_that_ended(tmp_path: Path) -> None:
    """A note says that the file still holds the name; it never repeats it."""
    write_site(tmp_path, BASE | {"volunteers/wang.yml": WANG + CONSENT})
    told = gongshi("check", "--as-of", "2026-12-02", cwd=tmp_path)
    out, err = told.communicate()
    assert told.returncode == 0
    assert "content/volunteers/wang.yml:1:1: 提醒" in err.decode() and "[consent-ended]" in err.decode()
    assert "王示例" not in (out + err).decode()


def test_build_knows_the_names_that_must_not_stand(tmp_path: Path) -> None:
    """Names by consent, and two characters once it has ended: they may be a word. None that somebody bears by right."""
    short = "title: 白雪\nsource: press\n" + CONSENT
    config = write_site(tmp_path, BASE | {"volunteers/wang.yml": WANG + CONSENT, "volunteers/bai.yml": short})
    assert check_site(config, date(2026, 12, 1)).withheld == {"王示例"}
    assert check_site(config, date(2026, 12, 2)).withheld == {"王示例", "白雪"}
    write_site(tmp_path, {"people/other.yml": "title: 王示例\nsource: press\nrole: 站长\nground: office\n"})
    assert check_site(config, date(2026, 12, 2)).withheld == {"白雪"}


@pytest.mark.parametrize("as_of", [date(2026, 12, 1), date(2026, 12, 2)])
def test_name_by_consent_stands_in_no_free_text(tmp_path: Path, as_of: date) -> None:
    """What no browser would mask on the day is refused when it is written: nothing is published, its file is named."""
    case = CASE + "description: 王示例一早带人疏通了管道\n"
    config = write_site(tmp_path, BASE | {"volunteers/wang.yml": WANG + CONSENT, "cases/leak.yml": case})
    with pytest.raises(ContentError) as told:
        build_site(config, tmp_path / "out", as_of)
    assert ("built-personal", "content/cases/leak.yml") in {(p.code, p.place.path) for p in told.value.problems}
    assert "王示例" not in str(told.value) and not (tmp_path / "out" / "current").exists()
