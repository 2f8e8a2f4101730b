"""What happens when something is saved while the site is previewed: a page at once, all else by a build."""

from __future__ import annotations

import os
import re
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue

import pytest

from generator import build, cli, follow, preview
from generator.follow import Follower
from generator.preview import Left, Shown
from generator.problem import Problem
from generator.serve import Showing, listening
from tests.sites import AS_OF, BASE, RATED, quiet, write_site

LEAK = "content/cases/leak.yml"
@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Left]:
    """A site that was built once, and what is left of that."""
    root = tmp_path_factory.mktemp("town")
    left: list[Left] = []
    build.build(cli.site_at(write_site(root, {**BASE, **RATED})), root / "site", AS_OF, 1, quiet, "",
                keep=lambda site, painting: left.append(preview.left_of(site, painting)))
    return root, left[0]


class Builds:
    """Builds that end when a test says so, and ask what is left of the one real build for pages; a terminal as well.

    begun: those that were begun, in order; closed: those that nobody needs any more; said: what an editor reads.
    """

    def __init__(self, root: Path, left: Left):
        self.root, self.left, self.showing = root, left, Showing()
        self.begun: list[Built] = []
        self.closed: list[Built] = []
        self.said: list[object] = []
        self.first = Built(self)
        self.follower = Follower(root / "content", self.showing, lambda: Built(self), self.first, self)

    def save(self, path: str, text: str) -> Path:
        """Save a file as editors do, by putting another one into its place."""
        (self.root / "fresh").write_text(text, encoding="utf-8")
        (self.root / path).parent.mkdir(exist_ok=True)
        os.replace(self.root / "fresh", self.root / path)
        return self.root / path

    def save_leak(self, title: str) -> Path:
        """Save the case under another title."""
        return self.save(LEAK, BASE["cases/leak.yml"].replace("楼道漏水", title))

    def happens(self, *saved: set[Path]) -> dict[str, str]:
        """Have things saved, deal with all that happened, and return the titles of the pages that are shown."""
        for event in (*saved, None):
            self.follower.events.put(event)
        self.follower.run()
        return {path: re.findall(r"<h1[^>]*>(.*?)</h1>", page.decode(), re.DOTALL)[0].strip()
                for path, page in self.showing.pages.items()}

    def pauses(self) -> None:
        """Have nothing happen until a build begins."""
        self.awaited = True
        self.follower.run()
        self.awaited = False

    awaited = False

    def shown(self, path: str) -> None:
        self.said.append(path)

    def unsound(self, problems: list[Problem]) -> None:
        self.said += [f"{one.place.path}: {one.code}" for one in problems]

    def built(self, done: Future[bool]) -> None:
        self.said.append(done.result())


class Built:
    """One of them."""

    def __init__(self, builds: Builds):
        self.builds = builds
        self.done: Future[bool] = Future()

    def build(self) -> Future[bool]:
        self.builds.begun.append(self)
        if self.builds.awaited:
            self.builds.follower.events.put(None)
        return self.done

    def page(self, path: str) -> Shown | list[Problem] | None:
        return preview.page_of(self.builds.left, path)

    def close(self) -> None:
        self.builds.closed.append(self)


