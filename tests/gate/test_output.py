"""Whatever is personal is found in each format and at each place of a release, and nothing else is.

Every number here is invented; the check characters are computed.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
import zxingcpp
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator import gate
from generator.gate import pictures
from generator.problem import ContentError, Problem
from generator.render.badge import qr_svg
from generator.search.words import stream
from tests.gate.planted import PLANTED
from tests.pictures import encoded, exif, picture, scene
from tests.sites import BASE, CONFIG, LISTED, RATED, build_site, write_site

GROUND = gate.Ground()


def thirds(value: str) -> tuple[str, str, str]:
    """Return a text in three parts."""
    cut = len(value) // 3
    return value[:cut], value[cut:2 * cut], value[2 * cut:]


def page(body: str, head: str = "") -> bytes:
    """Return a page in which something stands."""
    return f'<!doctype html>\n<html lang="zh">\n<head>{head}</head>\n<body>\n{body}\n</body></html>\n'.encode()


def packed(**members: str) -> bytes:
    """Return a zip file; `__` stands for a dot, `_` for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), text)
    return out.getvalue()


def escaped(value: str) -> str:
    """Return a text as a script may write it."""
    return "".join(f"\\u{ord(c):04x}" for c in value)


def percents(value: str) -> str:
    """Return a text as an address may hold it, no character plain."""
    return "".join(f"%{byte:02X}" for byte in value.encode())


def cbor(*words: str) -> bytes:
    """Return words as a part of a search index holds them: each with its length before it."""
    def one(word: str) -> bytes:
        data = word.encode()
        return (bytes([0x60 + len(data)]) if len(data) < 24 else bytes([0x78, len(data)])) + data

    return b"pagefind_dcd\x81\x99\x03\xcb" + b"\x81\x83\x19\x02".join(map(one, words)) + b"\x80"


