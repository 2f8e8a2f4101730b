"""A second build takes over what has not changed, and nothing else: the release is that of a build without caches."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import batch, cache, load, painting, pickles, remembered, reuse
from generator.gate import Ground
from generator.problem import ContentError
from generator.render import Prints, Traced, files_below, view
from generator.render.traces import marks, once, packed, reading
from tests.sites import APPEALED, AS_OF, BASE, LISTED, RATED, build_site, tree

SITE = {**BASE, **RATED, **LISTED, **APPEALED, "pages/feedback.md": "# 意见\n\n请告诉我们。\n"}


def again(config: Path, out: Path, as_of: date = AS_OF) -> set[str]:
    """Build once more; return the pages that were painted, after comparing the whole with a build of its own."""
    before = {path: os.stat(path).st_ino for path in (out / "current").resolve().rglob("*.html")}
    old = (out / "current").resolve()
    new = build_site(config, out, as_of)
    cold = config.parent.parent / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    shutil.copytree(config.parent, cold, ignore=shutil.ignore_patterns(".cache"))
    assert tree(new) == tree(build_site(cold / config.name, cold / "out", as_of))
    if new == old:
        return set()
    return {path.relative_to(new).as_posix() for path in new.rglob("*.html")
            if before.get(old / path.relative_to(new)) != path.stat().st_ino}


def change(config: Path, path: str, old: str, new: str) -> None:
    """Change one record."""
    file = config.parent / "content" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_body_is_its_own_page(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """What only the record's own page shows leaves every other page as it is; the prose is not the record's."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    change(config, "cases/leak.yml", "resolved: 2026-05-08\n", "resolved: 2026-05-08\nnote: 换了一段水管\n")
    assert again(config, out) - prose() == {"cases/leak.html"}


