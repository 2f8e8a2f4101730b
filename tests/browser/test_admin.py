"""The forms at /admin/ in a browser: in a folder of this computer, and against forges that answer as documented."""

from __future__ import annotations

import base64
import difflib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image
from playwright.sync_api import Browser, expect

from generator import load
from tests.forges import HEAD, Forge, Gitea, GitHub, GitLab
from tests.forms import Editor, editing, write_forms
from tests.sites import BASE, CONFIG, write_site

pytestmark = pytest.mark.browser

KEPT = (
    "title: 楼道灯不亮 # 居民口头反映\nsource: {document: press, words: 灯 不 亮}\narea: b3\ncategory: '010'\n"
    "note: |\n  第一段。\n\n  第二段。\nplace: \"no\"\nreported: {value: 2026-05-06, words: 5月6日, inferred: year, "
    "ground: 简报}\naccepted: 2026-05-07\nladder:\n  # 只到这一级\n"
    "  - {level: 社区自办, date: 2026-05-07, due: 2026-05-13}\noutcome_unknown: false\n")
TOWN = {**BASE, "cases/north/lamp.yml": KEPT}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the forms of a site without a repository lie, made once."""
    folder = tmp_path_factory.mktemp("forms")
    write_forms(folder)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write what came out of the forms as a site, and return its configuration."""
    return lambda files: write_site(tmp_path / "after", files, CONFIG)


def changes(before: str, after: str) -> list[str]:
    """Return the lines that differ, with their signs."""
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_case_is_changed_in_a_folder(browser: Browser, forms: Path) -> None:
    """A case is opened, changed, refused in Chinese, mended and saved: one line differs, in one file."""
    with editing(browser, forms) as editor:
        editor.open_folder(TOWN)
        editor.page.wait_for_load_state("networkidle")
        expect(editor.page.get_by_text("Sveltia CMS is now available")).to_have_count(0)
        editor.open("case", "leak")
        editor.box("标题").fill("")
        editor.box("反映").fill("2026.5.6")
        editor.page.get_by_role("button", name="保存", exact=True).click()
        said = editor.page.get_by_role("alert")
        expect(said.filter(has_text="此字段为必填项")).to_be_visible()
        expect(said.filter(has_text="日期要写成 2026-05-06")).to_be_visible()
        expect(said.filter(has_text="有 2 个字段存在错误")).to_be_visible()
        assert editor.files()["cases/leak.yml"] == BASE["cases/leak.yml"], "what is wrong is not saved"
        editor.box("标题").fill("楼道漏水")
        editor.box("反映").fill("2026-05")
        editor.save()
        files = editor.files()
    assert changes(BASE["cases/leak.yml"], files.pop("cases/leak.yml")) == ["- reported: 2026-05-06",
                                                                            "+ reported: 2026-05"]
    assert files == {path: text for path, text in TOWN.items() if path != "cases/leak.yml"}


def test_what_forms_write_is_canonical_after_fmt(browser: Browser, forms: Path, run: Callable[..., Result],
                                                 site: Callable[[dict[str, str]], Path]) -> None:
    """A record saved by a form is sound as it is; `fmt` makes it canonical, and keeps what the form has written."""
    with editing(browser, forms) as editor:
        editor.open_folder(TOWN)
        editor.open("case", "leak")
        editor.box("说明").fill("二楼到三楼之间。\n下雨天漏。")
        editor.save()
        config = site(editor.files())
    saved = config.parent / "content/cases/leak.yml"
    before = load.parse(saved.read_text(encoding="utf-8"))
    for command in (["check"], ["fmt", str(saved)], ["fmt", "--check", str(saved)], ["check"]):
        done = run(*command, "--config", str(config))
        assert done.exit_code == 0, done.output
    assert load.parse(saved.read_text(encoding="utf-8")) == before
    assert before["description"] == "二楼到三楼之间。\n下雨天漏。\n"


TRAPS = {"类别": "no", "地点": "12:30", "标题": "010"}


