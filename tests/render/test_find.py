"""找我家 without a script: lists by place and by initial; and the index that the script reads."""

import json
import re
from pathlib import Path

import pytest

from generator.records.area import reading, spelled
from generator.render.find import SLICE, initial
from generator.render.lists import natural
from tests.sites import BASE, CONFIG, build_site, write_site

MADE_UP = {"documents/illustration.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n",
           "areas/made-up.yml": "title: 假想里\nsource: illustration\nlevel: 小区\nillustrative: true\n"}
TOWN = {
    **BASE, **MADE_UP,
    "areas/street.yml": "title: 长江街道\nsource: press\nlevel: 镇街\n",
    "areas/community.yml": "title: 清水社区\nsource: press\nlevel: 社区\narea: street\n",
    "areas/estate.yml": "title: 清水小区\nsource: press\nlevel: 小区\narea: community\n",
    "areas/b12.yml": "title: 清水小区12栋\nsource: press\nlevel: 楼栋\narea: estate\naddress: 后街1号\n",
    "areas/u2.yml": "title: 2单元\nsource: press\nlevel: 单元\narea: b12\n",
    "areas/gone.yml": "title: 旧楼\nsource: press\nlevel: 楼栋\narea: estate\n"
                      "withdrawn: {date: 2026-01-02, reason: 已拆}\n",
}


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("find")
    build_site(write_site(root, TOWN), root / "site")
    return root / "site/current/find"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def index(folder: Path) -> dict[str, object]:
    text = read(folder / "places.js")
    assert text.startswith("window.gongshiPlaces=") and text.endswith(";\n")
    return json.loads(text[len("window.gongshiPlaces="):-2])


def reached(folder: Path) -> set[str]:
    """Return the places that the plain lists lead to."""
    link = re.compile(r'href="\.\./areas/([a-z0-9-]+)\.html"')
    return {id for page in folder.glob("*.html") for id in link.findall(read(page))} - {"index"}


def test_every_place_is_reached_without_a_script(find: Path) -> None:
    """From the first page on, plain links lead to every place that stands."""
    first = read(find / "index.html")
    for href in re.findall(r'href="([a-z.-]+\.html)"', first.partition("<article")[2].partition("</article>")[0]):
        assert (find / href).exists()
    assert reached(find) == {"street", "community", "estate", "b3", "b12", "u2", "made-up"}


def test_doors_are_sorted_by_number_and_named_shortly(find: Path) -> None:
    """Below an estate stand its doors, 3栋 before 12栋, without the estate's name again."""
    html = read(find / "in.community.html").partition("gs-doors")[2]
    doors = re.findall(r'<li><a href="[^"]+">([^<]+)</a></li>', html)
    assert doors == ["3栋", "12栋", "12栋2单元"]


def test_initials_follow_speech(find: Path) -> None:
    """长江 stands under C, not Z: names are spelled as wholes."""
    assert "长江街道" in read(find / "c.html")
    assert "清水小区" in read(find / "q.html")


def test_made_up_places_stand_apart(find: Path) -> None:
    """Illustrative places have lists of their own, and a mark in the index."""
    assert "假想里" in read(find / "j.example.html")
    assert not (find / "j.html").exists()
    marks = {values[1]: values[4:5] for values in index(find)["places"]}  # type: ignore[attr-defined]
    assert marks["made-up"] == [1] and marks["b12"] != [1]


def test_index_names_who_stands_above_whom(find: Path) -> None:
    """Each place carries the number of the place above it, which comes before it; the withdrawn are left out."""
    places = index(find)["places"]
    assert isinstance(places, list)
    at = {values[1]: i for i, values in enumerate(places)}
    assert "gone" not in at
    assert [places[at["u2"]][2], places[at["b12"]][2], places[at["street"]][2]] == [at["b12"], at["estate"], -1]
    assert all(values[2] < i for i, values in enumerate(places))


def test_page_loads_scripts_of_its_own_only(find: Path) -> None:
    """The search page brings the index and the script as files beside it, and no script inside it."""
    html = read(find / "index.html")
    assert '<script src="places.js" defer></script>' in html and re.search(r'src="\.\./assets/find\.\w+\.js"', html)
    assert not re.search(r"<script>(?!\s*</script>)", html)
    assert not re.search(r"assets/find\.|places\.js", read(find.parent / "areas/b3.html"))


@pytest.mark.parametrize(("title", "letter"), [("晨光小区", "C"), ("“益+亲”", "Y"), ("12栋", "#"), ("A座", "A"),
                                               ("éa", "#")])
def test_initial(title: str, letter: str) -> None:
    """The letter of a name is that of its first character as spoken; what has none stands under #."""
    assert initial(spelled(title)) == letter


def test_numbers_sort_as_numbers() -> None:
    """2栋, 3栋, 12栋, and 3栋1单元 after 3栋."""
    assert sorted(["12栋", "3栋1单元", "2栋", "3栋"], key=natural) == ["2栋", "3栋", "3栋1单元", "12栋"]


def test_characters_with_several_readings_keep_them_all() -> None:
    """长 is found as chang and as zhang; what is no Chinese character has no reading."""
    assert reading("光") == "光guang" and {"chang", "zhang"} <= {*reading("长")[1:].split()}
    assert "lv" in reading("绿")[1:].split()
    assert reading("3") == reading("a") == ""


def test_many_doors_come_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the doors leave the first file; those of one estate stay together, each in one slice."""
    monkeypatch.setattr("generator.render.find.SLICE", 6)
    estates = {f"areas/e{e}.yml": f"title: 小区{e}\nsource: press\nlevel: 小区\n" for e in range(4)}
    doors = {f"areas/e{e}-{n}.yml": f"title: {n}栋\nsource: press\nlevel: 楼栋\narea: e{e}\n"
             for e in range(4) for n in range(1, 4)}
    build_site(write_site(tmp_path, {**BASE, **estates, **doors}, CONFIG), tmp_path / "site", workers=1)
    folder = tmp_path / "site/current/find"
    top = index(folder)["places"]
    assert isinstance(top, list)
    assert {values[1] for values in top} == {"estate", "e0", "e1", "e2", "e3"}
    seen = []
    for path in sorted(folder.glob("places.*.js")):
        call = re.fullmatch(r"window\.gongshiSlice\((\d+),(.*)\);\n", read(path))
        assert call
        number, one = call[1], json.loads(call[2])
        assert one["at"] == len(top) + len(seen) and len(one["places"]) <= 6
        seen += [values[1] for values in one["places"]]
        for values in one["places"]:
            assert int(number) in top[values[2]][6]
    assert sorted(seen) == sorted(["b3", *(f"e{e}-{n}" for e in range(4) for n in range(1, 4))])
    assert SLICE > 6