def test_a_title_is_wherever_it_is_shown(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Another title is on the pages that name it: those of its places, its lists and the home page; not on others."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    change(config, "cases/leak.yml", "楼道漏水", "楼道渗水")
    painted = again(config, out)
    assert {"cases/leak.html", "cases/index.html", "index.html", "areas/b3.html", "areas/estate.html"} <= painted
    assert not {"volunteers/zhang.html", "schemes/points.html", "documents/index.html", "boards/index.html"} & painted


def test_a_score_is_wherever_it_counts(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Other hours move a board, both who stand on it and their activity; no case is painted."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    change(config, "activities/clean.yml", "zhang, hours: 2.5", "zhang, hours: 1")
    painted = again(config, out)
    assert {"volunteers/zhang.html", "volunteers/li.html", "activities/clean.html"} <= painted
    assert "cases/leak.html" not in painted


@pytest.mark.parametrize("edit", [
    lambda config: change(config, "schemes/points.yml", "一小时一分。", "每小时一分。"),
    lambda config: config.write_text(config.read_text(encoding="utf-8").replace("清水", "碧水"), encoding="utf-8")])
def test_rules_and_settings_are_on_every_page(edit: Callable[[Path], None], make_site: Callable[..., Path],
                                              tmp_path: Path) -> None:
    """Where what all pages depend on has changed, nothing is taken over."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    edit(config)
    assert "cases/leak.html" in again(config, out)


def test_the_day_is_on_every_page(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A day later nothing is taken over."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    assert "documents/press.html" in again(config, out, date(2026, 7, 1))


def test_records_that_come_and_go(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A new record is on its pages, a removed one on none, one that moved at both its addresses."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    other = config.parent / "content/cases/other.yml"
    other.write_text(BASE["cases/leak.yml"].replace("漏水", "积水"), encoding="utf-8")
    assert {"cases/other.html", "cases/index.html"} <= again(config, out)
    other.rename(other.with_name("third.yml")).write_text(
        BASE["cases/leak.yml"].replace("漏水", "积水") + "formerly: [other]\n", encoding="utf-8")
    assert {"cases/other.html", "cases/third.html"} <= again(config, out)
    (config.parent / "content/cases/third.yml").unlink()
    assert "cases/index.html" in again(config, out) and not (out / "current/cases/other.html").exists()


@pytest.mark.parametrize("spoil", [lambda page: page.write_bytes(page.read_bytes()[:-9]),
                                   lambda page: page.write_bytes(page.read_bytes().swapcase()),
                                   lambda page: page.unlink()], ids=["cut", "flipped", "gone"])
def test_damaged_pages_are_not_taken_over(spoil: Callable[[Path], object], make_site: Callable[..., Path],
                                          tmp_path: Path) -> None:
    """What somebody has changed in the release that stands is painted again."""
    config, out = make_site(SITE), tmp_path / "out"
    spoil(build_site(config, out) / "cases/leak.html")
    change(config, "documents/press.yml", "社区简报", "社区简报简报")
    assert "cases/leak.html" in again(config, out)


def test_another_ground_is_judged_anew(make_site: Callable[..., Path], tmp_path: Path,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """What was taken over is looked through where other things may be published than before, and else is not."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    seen: list[str] = []
    whole = painting.look_through
    monkeypatch.setattr(painting, "look_through", lambda folder, paths, *more: seen.extend(paths) or whole(
        folder, paths, *more))
    change(config, "cases/leak.yml", "resolved: 2026-05-08\n", "resolved: 2026-05-08\nnote: 换了一段水管\n")
    build_site(config, out)
    assert "cases/leak.html" in seen and "volunteers/li.html" not in seen
    assert not any(path.startswith("assets/") for path in seen)
    change(config, "organisations/team.yml", "type: 志愿队伍\n", "type: 志愿队伍\ncontact: 13900007321\n")
    build_site(config, out)
    assert "volunteers/li.html" in seen and any(path.startswith("assets/") for path in seen)


def test_files_read_before_are_not_read_again(make_site: Callable[..., Path], tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of which no file has changed is remembered; one changed file is read with the few beside it."""
    config = make_site(SITE)
    build_site(config, tmp_path / "out")
    read: list[str] = []
    whole = load.read
    monkeypatch.setattr(load, "read", lambda content, file: read.append(file.path) or whole(content, file))
    build_site(config, tmp_path / "out")
    assert read == []
    change(config, "cases/leak.yml", "漏水", "渗水")
    build_site(config, tmp_path / "out")
    assert read == ["cases/leak.yml"]


def test_a_stat_is_only_a_hint(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A file changed within its size and put back to its old time is seen all the same: its other time was not."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    file = config.parent / "content/cases/leak.yml"
    was = file.stat()
    change(config, "cases/leak.yml", "漏水", "渗水")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert file.stat().st_size == was.st_size
    assert "cases/leak.html" in again(config, out)


def test_what_is_looked_up_is_noted() -> None:
    """Keys, what is not there, and looking through a table; nothing outside of a reading."""
    table = Traced("t", {"a": 1})
    assert table["a"] == 1
    with reading() as reads:
        assert table["a"] == 1 and table.get("b") is None and "c" not in table
        with reading() as inner:
            assert list(table.values()) == [1]
    assert {key for _, key in reads - inner} == {"a", "b", "c"} and len(inner) == 1
    assert len(marks(packed(reads))) == 4
    with pytest.raises(KeyError), reading() as reads:
        table["d"]
    assert reads == {("t", "d")}


def test_entries_of_one_mark_both_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two entries had the same mark, a change of either one is seen, and of both in the same way."""
    def of(*some: str) -> dict[int, int]:
        return Prints(view.Views(*_nothing()), {}, [Traced("t", enumerate(some))]).tables()

    monkeypatch.setattr("generator.render.prints.mark", lambda table, key: table == "t" and key in (0, 1))
    first = of("a", "a")[True]
    assert first not in {of("b", "a")[True], of("a", "b")[True], of("b", "b")[True]}


def test_what_is_no_file_is_seen(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Folders, links and pipes that a build refuses are refused by one that remembers all files, too."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    content = config.parent / "content"
    for path, make in ((content / "unheard-of", Path.mkdir), (content / "cases/x.yml", Path.mkdir),
                       (content / "cases/more", lambda path: path.symlink_to(content / "areas")),
                       (content / "cases/y.yml", os.mkfifo)):
        make(path)
        with pytest.raises(ContentError):
            build_site(config, out)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    leak = (content / "cases/leak.yml").rename(tmp_path / "leak.yml")
    (content / "cases/leak.yml").symlink_to(leak)  # of the same bytes
    with pytest.raises(ContentError):
        build_site(config, out)


def test_what_cannot_be_remembered_is_made(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Entries of the cache that are sealed but of another shape are as good as none."""
    config, out = make_site(SITE), tmp_path / "out"
    clean = tree(build_site(config, out))
    two = pickles.dumps(("one", "two"))
    for parts in ([], [b"x"], [two], [pickles.dumps(7), b""], [pickles.dumps({})]):
        for folder in (remembered.FOLDER, reuse.FOLDER):
            for entry in (config.parent / ".cache" / folder).iterdir():
                cache.keep(entry, [cache.Part([], part) for part in parts])
        shutil.rmtree(out)
        assert tree(build_site(config, out)) == clean


def test_a_theme_may_have_a_folder_named_admin(tmp_path: Path) -> None:
    """Only at its top are a theme's forms: what lies deeper under such a name is in pages, and counts."""
    for path in ("admin/a.html", "records/admin/b.html", "records/.c/c.html", "d.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path)] == [
        "d.html", "records/admin/b.html"]


def test_who_is_told_has_looked_it_up() -> None:
    """An answer that is remembered counts as looked up by whoever gets it."""
    table, memo = Traced("t", {"a": 1}), {}
    for _ in range(2):
        with reading() as reads:
            assert once(memo, "x", lambda: table["a"]) == 1
        assert reads == {("t", "a")}


def test_all_that_views_know_is_a_table(make_site: Callable[..., Path]) -> None:
    """Whatever pages can look up is noted, or is in what all pages depend on; a new attribute has to be one of both."""
    plain = {"schemes", "as_of", "family", "calendar", "register", "asked", "areas", "editions", "_outcomes"}
    names = set(vars(view.Views(*_nothing())))
    assert names == plain | set(view.TABLES)
    assert all(isinstance(one, Traced) for one in view.Views(*_nothing()).tables())


def _nothing() -> tuple[object, ...]:
    from generator.data import Register
    from generator.results import Results

    return Register({}), Results((), {}, ()), {}, AS_OF


def prose() -> set[str]:
    """Return the pages that MkDocs makes: they are written in every build."""
    return {"404.html", "feedback.html"}


def test_nothing_changed_is_no_release(make_site: Callable[..., Path], tmp_path: Path,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of the same content stops once it has seen that: nothing is read or painted, and no file is written."""
    config, out = make_site(SITE), tmp_path / "out"
    release = build_site(config, out)
    before = {path: path.stat().st_ctime_ns for path in out.rglob("*") if path.name != ".lock"}
    with monkeypatch.context() as patched:
        patched.setattr(batch, "read_all", None)
        assert build_site(config, out) == release
    assert {path: path.stat().st_ctime_ns for path in out.rglob("*") if path.name != ".lock"} == before | {
        out / "releases": (out / "releases").stat().st_ctime_ns}


@pytest.mark.parametrize("edit", [
    lambda town, out: (town / "content/photos").mkdir(), lambda town, out: (out / "nginx.conf").unlink(),
    lambda town, out: (out / "current/index.html").write_text("别的", encoding="utf-8"),
    lambda town, out: (out / "current/feedback.html").unlink(), lambda town, out: (out / "current").unlink(),
    lambda town, out: (out / "current/foreign.html").touch(),
    lambda town, out: shutil.rmtree(town / ".cache")],
    ids=["folder", "settings", "changed", "removed", "not standing", "foreign", "no cache"])
def test_whatever_is_not_as_it_was_is_built(edit: Callable[[Path, Path], object], make_site: Callable[..., Path],
                                            tmp_path: Path) -> None:
    """A site that somebody touched is mended by the next build, though no content has changed."""
    config, out = make_site(SITE), tmp_path / "out"
    clean = tree(build_site(config, out))
    edit(config.parent, out)
    assert tree(build_site(config, out)) == clean
    assert (out / "current").resolve().is_dir() and (out / "nginx.conf").is_file()


def test_what_is_saved_during_a_build_and_undone_is_not_what_stands(
        make_site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that was another one for as long as it took to read it is read again."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    record, whole = config.parent / "content/cases/leak.yml", load.read
    text = record.read_text(encoding="utf-8")
    record.write_text(text + "note: 第一稿\n", encoding="utf-8")

    def read(content: str, file: load.File) -> object:
        if file.path == "cases/leak.yml":
            record.write_text(text + "note: 第二稿\n", encoding="utf-8")
        return whole(content, file)

    monkeypatch.setattr(load, "read", read)
    assert "第二稿" in (build_site(config, out) / "cases/leak.html").read_text(encoding="utf-8")
    monkeypatch.undo()
    record.write_text(text + "note: 第一稿\n", encoding="utf-8")
    assert "cases/leak.html" in again(config, out)


@pytest.mark.parametrize("path", ["content/pages/feedback.md", "theme/partials/own.html"])
def test_what_else_is_saved_during_a_build_has_all_made_anew(
        make_site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Who knows which of two drafts each page was made of: the next build takes over none."""
    config, out = make_site(SITE), tmp_path / "out"
    config.write_text(config.read_text(encoding="utf-8") + "theme: theme\n", encoding="utf-8")
    (config.parent / "theme").mkdir()
    file = config.parent / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("第一稿\n", encoding="utf-8")
    painted = painting.paint_all

    def paint(*given: Any) -> Any:
        file.write_text("第二稿\n", encoding="utf-8")
        file.write_text("第一稿\n", encoding="utf-8")
        return painted(*given)

    monkeypatch.setattr(painting, "paint_all", paint)
    build_site(config, out)
    assert reuse.last(config.parent / ".cache" / reuse.FOLDER) == ["", "", ""]
    monkeypatch.undo()
    build_site(config, out)
    assert reuse.last(config.parent / ".cache" / reuse.FOLDER) != ["", "", ""]


def test_what_two_processes_read_of_the_last_build_is_the_same(tmp_path: Path) -> None:
    """Another build may replace it between them."""
    (tmp_path / "work").mkdir()
    cache.keep(tmp_path / reuse.STATE, [cache.Part([], b"one")])
    aside = reuse.set_aside(tmp_path, tmp_path / "work")
    cache.keep(tmp_path / reuse.STATE, [cache.Part([], b"two")])
    assert [part.data for part in cache.kept(aside / reuse.STATE) or ()] == [b"one"]


def test_templates_behind_links_count_and_broken_links_do_not(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/case.html").write_text("x")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "records").symlink_to(tmp_path / "elsewhere")
    (theme / ".#case.html").symlink_to("nobody@nowhere.1")
    (theme / "round").symlink_to(theme)
    assert [path.relative_to(theme).as_posix() for path in files_below(theme)] == ["records/case.html"]


def test_another_program_judges_all_files_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Ground().digest()
    monkeypatch.setattr(cache, "program", lambda: "another")
    assert Ground().digest() != before


def test_pages_of_another_folder_are_not_taken_over(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """What is remembered may name any folder: nothing but a release beside the new one is linked into it."""
    config, out = make_site(SITE), tmp_path / "out"
    build_site(config, out)
    change(config, "cases/leak.yml", "楼道漏水", "楼道渗水")
    new = build_site(config, tmp_path / "other")
    assert {path.stat().st_nlink for path in new.rglob("*.html")} == {1}
    assert again(config, out)


def test_first_record_of_a_kind_is_in_the_navigation_of_every_page(
        make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Where no sections are set, the folders that are there are the navigation."""
    config, out = make_site(BASE), tmp_path / "out"
    build_site(config, out)
    for path, text in RATED.items():
        (config.parent / "content" / path).parent.mkdir(exist_ok=True)
        (config.parent / "content" / path).write_text(text, encoding="utf-8")
    assert "cases/leak.html" in again(config, out)
    assert again(config, out) == set()