def test_texts_stay_what_was_typed(browser: Browser, forms: Path, site: Callable[[dict[str, str]], Path],
                                   run: Callable[..., Result]) -> None:
    """`no`, `12:30`, `010` come back as typed; comments, order, quotes and long forms elsewhere in the file stay."""
    with editing(browser, forms) as editor:
        editor.open_folder(TOWN)
        editor.open("case", "north/lamp")
        expect(editor.box("反映")).to_have_value("{value: 2026-05-06, words: 5月6日, inferred: year, ground: 简报}")
        for label, text in TRAPS.items():
            editor.box(label).fill(text)
        editor.box("说明").fill("1e3")
        editor.save()
        files = editor.files()
    assert changes(KEPT, files["cases/north/lamp.yml"]) == [
        "- title: 楼道灯不亮 # 居民口头反映", '+ title: "010" # 居民口头反映', '+ description: "1e3"',
        "- category: '010'", "+ category: 'no'", '- place: "no"', '+ place: "12:30"']
    record = load.parse(files["cases/north/lamp.yml"])
    assert [record[name] for name in ("title", "category", "place", "description")] == ["010", "no", "12:30", "1e3"]
    done = run("check", "--config", str(site(files)))
    assert done.exit_code == 0, done.output


def test_new_record_is_found_by_its_title(browser: Browser, forms: Path, site: Callable[[dict[str, str]], Path],
                                          run: Callable[..., Result]) -> None:
    """A new record gets an address that may be one, references are chosen by title, nothing empty is written.

    What is referred to is no part of this form: Sveltia would write the title of a record made within another.
    """
    with editing(browser, forms) as editor:
        editor.open_folder(TOWN)
        page = editor.page
        page.goto(f"{editor.address}admin/#/collections/case/new")
        editor.box("标题").fill("3栋门禁坏了")
        page.get_by_role("button", name=re.compile("添加 .?来源")).click()
        choose(editor, "文件", "社区简报（样张）")
        choose(editor, "所在地", "3栋")
        expect(page.get_by_role("button", name=re.compile("添加 .?(文件|地方)"))).to_have_count(0)
        editor.box("类别").fill("门禁")
        editor.box("反映").fill("2026-06-01")
        editor.save()
        [path] = editor.files().keys() - TOWN.keys()
        files = editor.files()
    assert files[path] == ("title: 3栋门禁坏了\nsource: press\narea: b3\ncategory: 门禁\nreported: 2026-06-01\n")
    assert path.startswith("cases/case-2026-")
    done = run("check", "--config", str(site(files)))
    assert done.exit_code == 0, done.output


def choose(editor: Editor, label: str, title: str) -> None:
    """Choose a record by its title in the list of a field."""
    group = editor.page.locator("section.field").filter(has=editor.page.get_by_text(label, exact=True)).last
    group.get_by_role("combobox").click()
    editor.page.get_by_role("option", name=title).first.click()


@pytest.mark.parametrize("make", [Gitea, GitHub, GitLab])
def test_change_reaches_a_review(browser: Browser, tmp_path: Path, make: type[Forge]) -> None:
    """With a token, a change is sent to a branch that is not the published one; only the forge's host is asked."""
    forge = make(TOWN)
    write_forms(tmp_path, forge.config)
    with editing(browser, tmp_path, hosts={forge.host}) as editor:
        forge.answer_all(editor.page.context)
        editor.sign_in("secret-token")
        editor.open("case", "leak")
        editor.box("地点").fill("三楼")
        editor.save("" if make is Gitea else "提交审核")
        sent = dict(forge.written)
    text = BASE["cases/leak.yml"].replace("category: 漏水\n", "category: 漏水\nplace: 三楼\n")
    assert SENT[make](sent) == ("content/cases/leak.yml", text)


