"""`gongshi check --history`: what git keeps is found wherever it stood, once, without being printed."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator import cli, git
from generator.desk import copies, past
from generator.problem import DeskError
from tests import repositories
from tests.pictures import encoded, exif, scene
from tests.repositories import Town, town
from tests.sites import BASE

PHONE = "13900001234"
OTHER = "15000005678"
LEAK = BASE["cases/leak.yml"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A repository with one clean commit, whose committer is nobody of this machine."""
    for name, value in repositories.WHO.items():
        monkeypatch.setenv(name, value)
    return town(tmp_path / "town")


def found(site: Town, asked: str = git.EVERYTHING) -> list[tuple[str, str, str, int]]:
    """Return (commit, code, path, line) of what is told; the path without its commit."""
    problems = past.past(cli.site_at(site.config), asked).problems
    return [(one.values["commit"], one.code, one.place.path.partition(":")[2], one.place.line) for one in problems]


def test_clean_history_is_clean(site: Town, run: Callable[..., Result]) -> None:
    """Nothing is told of a clean history, and how much was looked at is said."""
    assert found(site) == []
    ran = run("check", "--history", "--config", str(site.config))
    assert ran.exit_code == 0 and "看了 1 次提交、5 份内容，0 处问题" in ran.output


def test_deleted_number_is_found_where_it_came_in(site: Town, run: Callable[..., Result]) -> None:
    """A number that stood in three versions and is gone today is told once, with commit, day, file and line."""
    site.commit({"cases/leak.yml": LEAK + f"description: 找 {PHONE}\n"})
    first = repositories.git(site.root, "rev-parse", "HEAD")
    site.commit({"cases/leak.yml": LEAK + f"description: 又找 {PHONE}\n"})
    site.commit({"cases/leak.yml": None})
    line = LEAK.count("\n") + 1
    assert found(site) == [(first, "personal-phone", "content/cases/leak.yml", line)]
    ran = run("check", "--history", "--config", str(site.config))
    day = repositories.git(site.root, "show", "-s", "--format=%cs", first)
    assert ran.exit_code == 1 and f"{day} {first[:10]}:content/cases/leak.yml:{line}:" in ran.output
    assert "filter-repo" in ran.output and "第五十七条" in ran.output and PHONE not in ran.output
    assert repositories.git(site.root, "show", f"{first[:10]}:content/cases/leak.yml").endswith(PHONE)


def test_names_and_messages_are_read(site: Town, run: Callable[..., Result]) -> None:
    """A number in a file's name or in a commit's message is found and not printed; who signed is no matter."""
    site.write({f"photos/{PHONE}.txt": "无"})
    repositories.git(site.root, "add", "--all")
    repositories.git(site.root, "commit", "-q", "-m", f"更新\n\n打了 {OTHER}\nSigned-off-by: 编辑 <editor@example.org>")
    commit = repositories.git(site.root, "rev-parse", "HEAD")
    assert found(site) == [(commit, "personal-phone", "", 3),
                           (commit, "personal-phone", "content/photos/139…34.txt", 0)]
    said = run("check", "--history", "--config", str(site.config)).output
    assert PHONE not in said and OTHER not in said


@pytest.mark.parametrize(("name", "data"), [
    ("名单.csv", f"姓名,电话\n张某,{PHONE}\n".encode("gb18030")), ("名单.txt", f"张某 {PHONE}\n".encode("utf-16")),
    ("sub/名单.XLSX", None), ("名单.tsv", f"张某\t{PHONE}\n".encode())])
def test_lists_beside_the_records_are_read(site: Town, name: str, data: bytes | None) -> None:
    """Sheets and lists anywhere in the site's folder are read as Excel and Windows save them."""
    sheet = data or packed(f"<t>{PHONE}</t>")
    (site.root / name).parent.mkdir(exist_ok=True)
    (site.root / name).write_bytes(sheet)
    (site.root / "data.bin").write_bytes(b"\0" + PHONE.encode())
    commit = site.commit({})
    assert [(one[0], one[1]) for one in found(site)] == [(commit, "personal-phone")]