PLACES: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "text": lambda v: ("a.html", page(f"<p>联系{v}，谢谢</p>")),
    "text broken by tags": lambda v: ("a.html", page("<p>{}<b>{}</b><i lang='zh'>{}</i></p>".format(*thirds(v)))),
    "text broken by a comment": lambda v: ("a.html", page("<p>{}{}<!-- 略 -->{}</p>".format(*thirds(v)))),
    "text in entities": lambda v: ("a.html", page("<p>" + "".join(f"&#{ord(c)};" for c in v) + "</p>")),
    "text with line breaks around": lambda v: ("a.html", page(f"<p>\n  {v}\n</p>")),
    "text of a cell": lambda v: ("a.html", page(f"<table><tr><td>2026-05-06</td><td>{v}</td><td>13</td></tr></table>")),
    "text behind a loose <": lambda v: ("a.html", page(f"<p>5 < {v} > 3</p>")),
    "text of a tag that is not closed": lambda v: ("a.html", page(f"<p title='{v}")),
    "title": lambda v: ("a.html", page("", f"<title>{v} - 公示</title>")),
    "meta description": lambda v: ("a.html", page("", f'<meta name="description" content="{v}">')),
    "comment": lambda v: ("a.html", page(f"<!-- {v} -->")),
    "comment with tags": lambda v: ("a.html", page(f"<!-- <p>{v}</p> -->")),
    "alt": lambda v: ("a.html", page(f'<img src="a.png" alt="照片 > {v}">')),
    "title attribute": lambda v: ("a.html", page(f"<a title='{v}'>这里</a>")),
    "aria-label": lambda v: ("a.html", page(f'<svg role="img" aria-label="二维码：{v}"><path d="M1 2"/></svg>')),
    "value": lambda v: ("a.html", page(f'<input value="{html.escape(v)}">')),
    "data attribute": lambda v: ("a.html", page(f"<p data-told='{v}'></p>")),
    "address in percents": lambda v: ("a.html", page("<a href='x?q=" + percents(v) + "'>")),
    "data in a script": lambda v: ("a.html", page(f'<script type="application/json">{{"a": "{escaped(v)}"}}</script>')),
    "style": lambda v: ("a.html", page(f"<style>p::after {{ content: '{v}' }}</style>")),
    "folder of a name": lambda v: ("b/c.html", page(f"<p>{v}</p>")),
    "svg text": lambda v: ("a.svg", "<svg><text x='1'>{}<tspan>{}</tspan>{}</text></svg>".format(*thirds(v)).encode()),
    "svg title": lambda v: ("a.svg", f"<svg><title>{v}</title><path d='M1 2'/></svg>".encode()),
    "svg desc": lambda v: ("a.svg", f"<svg><desc>{v}</desc></svg>".encode()),
    "feed": lambda v: ("feed.atom", f"<feed><entry><title>{v}</title></entry></feed>".encode()),
    "cdata": lambda v: ("feed.xml", f"<rss><description><![CDATA[{v}]]></description></rss>".encode()),
    "sitemap": lambda v: ("sitemap.xml", f"<urlset><url><loc>https://a.cn/?q={v}</loc></url></urlset>".encode()),
    "json value": lambda v: ("a.json", json.dumps({"a": ["x", {"b": v}]}).encode()),
    "json key": lambda v: ("a.json", json.dumps({v: 1}, ensure_ascii=False).encode()),
    "json that is broken": lambda v: ("a.json", f'{{"a": "{v}"'.encode()),
    "json lines": lambda v: ("a.jsonl", f'{{"a": 1}}\n{{"a": "{v}"}}\n'.encode()),
    "csv": lambda v: ("a.csv", f'\ufeff日期,说明\n2026-05-06,"{v}"\n'.encode()),
    "tsv": lambda v: ("a.tsv", f"日期\t说明\n2026-05-06\t{v}\n".encode()),
    "text file": lambda v: ("robots.txt", f"# {v}\n".encode()),
    "headers": lambda v: ("_headers", f"/*\n  X-Contact: {v}\n".encode()),
    "calendar": lambda v: ("a.ics", f"BEGIN:VEVENT\r\nSUMMARY:{v}\r\nEND:VEVENT\r\n".encode()),
    "script": lambda v: ("a.js", f'window.x = {{"a": "{v}"}};'.encode()),
    "script in escapes": lambda v: ("a.js", f"var a = '{escaped(v)}';".encode()),
    "stylesheet": lambda v: ("a.css", f"/* {v} */".encode()),
    "unknown ending": lambda v: ("a.xyz", f"{v}\n".encode()),
    "two bytes a character": lambda v: ("a.txt", f"电话 {v}\n".encode("utf-16")),
    "workbook": lambda v: ("a.xlsx", packed(xl_sharedStrings__xml=f"<sst><si><t>{v}</t></si></sst>")),
    "workbook in runs": lambda v: ("a.xlsx", packed(
        xl_sharedStrings__xml="<sst><si><r><t>{}</t></r><r><rPr><b/></rPr><t>{}{}</t></r></si></sst>".format(*thirds(v)))),
    "workbook's author": lambda v: ("a.xlsx", packed(docProps_core__xml=f"<dc:creator>{v}</dc:creator>")),
    "text document": lambda v: ("a.docx", packed(
        word_document__xml="<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:t>{}{}</w:t></w:r></w:p>".format(*thirds(v)))),
    "zip in a zip": lambda v: ("a.zip", packed(a__txt="x")[:0] + _nested(v)),
    "compressed copy": lambda v: ("a.html.gz", gzip.compress(page(f"<p>{v}</p>"))),
    "search fragment": lambda v: ("search/rest/fragment/x0_1.pf_fragment", gzip.compress(
        b"pagefind_dcd" + json.dumps({"url": "a.html", "content": stream(f"请联系{v}，谢谢")}).encode())),
    "search title": lambda v: ("search/rest/fragment/x0_1.pf_fragment", gzip.compress(
        b"pagefind_dcd" + json.dumps({"url": "a.html", "content": "", "meta": {"title": v}}).encode())),
    "folder name": lambda v: (f"{v}/index.html", page("")),
    "file name": lambda v: (f"boards/{v}.csv", b"x\n"),
}


