"""`gongshi notice`: one sheet whatever stands on it, in sizes that can be read, with codes that a decoder reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image, ImageDraw

from generator import cli
from generator.desk import pdf as engine
from generator.desk.notice import post
from generator.photos.develop import Unfit, opened
from generator.problem import DeskError
from generator.records.code import new_code
from tests.pictures import picture
from tests.sites import AS_OF, BASE, CODE, CONFIG, ISSUED, build_site, quiet

needs_engine = pytest.mark.usefixtures("pdf_engine")

Maker = Callable[..., Path]
ADDRESS = "https://gongshi.example.org/town"
SITE = CONFIG + f"address: {ADDRESS}/\n"
DPI = 200
LONG = "银杏苑社区第一网格三栋西侧单元门口至东门岗亭一线的雨水管道与污水管道分流改造，含ABCD路段WWWW"
CROWDED = {
    "areas/b3.yml": BASE["areas/b3.yml"].replace("3栋", LONG),
    **{f"people/p-000{n}.yml": (
        f"title: {LONG}{n}\nsource: press\narea: b3\nrole: {LONG}\nground: office\ncontact: {LONG}\n")
       for n in range(8)},
    **{f"cases/c{n}.yml": BASE["cases/leak.yml"].replace("楼道漏水", f"{LONG}，{LONG}{n}") for n in range(40)},
}
WORDY = {f"cases/w{n}.yml": BASE["cases/leak.yml"].replace("楼道漏水", LONG[:20 + 2 * n]) for n in range(12)}
EMPTY = {"cases/leak.yml": BASE["cases/leak.yml"].replace("area: b3\n", "")}


@pytest.fixture(scope="session")
def pdf_engine() -> None:
    """WeasyPrint with its system libraries; where they are missing, what needs it is skipped and says so."""
    try:
        engine.pdf_of("<p>一</p>")
    except DeskError as error:
        pytest.skip(error.line("en"))


def posted(config: Path, *areas: str, **options: Any) -> list[Path]:
    """Write the paper of some areas and return the files."""
    out = config.parent / "paper"
    return post(cli.site_at(config), areas or ("b3",), out, AS_OF, 1, quiet, **options)


def pictures(path: Path) -> list[Image.Image]:
    """Return every page of a PDF as a picture."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]


def read(picture: Image.Image) -> list[Any]:
    """Return the QR codes that a decoder finds on a picture, by their text."""
    return sorted(zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode), key=lambda code: code.text)


def characters(path: Path) -> Iterator[tuple[str, float, float, float]]:
    """Yield every character on a PDF's first page: its size, its lower and its upper edge in points from below."""
    matrix = pypdfium2.raw.FS_MATRIX()
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        for n in range(text.count_chars()):
            character = chr(pypdfium2.raw.FPDFText_GetUnicode(text, n))
            if character.strip():
                assert pypdfium2.raw.FPDFText_GetMatrix(text, n, matrix)
                _, lower, _, upper = text.get_charbox(n)
                yield character, pypdfium2.raw.FPDFText_GetFontSize(text, n) * abs(matrix.d), lower, upper


@needs_engine
@pytest.mark.parametrize("files", [{}, EMPTY, CROWDED], ids=["usual", "empty", "crowded"])
def test_board_is_one_sheet_of_a4(make_site: Maker, files: dict[str, str]) -> None:
    """A board is one page of A4, whether there is nothing to say or forty things with endless names."""
    [path] = posted(make_site({**ISSUED, **files}, SITE), pdf=True)
    with pypdfium2.PdfDocument(path) as document:
        assert [tuple(round(mm / 72 * 25.4) for mm in page.get_size()) for page in document] == [(210, 297)]


@needs_engine
@pytest.mark.parametrize("files", [{}, CROWDED], ids=["usual", "crowded"])
def test_board_can_be_read_from_a_step_away(make_site: Maker, files: dict[str, str]) -> None:
    """The name stands at 34 pt, who and what at 16, nothing below 12; crowded paper is cut, never made smaller."""
    [path] = posted(make_site({**ISSUED, **files}, SITE), pdf=True)
    found = [(character, round(size)) for character, size, _, _ in characters(path)]
    at = {size: "".join(c for c, s in found if s == size) for size in {s for _, s in found}}
    assert set(at) == {34, 16, 12}
    assert at[34].startswith(LONG[:20] if files else "3栋")
    assert "办件" in at[16] and "谁负责" in at[16] and "版本" in at[12]
    assert at[16].count("2026-05-06") >= (8 if files else 1)


@needs_engine
@pytest.mark.parametrize("files", [{}, WORDY, CROWDED], ids=["usual", "wordy", "crowded"])
def test_nothing_runs_into_the_foot(make_site: Maker, files: dict[str, str]) -> None:
    """What stands on the board ends above its foot, and all of it within the sheet's margins."""
    [path] = posted(make_site({**ISSUED, **files}, SITE), pdf=True)
    found = list(characters(path))
    foot = max(upper for _, size, _, upper in found if round(size) == 12)
    assert min(lower for _, size, lower, _ in found if round(size) > 12) > foot
    assert min(lower for _, _, lower, _ in found) >= 12 / 25.4 * 72


@needs_engine
def test_qr_on_a_board_is_large_and_leads_somewhere(make_site: Maker) -> None:
    """Read off the printed page: level Q, 45 mm or more, and the address is a file of the release."""
    config = make_site(ISSUED, SITE)
    [path] = posted(config, pdf=True)
    [code] = read(pictures(path)[0])
    assert code.text == f"{ADDRESS}/q/{CODE}" and code.ec_level == "Q"
    assert (code.position.top_right.x - code.position.top_left.x) / DPI * 25.4 >= 45
    release = build_site(config, config.parent / "site")
    below = code.text.removeprefix(f"{ADDRESS}/")
    assert (release / f"{below}.html").is_file() and (release / below / "index.html").is_file()