def packed(text: str) -> bytes:
    """Return a file packed as Office packs sheets, with this text in it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", text)
    return whole.getvalue()


def test_spoilt_sheet_is_no_crash(site: Town) -> None:
    """A file that only says that it is a sheet, or is torn, is passed over."""
    (site.root / "a.xlsx").write_bytes(b"PK\x03\x04 no sheet")
    (site.root / "b.xlsx").write_bytes(packed(f"<t>{PHONE}</t>")[:60])
    site.commit({})
    assert found(site) == []


def test_photo_that_says_where_it_was_taken(site: Town, run: Callable[..., Result]) -> None:
    """A position in a photo is noted, staged or committed long ago; nothing fails for it."""
    telephone = encoded(scene(), "JPEG", exif=exif())
    site.write({"photos/a.jpg": telephone, "photos/b.jpg": encoded(scene(), "JPEG"), "photos/c.jpg": telephone[:30]})
    repositories.git(site.root, "add", "--all")
    problems = copies.loose(site.config)
    assert [(one.code, one.place.path) for one in problems] == [("photo-place", "content/photos/a.jpg")]
    commit = site.commit({})
    assert found(site) == [(commit, "photo-place", "content/photos/a.jpg", 0)]
    ran = run("check", "--history", "--config", str(site.config))
    assert ran.exit_code == 0 and "[photo-place]" in ran.output and "，0 处问题" in ran.output


def test_branches_merges_and_ranges(site: Town) -> None:
    """Other branches count, and what a merge alone brought; a range leaves out the rest."""
    repositories.git(site.root, "switch", "-q", "-c", "other")
    there = site.commit({"cases/b.yml": LEAK + f"description: {PHONE}\n"})
    repositories.git(site.root, "switch", "-q", "main")
    site.commit({"areas/b4.yml": BASE["areas/b3.yml"].replace("3", "4")})
    repositories.git(site.root, "merge", "-q", "--no-commit", "other")
    (site.root / "content/cases/c.yml").write_text(LEAK + f"description: {OTHER}\n", encoding="utf-8")
    merge = site.commit({})
    assert {one[0] for one in found(site)} == {there, merge}
    assert {one[0] for one in found(site, "other..main")} == {merge}
    assert {one[0] for one in found(site, "other")} == {there}
    with pytest.raises(DeskError, match="nobody"):
        past.past(cli.site_at(site.config), "nobody")
    with pytest.raises(DeskError):
        past.past(cli.site_at(site.config), "--output=x")
    assert not (site.root / "x").exists()


def test_settings_and_replacements_of_this_machine_hide_nothing(site: Town) -> None:
    """What was put in a commit's place here alone, and how somebody likes merges shown, change nothing."""
    repositories.git(site.root, "switch", "-q", "-c", "other")
    site.commit({"areas/b4.yml": BASE["areas/b3.yml"].replace("3", "4")})
    repositories.git(site.root, "switch", "-q", "main")
    first = site.commit({"cases/leak.yml": LEAK + f"description: 找 {PHONE}\n"})
    repositories.git(site.root, "merge", "-q", "--no-commit", "other")
    (site.root / "content/areas/b4.yml").write_text(BASE["areas/b3.yml"] + f"description: {OTHER}\n", encoding="utf-8")
    merge = site.commit({})
    for style in ("first-parent", "combined", "off"):
        repositories.git(site.root, "config", "log.diffMerges", style)
        assert {one[0] for one in found(site)} == {first, merge}
    repositories.git(site.root, "config", "diff.orderFile", "nowhere")
    repositories.git(site.root, "replace", first, f"{first}~")
    assert {one[0] for one in found(site)} == {first, merge}


@pytest.mark.parametrize("when", ["@253402387200 +0000", "@0 +0000"])
def test_commit_of_a_strange_day_is_read(site: Town, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """A clock that was wrong, by eight thousand years too, is no crash, and hides nothing."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", when)
    commit = site.commit({"cases/leak.yml": LEAK + f"description: 找 {PHONE}\n"})
    assert [one[0] for one in found(site)] == [commit]


def test_number_in_a_field_for_it_may_stand(site: Town) -> None:
    """What `check` allows by its field is no finding of the history either."""
    site.commit({"organisations/team.yml": BASE["organisations/team.yml"] + f"contact: {PHONE}\n"})
    assert found(site) == []


def test_site_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """Where the site is a folder of a larger repository, the rest is somebody else's."""
    inner = town(tmp_path / "big", inside="web")
    (tmp_path / "big/list.csv").write_text(PHONE, encoding="utf-8")
    (tmp_path / "big/content").mkdir()
    (tmp_path / "big/content/a.yml").write_text(PHONE, encoding="utf-8")
    commit = inner.commit({"cases/leak.yml": LEAK + f"description: {OTHER}\n"})
    assert [(one[0], one[2]) for one in found(inner)] == [(commit, "web/content/cases/leak.yml")]


def test_shallow_clone_is_said(site: Town, tmp_path: Path, run: Callable[..., Result]) -> None:
    """A clone of the newest commit says that it did not see the rest."""
    site.commit({"areas/b4.yml": BASE["areas/b3.yml"].replace("3", "4")})
    repositories.git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site.root}", str(tmp_path / "clone"))
    ran = run("check", "--history", "--config", str(tmp_path / "clone/site_config.yml"))
    assert ran.exit_code == 0 and "--unshallow" in ran.output


def test_object_that_is_gone_is_an_error(site: Town) -> None:
    """A repository that lacks an object is not taken for a clean one."""
    blob = repositories.git(site.root, "rev-parse", "HEAD:content/cases/leak.yml")
    os.remove(site.root / ".git/objects" / blob[:2] / blob[2:])
    with pytest.raises(DeskError):
        past.past(cli.site_at(site.config))
    assert git.head_of(site.root)


def test_clone_without_its_origin_is_an_error(site: Town, tmp_path: Path) -> None:
    """A clone that fetches contents when they are asked for, and can't, is not taken for a clean one."""
    site.commit({"cases/leak.yml": LEAK + f"description: 找 {PHONE}\n"})
    site.commit({"cases/leak.yml": LEAK})
    repositories.git(site.root, "config", "uploadpack.allowFilter", "true")
    repositories.git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{site.root}", str(tmp_path / "clone"))
    site.root.rename(tmp_path / "away")
    with pytest.raises(DeskError):
        past.past(cli.site_at(tmp_path / "clone/site_config.yml"))