def _nested(value: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("b/inner.zip", packed(a__txt=f"电话 {value}"))
    return out.getvalue()


def found(folder: Path, files: dict[str, bytes], ground: gate.Ground = GROUND) -> list[gate.Leak]:
    """Return what is found in a release of these files."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return gate.inspect(folder, sorted(files), ground)


@pytest.mark.parametrize("place", PLACES)
def test_leak_of_every_family_is_found_in_every_format(tmp_path: Path, place: str) -> None:
    """Each family at each place: found there, as what it is, and never shown whole."""
    for code, value in PLANTED:
        path, data = PLACES[place](value)
        leaks = [one for one in found(tmp_path, {path: data}) if one.code == code]
        assert {one.path for one in leaks} == {path}, code
        told = " ".join(problem.line() for problem in gate.problems(leaks))
        assert not any(one.value.lower() in told.lower() for one in leaks) and "[built-personal]" in told


@pytest.mark.parametrize("value", [value for code, value in PLANTED if value.isdigit()])
def test_numbers_are_found_in_indexes(tmp_path: Path, value: str) -> None:
    """A word of an index is found whatever byte tells its length before it."""
    for ending in ("pf_index", "pf_meta"):
        for before in ("某某小区", "2026"):
            data = gzip.compress(cbor(before, f"{value}\u3126", "x"))
            assert [one.value for one in found(tmp_path, {f"x.{ending}": data})] == [value]


SILENT: dict[str, tuple[str, bytes]] = {
    "cells beside each other": ("a.html", page("<tr><td>2026-05-06</td><td>1390733</td><td>0000</td></tr>")),
    "attributes beside each other": ("a.html", page('<img width="1390" height="733" data-x="0000">')),
    "list items": ("a.html", page("<li>139</li><li>0733</li><li>0000</li>")),
    "cells of a table file": ("a.csv", b"139,0733,0000\n13907,330000\n"),
    "values of data": ("a.json", b'{"a": [1390, 7330000], "b": "139", "c": "07330000"}'),
    "words of an index": ("a.pf_index", gzip.compress(cbor("139", "07330000"))),
    "digest in an address": ("a.html", page('<link href="assets/gongshi.b13907330000ade4.css">')),
    "digest": ("a.json", json.dumps({"sha": "3f9a8b1c13907330000ade41" * 2}).encode()),
    "drawn coordinates": ("a.html", page('<svg viewBox="0 0 139 0733"><path d="M139 0733 0000L62 2848"/></svg>')),
    "drawn coordinates in a stylesheet": ("a.css", b"a{b:url(\"data:image/svg+xml,<path d='M139.07 330000z'/>\")}"),
    "sum": ("a.html", page("<td>13,907,330,000.00 元</td>")),
    "program": ("a.pagefind", gzip.compress(b"pagefind_dcd\0asm\1\0\0\0" + b"13907330000")),
    "letters": ("a.woff2", b"wOF2" + bytes(range(256))),
}


@pytest.mark.parametrize("case", SILENT)
def test_what_only_looks_like_it_is_left_alone(tmp_path: Path, case: str) -> None:
    """Numbers that no reader sees as one are not joined, and what is drawn, signed or executed is not read."""
    path, data = SILENT[case]
    assert found(tmp_path, {path: data}) == []


def test_every_page_that_repeats_a_leak_is_named_and_the_many_are_told_once(tmp_path: Path) -> None:
    """What stands in a footer is found on each page, and told of three, with the number of the others."""
    files = {f"{i}.html": page(f"<p>第{i}页</p>\n<footer>13907330000</footer>") for i in range(9)}
    leaks = found(tmp_path, files)
    assert [one.path for one in leaks] == sorted(files)
    assert [p.values["page"] for p in gate.problems(leaks)] == ["0.html", "1.html", "2.html (+6)"]


def test_clean_pages_that_share_lines_do_not_hide_a_leak(tmp_path: Path) -> None:
    """A line that goes on in the next is looked through with it, whatever earlier pages held of both."""
    files = {"a.html": page("<p>139\n<b>x</b></p>"), "b.html": page("<p>y</p>\n0733 0000\n</p>"),
             "c.html": page("<p>139\n0733 0000\n</p>"), "d.html": page("<p>139\n<b>0733</b>\n  <i>0000</i>\n</p>"),
             "e.html": page("<p>139</p>\n<p>0733 0000</p>")}
    assert [one.path for one in found(tmp_path, files)] == ["c.html", "d.html"]


def test_what_sources_may_say_stays(tmp_path: Path) -> None:
    """A value that a field allows is no leak, wherever it is shown; another one is."""
    files = {"a.html": page("<p>13907330000</p>"), "b.html": page("<p>13907330001</p>")}
    ground = gate.Ground(allowed={("personal-phone", "13907330000")})
    assert [one.path for one in found(tmp_path, files, ground)] == ["b.html"]


@pytest.mark.parametrize("place", [name for name in PLACES if not name.endswith(" name")])
def test_withheld_name_is_found_in_every_format(tmp_path: Path, place: str) -> None:
    """A name that may no longer be shown is found at every place, by nothing but being that name."""
    path, data = PLACES[place]("柳三秋")
    assert found(tmp_path, {path: data}) == []
    leaks = found(tmp_path, {path: data}, gate.Ground(withheld={"柳三秋", "柳三"}))
    assert {(one.path, one.code, one.value) for one in leaks} == {(path, "withheld", "柳三秋")}
    assert all("柳三" not in problem.line() for problem in gate.problems(leaks))


def test_name_that_a_browser_masks_may_stand_there_alone(tmp_path: Path) -> None:
    """Where the browser takes a name back on its day it may stand, and nothing else that is personal."""
    link = '<a href="x.html" data-expires="2026-12-01" data-expires-as="柳某">{}</a>'
    files = {"a.html": page(f"<p>{link.format('柳三秋')}</p>"), "b.html": page(f"<p>{link.format('柳三秋')}柳三秋</p>"),
             "c.html": page(f"<p>{link.format('13907330000')}</p>")}
    leaks = found(tmp_path, files, gate.Ground(withheld={"柳三秋"}))
    assert [(one.path, one.code) for one in leaks] == [("b.html", "withheld"), ("c.html", "personal-phone")]


def test_finding_names_the_record_that_stands_nearest(tmp_path: Path) -> None:
    """A page of a record names its file; a row of a list or of data the record that it links."""
    rows = "".join(f'<tr><td><a href="../cases/{c}.html">{c}</a></td><td>{"13907330000" if c == "b" else ""}</td></tr>'
                   for c in "abc")
    files = {"cases/a.html": page("<p>13907330001</p>"), "lists/x.html": page(f"<table>{rows}</table>"),
             "boards/x.csv": b"case/c,13907330002\ncase/d,\n", "about.html": page("<p>13907330003</p>")}
    ground = gate.Ground(sources={f"cases/{c}.html": f"content/cases/{c}.yml" for c in "abcd"}
                         | {f"case/{c}": f"content/cases/{c}.yml" for c in "abcd"})
    leaks = found(tmp_path, files, ground)
    assert {one.path: one.source for one in leaks} == {
        "cases/a.html": "content/cases/a.yml", "lists/x.html": "content/cases/b.yml",
        "boards/x.csv": "content/cases/c.yml", "about.html": ""}


def test_finding_names_its_attribute(tmp_path: Path) -> None:
    """Where nobody sees it, the finding says in which attribute it stands."""
    files = {"a.html": page('<p>公示</p><img src="x.png" alt="电话 13907330000">')}
    [leak] = found(tmp_path, files)
    assert leak.part == "alt"


def test_code_to_scan_holds_what_its_label_says(tmp_path: Path) -> None:
    """A QR code is drawn from the text of its own label: whoever looks through labels looks through codes."""
    code = str(qr_svg("https://gongshi.example.org/q/2345p"))
    dark = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)h(\d+)", code)]
    image = Image.new("L", (4 * int(re.findall(r'viewBox="0 0 (\d+)', code)[0]),) * 2, 255)
    for x, y, width in dark:
        image.paste(0, (4 * x, 4 * y, 4 * (x + width), 4 * y + 4))
    [read] = zxingcpp.read_barcodes(image)
    assert read.text == "https://gongshi.example.org/q/2345p" and f'aria-label="二维码：{read.text}"' in code
    files = {"a.html": page(str(qr_svg("https://gongshi.example.org/?tel=13907330000")))}
    assert [one.part for one in found(tmp_path, files)] == ["aria-label"]


# ── pictures ──


def noted() -> PngInfo:
    """Return a remark inside a PNG."""
    info = PngInfo()
    info.add_text("Author", "SecretOwner")
    return info


def icon(**options: object) -> bytes:
    """Return an icon that holds one PNG."""
    inside = picture(16, 16, **options)  # type: ignore[arg-type]
    return b"\0\0\1\0\1\0" + bytes([16, 16, 0, 0, 1, 0, 32, 0]) + len(inside).to_bytes(4, "little") + \
        (22).to_bytes(4, "little") + inside


def profile() -> bytes:
    """Return a colour profile, which only says how pixels look."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(("data", "what"), [
    (picture(exif=exif()), ["EXIF"]), (picture(type="JPEG", exif=exif()), ["EXIF"]),
    (picture(type="WEBP", exif=exif()), ["EXIF"]), (picture(type="AVIF", exif=exif()), ["EXIF"]),
    (picture(type="JPEG", xmp=b"<x/>"), ["XMP"]), (picture(type="WEBP", xmp=b"<x/>"), ["XMP"]),
    (picture(type="AVIF", xmp=b"<x/>"), ["XMP"]), (picture(pnginfo=noted()), ["tEXt"]),
    (picture(type="JPEG", comment=b"SecretOwner"), ["comment"]),
    (picture(type="GIF", comment=b"SecretOwner"), ["comment"]),
    (icon(pnginfo=noted()), ["tEXt"]),
    *((picture(type=type) + b"more", [pictures.MORE]) for type in ("PNG", "JPEG", "WEBP", "GIF")),
    (picture()[:-8], [pictures.MORE]), (picture(type="JPEG")[:60], [pictures.MORE]),
], ids=count())
def test_what_stands_beside_pixels_is_found(tmp_path: Path, data: bytes, what: list[str]) -> None:
    """EXIF, XMP, comments and whatever was added behind are told by name, and cut files aren't trusted."""
    leaks = found(tmp_path, {"a.png": data})
    assert [one.value for one in leaks] == what and {one.code for one in leaks} == {"metadata"}