@pytest.mark.parametrize("make", [Gitea, GitLab])
def test_one_click_signs_in(browser: Browser, tmp_path: Path, make: type[Forge]) -> None:
    """With an application's id an editor agrees on the forge and is in: by PKCE, without a secret or a server."""
    forge = make(TOWN)
    write_forms(tmp_path, forge.config, admin="{app_id: town-app}")
    with editing(browser, tmp_path, hosts={forge.host}) as editor:
        forge.answer_all(editor.page.context)
        editor.page.goto(f"{editor.address}admin/")
        editor.page.get_by_role("button", name=re.compile("^使用 .*登录$")).click()
        editor.is_in()
    assert forge.challenge


def by_gitea(sent: dict[str, object]) -> tuple[str, str]:
    """Return path and text of what Gitea is asked to write; it goes to the branch from which CI opens the request."""
    [(path, body)] = sent.items()
    assert path == "/repos/town/site/contents" and body["branch"] == "draft"
    assert body["message"] == "修改办件：leak" and body["author"]["email"] == "editor@example.org"
    [file] = body["files"]
    assert file["operation"] == "update"
    return file["path"], base64.b64decode(file["content"]).decode()


def by_github(sent: dict[str, object]) -> tuple[str, str]:
    """Return path and text of what GitHub is asked to write, on a branch of its own with a pull request."""
    branch = sent["createRef"]["name"].removeprefix("refs/heads/")
    commit = sent["createCommitOnBranch"]
    assert branch == "cms/case/leak" == commit["branch"]["branchName"] and commit["expectedHeadOid"] == HEAD
    request = sent["/repos/town/site/pulls"]
    assert (request["head"], request["base"], request["draft"]) == (branch, "main", True)
    assert sent["ready"] == {"pullRequestId": "PR_5"}, "handed over for review, and not merged"
    [file] = commit["fileChanges"]["additions"]
    return file["path"], base64.b64decode(file["contents"]).decode()


def by_gitlab(sent: dict[str, object]) -> tuple[str, str]:
    """Return path and text of what GitLab is asked to write, on a branch of its own with a merge request."""
    commit = sent["/projects/town/site/repository/commits"]
    request = sent["/projects/town/site/merge_requests"]
    assert commit["branch"] == "cms/case/leak" == request["source_branch"] and commit["start_branch"] == "main"
    assert request["target_branch"] == "main" and request["title"].startswith("Draft: ")
    handed = sent["/projects/town/site/merge_requests/5"]
    assert handed["add_labels"] == "sveltia-cms/pending_review" and not handed["title"].startswith("Draft: ")
    [file] = commit["actions"]
    assert file["action"] == "update"
    return file["file_path"], file["content"]


SENT = {Gitea: by_gitea, GitHub: by_github, GitLab: by_gitlab}


def test_photo_leaves_its_place_behind(browser: Browser, forms: Path, tmp_path: Path) -> None:
    """A photo with coordinates in it reaches the folder without them, and the record names it as records do."""
    taken = Image.new("RGB", (640, 480), "green")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (27.83, 0.0, 0.0)
    taken.save(tmp_path / "lamp.jpg", exif=exif)
    with editing(browser, forms, height=4000) as editor:
        editor.open_folder(TOWN)
        editor.open("case", "leak")
        page = editor.page
        page.get_by_role("button", name=re.compile("添加 .?照片")).click()
        browse = page.get_by_role("group", name=re.compile("照片文件")).get_by_role("button", name="浏览")
        browse.click()
        page.locator("input[type=file]").last.set_input_files(tmp_path / "lamp.jpg")
        page.get_by_role("dialog").get_by_role("button", name="插入").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(browse).to_have_count(0)  # the photo is drawn, and stands in its place
        expect(page.get_by_text("/photos/lamp.webp").first).to_be_visible()
        editor.box("照片上是什么").fill("楼道的灯亮了")
        editor.save()
        files = editor.files()
    assert "images:\n  - {file: lamp.webp, alt: 楼道的灯亮了}\n" in files["cases/leak.yml"]
    assert "WEBP" in files["photos/lamp.webp"][:16] and "Exif" not in files["photos/lamp.webp"]
    assert b"Exif" in (tmp_path / "lamp.jpg").read_bytes()