@pytest.fixture
def builds(town: tuple[Path, Left], monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    monkeypatch.setattr(follow, "PAUSE", 0)
    builds = Builds(*town)
    yield builds
    builds.save(LEAK, BASE["cases/leak.yml"])


def test_page_is_shown_before_the_build_is_through(builds: Builds) -> None:
    """What was saved is on its page while the build is held; once that is through, the release is served again."""
    assert builds.happens({builds.save_leak("楼道渗水")}) == {"cases/leak.html": "楼道渗水"}
    assert builds.said == ["cases/leak.html"] and builds.begun == []
    builds.pauses()
    assert builds.happens() == {"cases/leak.html": "楼道渗水"} and len(builds.begun) == 1
    builds.begun[0].done.set_result(True)
    assert builds.happens() == {} and builds.closed == [builds.first]
    assert builds.showing.number == 1  # pages that are as they were are not reloaded


def test_browser_waits_for_the_page(builds: Builds) -> None:
    """The answer that a browser waits for comes with the page that was saved, the release being as it was."""
    server = listening(builds.root / "site/current", 0, builds.showing)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def ask(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    try:
        shown = re.findall('data-shown="([^"]+)"', ask("/cases/leak"))[0]
        waiting = ThreadPoolExecutor().submit(ask, f"/__build?page=/cases/leak&shown={shown}")
        builds.happens({builds.save_leak("楼道渗水")})
        page = ask("/cases/leak")
        assert waiting.result(10) != shown and f'data-shown="{waiting.result()}"' in page and "楼道渗水" in page
        assert "楼道渗水" not in (builds.root / "site/current/cases/leak.html").read_text(encoding="utf-8")
    finally:
        server.shutdown()
        server.server_close()


def test_faulty_file_is_told_at_once_and_not_built(builds: Builds) -> None:
    """The Problems of the one file that was saved are told, without a build that could find no others."""
    assert builds.happens({builds.save(LEAK, "title: 坏了\n")}) == {}
    assert "content/cases/leak.yml: missing-key" in builds.said and builds.begun == []
    other = builds.root / "content/areas/b3.yml"
    builds.happens({other})
    builds.pauses()
    builds.happens({builds.root / LEAK})
    assert len(builds.begun) == 1  # with something else in between, a build tells everything


@pytest.mark.parametrize("path", ["content/schemes/stars.yml", "content/pages/about.md", "site_config.yml",
                                  "theme/templates/records/case.html"])
def test_what_changes_every_page_is_for_a_build(builds: Builds, path: str) -> None:
    """Until a build has seen a scheme, prose, settings or the theme, no page is painted by what was before."""
    assert builds.happens({builds.root / path}) == {} and len(builds.begun) == 1
    assert builds.happens({builds.save_leak("楼道渗水")}) == {}
    builds.begun[0].done.set_result(True)
    builds.happens()
    assert builds.showing.number == 2 and len(builds.begun) == 2  # all pages reload; what was saved since is built


def test_what_is_saved_during_a_build_stays_shown(builds: Builds) -> None:
    """The build that is going on may have read the file before: its page stays until the next build is through."""
    builds.happens({builds.save_leak("楼道渗水")})
    builds.pauses()
    assert builds.happens({builds.save_leak("楼道积水")}) == {"cases/leak.html": "楼道积水"}
    builds.begun[0].done.set_result(True)
    assert builds.happens() == {"cases/leak.html": "楼道积水"} and len(builds.begun) == 2
    builds.begun[1].done.set_result(True)
    assert builds.happens() == {} and builds.closed == [builds.first, builds.begun[0]]


def test_build_that_fails_takes_its_pages_back(builds: Builds) -> None:
    """The pages are those of the last good build then, and what is left of that goes on."""
    builds.happens({builds.save_leak("楼道渗水")})
    builds.pauses()
    builds.begun[0].done.set_result(False)
    assert builds.happens() == {} and builds.closed == [builds.begun[0]]
    assert builds.happens({builds.save_leak("楼道积水")}) == {"cases/leak.html": "楼道积水"}


def test_painted_page_is_the_page_that_a_build_makes(town: tuple[Path, Left]) -> None:
    """Of every record that can be shown by itself, byte for byte."""
    root, left = town
    paths = [source for path in sorted((root / "content").rglob("*.yml"))
             if (source := preview.source_of(root / "content", path))]
    shown = [preview.page_of(left, path) for path in paths]
    assert len(shown) > 5
    for page in shown:
        assert isinstance(page, Shown) and page.data == (root / "site/current" / page.path).read_bytes()


@pytest.mark.parametrize("text", [
    "", BASE["cases/leak.yml"].replace("area: b3", "area: nowhere"),
    BASE["cases/leak.yml"].replace("楼道漏水", "找李阿姨，电话 13912345678")])
def test_what_a_build_would_refuse_is_not_shown(builds: Builds, text: str) -> None:
    """An empty file, a reference that leads nowhere, a phone number: a build or the gate tells of it."""
    assert builds.happens({builds.save(LEAK, text)}) == {}


def test_new_gone_and_moved_records_are_for_a_build(builds: Builds) -> None:
    """They have no page yet, or none any more, or lists and links that change with them."""
    new = builds.save("content/cases/new.yml", BASE["cases/leak.yml"])
    moved = builds.save("content/cases/2026/leak.yml", BASE["cases/leak.yml"])
    gone = builds.root / "content/cases/gone.yml"
    assert builds.happens({new}, {moved}, {gone}) == {} and len(builds.begun) == 1
    new.unlink()
    moved.unlink()


def test_folder_that_is_made_anew_is_watched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when another branch is looked at, and this one again."""
    monkeypatch.setattr(follow, "SURE_MS", 50)
    content, events = tmp_path / "content", Queue()
    content.mkdir()
    follow.watching(tmp_path / "site_config.yml", [content], events)
    _until(events, content / "a.yml")
    shutil.rmtree(content)
    assert content in events.get(timeout=10) or content in events.get(timeout=10)
    content.mkdir()
    _until(events, content / "b.yml")


def _until(events: Queue[set[Path]], path: Path) -> None:
    """Save a file again and again, until that is told."""
    for _ in range(100):
        path.write_text("x", encoding="utf-8")
        with suppress(Empty):
            while path not in events.get(timeout=0.1):
                pass
            return
    raise AssertionError(f"{path} is not watched")