@pytest.mark.parametrize("data", [
    picture(), encoded(scene(mode="P")), encoded(scene(mode="RGBA")), picture(type="JPEG", progressive=True),
    picture(type="JPEG", icc_profile=profile(), dpi=(72, 72)), encoded(scene(mode="CMYK"), "JPEG"),
    picture(type="WEBP"), picture(type="WEBP", lossless=True, icc_profile=profile()),
    encoded(scene(mode="RGBA"), "WEBP"), picture(type="AVIF"),
    encoded(scene(mode="RGBA"), "AVIF"), picture(type="GIF"), icon(), picture(icc_profile=profile(), dpi=(72, 72)),
    encoded(Image.new("RGB", (8, 8)), "GIF", save_all=True, append_images=[scene(8, 8)], loop=0),
], ids=count())
def test_plain_pictures_hold_nothing_else(data: bytes) -> None:
    """Every type and mode without metadata is clean, with a colour profile too."""
    assert pictures.is_one(data) and pictures.metadata(data) == []


@pytest.mark.parametrize("data", [
    b"%PDF-1.7\n\xff", b"\x1f\x8b\x08broken", gzip.compress(b"x") + b"more", b"PK\3\4broken", "电话".encode("gbk"),
    b"\0\0\0\0ELF\xff",
], ids=count())
def test_what_nothing_can_look_into_is_told(tmp_path: Path, data: bytes) -> None:
    """Nothing passes unseen: a file that can't be opened is a Problem of its own."""
    assert [one.code for one in found(tmp_path, {"a.bin": data})] == ["unseen"]