@needs_engine
def test_qr_with_a_damaged_corner_is_read(make_site: Maker) -> None:
    """A corner torn off, a third of the code's width and height, leaves it readable."""
    [path] = posted(make_site(ISSUED, SITE), pdf=True)
    picture = pictures(path)[0]
    [code] = read(picture)
    corner, across = code.position.bottom_right, code.position.top_right.x - code.position.top_left.x
    ImageDraw.Draw(picture).rectangle(
        (corner.x - across // 3, corner.y - across // 3, corner.x + 5, corner.y + 5), fill=255)
    assert [again.text for again in read(picture)] == [code.text]


def many(count: int) -> dict[str, str]:
    """Return so many buildings of an estate, each with a code."""
    codes = {n: new_code(f"area/n{n}", set()) for n in range(count)}
    return {
        **{f"areas/n{n}.yml": BASE["areas/b3.yml"].replace("3栋", f"{n}栋") for n in codes},
        **{f"codes/{code}.yml": ISSUED[f"codes/{CODE}.yml"].replace("b3", f"n{n}") for n, code in codes.items()},
        "codes/issued.txt": "".join(f"{code} 2026-06-01 area/n{n}\n" for n, code in codes.items())}


@needs_engine
def test_every_plate_is_read(make_site: Maker) -> None:
    """Fourteen plates stand on three sheets, six to a sheet, in the order of the houses' numbers; each is read back."""
    config = make_site(many(14), SITE)
    [path] = posted(config, "estate", plates=True, pdf=True)
    sheets = [read(picture) for picture in pictures(path)]
    assert [len(sheet) for sheet in sheets] == [6, 6, 2]
    codes = [new_code(f"area/n{n}", set()) for n in range(14)]
    assert [{c.text for c in sheet} for sheet in sheets] == [
        {f"{ADDRESS}/q/{code}" for code in codes[i:i + 6]} for i in (0, 6, 12)]
    assert all(c.ec_level == "Q" for sheet in sheets for c in sheet)


@needs_engine
def test_same_board_same_bytes(make_site: Maker) -> None:
    """Two runs give the same PDF: no time of day, no random name."""
    config = make_site(ISSUED, SITE)
    first = posted(config, pdf=True)[0].read_bytes()
    assert posted(config, pdf=True)[0].read_bytes() == first


@needs_engine
def test_character_without_a_font_is_said() -> None:
    """A character that no font has is named, and no PDF with an empty box in its place is made."""
    with pytest.raises(DeskError) as raised:
        engine.pdf_of("<p>一\U000e0fff\ufdd0</p><p>\U0003fffd</p>")
    assert raised.value.code == "no-font"


def test_without_engine_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without WeasyPrint one message says what to install."""
    monkeypatch.setattr(engine, "ENGINE", "no_such_engine")
    with pytest.raises(DeskError) as raised:
        engine.pdf_of("<p>一</p>")
    assert raised.value.code == "no-pdf-engine" and "pip install" in raised.value.line()


def test_estate_stands_for_its_buildings(make_site: Maker) -> None:
    """An estate gives the board of each of its buildings, and a page of its own holds all it needs."""
    config = make_site({**ISSUED, "areas/b1.yml": BASE["areas/b3.yml"].replace("3栋", "1栋")}, SITE)
    written = posted(config, "area/estate")
    assert [path.name for path in written] == ["b1.html", "b3.html"]
    html = written[1].read_text(encoding="utf-8")
    assert "3栋" in html and "src=" not in html and "href=" not in html and "@page" in html


def test_address_may_be_given(make_site: Maker) -> None:
    """A site without an address prints codes for one that is given; what is no address is refused."""
    config = make_site(ISSUED)
    assert "二维码：" not in posted(config)[0].read_text(encoding="utf-8")
    html = posted(config, address="https://a.cn/")[0].read_text(encoding="utf-8")
    assert f"二维码：https://a.cn/q/{CODE}" in html
    for wrong in ("a.cn", "https://a.cn/?page=", "https://a.cn/#"):
        with pytest.raises(DeskError) as raised:
            posted(config, address=wrong)
        assert raised.value.code == "bad-address"


def test_unknown_place_is_said(make_site: Maker) -> None:
    """A place that is none, or holds none with a board, and plates where there is no code yet."""
    config = make_site({"areas/far.yml": "title: 远处\nsource: press\nlevel: 小区\n"})
    for areas, options, code in ((("b33",), {}, "no-board"), (("far",), {}, "no-board"),
                                 (("estate",), {"plates": True}, "no-plates")):
        with pytest.raises(DeskError) as raised:
            posted(config, *areas, **options)
        assert raised.value.code == code
    assert not (config.parent / "paper").exists()


def test_command_writes_where_it_is_told(make_site: Maker, tmp_path: Path) -> None:
    """The command writes into `--out` and names the files."""
    done = CliRunner().invoke(cli.main, ["notice", "b3", "--out", str(tmp_path / "paper"), "--config",
                                         str(make_site(ISSUED)), "--workers", "1"])
    assert done.exit_code == 0 and str(tmp_path / "paper/b3.html") in done.output


@needs_engine
def test_photos_are_judged_as_before_once_pdf_was_made() -> None:
    """The engine lets Pillow read photos that break off, for the whole program; ours are refused all the same."""
    with pytest.raises(Unfit) as refused:
        opened(picture(60, 60, "JPEG")[:-200])
    assert refused.value.code == "photo-broken"