def test_packed_too_often_is_told(tmp_path: Path) -> None:
    """A file that was packed again and again is refused, not followed for ever."""
    data = b"x"
    for _ in range(9):
        data = gzip.compress(data)
    assert [one.code for one in found(tmp_path, {"a.gz": data})] == ["unseen"]


# ── whole sites ──

RECORD = ('<article><h1>{{ record.title }}</h1><p>{{ record.title }}{{ record.note or "" }}</p>'
          '<a href="../index.html" title="139 0733 0001">电话</a></article>')
OWN = {"records/case.html": RECORD, "assets/own.css": "p::after { content: '13907330002' }\n"}
HALVES = "note: 0000转办\n" + BASE["cases/leak.yml"].replace("title: 楼道漏水", "title: 回电1390733")
SHOWN = "images: [{file: a.jpg, alt: 楼道顶上在滴水}]\n"


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """The Problems of a site in which something is planted by every way that passes by the sources; once for all."""
    root = tmp_path_factory.mktemp("refused")
    planted = {"cases/a.yml": HALVES, "cases/tel-13907330003.yml": BASE["cases/leak.yml"] + SHOWN,
               "photos/a.jpg": picture(200, 150, "JPEG")}
    config = write_site(root, {**BASE, **planted},
                        "identity: {name: 清水公示13907330004, contact: 值班电话13907330005}\ntheme: own\n")
    write_site(root / "own", {}, "")
    for path, text in OWN.items():
        (root / "own" / path).parent.mkdir(exist_ok=True)
        (root / "own" / path).write_text(text, encoding="utf-8")

    def careless(image: Image.Image, form: object, quality: int) -> bytes:
        return encoded(image, "JPEG", exif=exif())

    with pytest.MonkeyPatch.context() as patch, pytest.raises(ContentError) as raised:
        patch.setattr("generator.photos.develop._encoded", careless)
        patch.setattr("generator.gate.judge_names", lambda paths: [])  # what sources refuse is planted all the same
        patch.setattr("generator.cli.common.gate", SimpleNamespace(judge=lambda *given: gate.Judged([], set())))
        build_site(config, root / "site")
    assert not (root / "site/current").exists() and [p.name for p in (root / "site/releases").iterdir()] == [".lock"]
    return raised.value.problems


def of(problems: list[Problem], hint: str) -> list[tuple[str, str, str]]:
    """Return (place, page, part) of the Problems that show this much of a number."""
    some = [p for p in problems if p.values.get("shown") == hint]
    return [(p.place.path, str(p.values["page"]), str(p.values["part"])) for p in some]


def test_number_that_a_theme_composes_of_two_fields_is_refused(refused: list[Problem]) -> None:
    """Two harmless halves, which no source holds together, are found where a template of a town joins them."""
    assert of(refused, "139…00") == [("content/cases/a.yml", "cases/a.html", "the text")]


def test_number_that_a_theme_says_in_an_attribute_is_refused(refused: list[Problem]) -> None:
    """A template's own words are looked through on the pages they come to, attributes and all."""
    assert of(refused, "139…01") == [(f"content/cases/{name}.yml", f"cases/{name}.html", "title")
                                    for name in ("a", "leak", "tel-139…03")]


def test_number_in_an_asset_of_a_town_is_refused(refused: list[Problem]) -> None:
    """A stylesheet of a town is looked into as well; no record is to blame."""
    [(place, page, part)] = of(refused, "139…02")
    assert place == page and page.startswith("assets/own.") and part == "the text"


def test_number_in_an_address_is_refused(refused: list[Problem]) -> None:
    """The name of a file is public: it is told first, before the many pages that link there."""
    assert ("content/cases/tel-139…03.yml", "cases/tel-139…03.html", "the file name") in of(refused, "139…03")


def test_number_in_the_configuration_is_told_of_three_pages(refused: list[Problem]) -> None:
    """What the configuration says on every page is told of three, with the number of others; its contact may stay."""
    pages = [page for _, page, _ in of(refused, "139…04")]
    assert len(pages) == 3 and "(+" in pages[2] and of(refused, "139…05") == []


def test_photo_that_kept_where_it_was_taken_is_refused(refused: list[Problem]) -> None:
    """Were a published copy ever to keep its metadata, the site would not be published."""
    pages = [p.values["page"] for p in refused if p.code == "built-metadata"]
    assert pages and all(str(page).startswith("photos/") for page in pages)


def test_sites_without_a_leak_are_published(tmp_path: Path, make_site: Callable[..., Path]) -> None:
    """Boards, stars, lists and the manuals, whose examples show numbers, hold nothing that is found."""
    config = make_site({**RATED, **LISTED}, config=CONFIG + "manuals: true\n")
    release = build_site(config, tmp_path / "site")
    paths = sorted(p.relative_to(release).as_posix() for p in files_of(release))
    leaky = {one.path for one in gate.inspect(release, paths, GROUND)}
    assert len(paths) > 80 and leaky <= {"manual/editor/findings.html", "manual/editor/people.html"}


def files_of(release: Path) -> Iterator[Path]:
    """Yield every file of a release."""
    return (path for path in release.rglob("*") if path.is_file())
