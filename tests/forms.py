"""The forms at /admin/ for tests: their program, a tiny site's pages, and a folder of this computer to write to."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator import cli
from generator.admin import files as files_of
from tests.browser.chromium import REQUIRED
from tests.browser.conftest import serving
from tests.sites import CONFIG, ROOT, write_site

SOURCE = ROOT / "theme/admin"
NOT_MADE = "theme/admin/dist is not made, and there is no npm to make it"


def made() -> Path:
    """Return the folder of the forms' program, made once as `make admin` does; skip where that can't be."""
    if shutil.which("npm") is None:
        if not (SOURCE / "dist/admin.js").is_file():
            (pytest.fail if REQUIRED else pytest.skip)(NOT_MADE)
        return SOURCE / "dist"
    with open(SOURCE / "package.json", "rb") as held:  # one worker makes it, the others wait
        fcntl.flock(held, fcntl.LOCK_EX)
        done = subprocess.run(["make", "admin"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return SOURCE / "dist"


def write_forms(folder: Path, more: str = "", files: Mapping[str, str] | None = None,
                admin: str = "true") -> Path:
    """Write what lies below /admin/ for a tiny site, and return its configuration. more: further settings."""
    made()
    config = write_site(folder / "town", files or {}, f"{CONFIG}admin: {admin}\n{more}")
    for path, data in files_of(cli.site_at(config)):
        target = folder / "out" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return config


PICK = "window.showDirectoryPicker = async () => navigator.storage.getDirectory();"
FILL = """async files => {
    const root = await navigator.storage.getDirectory();
    for (const [path, text] of Object.entries(files)) {
        const names = path.split("/"), name = names.pop();
        let folder = root;
        for (const one of names) folder = await folder.getDirectoryHandle(one, {create: true});
        const file = await (await folder.getFileHandle(name, {create: true})).createWritable();
        await file.write(text);
        await file.close();
    }
}"""
READ = """async () => {
    const found = {};
    const walk = async (folder, path) => {
        for await (const [name, one] of folder.entries()) {
            if (one.kind === "directory") await walk(one, path + name + "/");
            else found[path + name] = await (await one.getFile()).text();
        }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return found;
}"""


@dataclass
class Editor:
    """Somebody who fills in forms: the browser's page, what its console complained of, which hosts it asked."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def open_folder(self, files: Mapping[str, str]) -> None:
        """Fill a folder of this computer as the repository's, and open it in the forms."""
        self.page.goto(f"{self.address}admin/")
        self.page.evaluate(FILL, {".git/HEAD": "", **{f"content/{path}": text for path, text in files.items()}})
        self.page.get_by_role("button", name="用这台电脑上的文件夹").click()
        self.is_in()

    def sign_in(self, token: str) -> None:
        """Sign in to the forge with a personal token."""
        self.page.goto(f"{self.address}admin/")
        self.page.get_by_role("button", name="使用访问令牌登录").click()
        self.page.get_by_role("textbox", name="个人访问令牌").fill(token)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.is_in()

    def is_in(self) -> None:
        """Wait until the collections stand there."""
        expect(self.page.get_by_role("status").filter(has_text="集合")).to_have_count(1, timeout=15_000)

    def open(self, kind: str, path: str) -> None:
        """Open a record's form. path: below the kind's folder, without ending."""
        self.page.goto(f"{self.address}admin/#/collections/{kind}/entries/{path}")
        expect(self.box("标题")).to_be_visible()

    def box(self, label: str) -> Locator:
        """Return the box for a field of the record itself, by its label."""
        return self.page.get_by_role("textbox", name=label, exact=True).first

    def save(self, then: str = "") -> None:
        """Save, and wait until the list stands there again. then: what is answered when asked what to do next."""
        self.page.get_by_role("button", name="保存", exact=True).click()
        if then:
            self.page.get_by_role("button", name=then).click()
        expect(self.page.get_by_role("button", name="创建新条目").first).to_be_visible(timeout=15_000)

    def files(self) -> dict[str, str]:
        """Return the files of the folder's content, as paths below content/ with their text."""
        found = self.page.evaluate(READ)
        return {path.removeprefix("content/"): text for path, text in found.items() if path.startswith("content/")}


@contextmanager
def editing(browser: Browser, folder: Path, width: int = 1280, height: int = 900,
            hosts: Iterable[str] = (), bare: bool = False) -> Iterator[Editor]:
    """Give an editor before the forms in a folder, who must hear no complaint and reach no host but `hosts`.

    The browser's language is English: the forms are Chinese all the same. bare: with no policy in force.
    """
    with (serving(folder / "out") as address,
          browser.new_context(viewport={"width": width, "height": height}, locale="en-US",
                              bypass_csp=bare) as context):
        context.set_default_timeout(10_000)
        editor = Editor(context.new_page(), address)
        editor.page.add_init_script(PICK)
        editor.page.on("console", lambda said: editor.complaints.append(said.text) if said.type == "error" else None)
        editor.page.on("pageerror", lambda error: editor.complaints.append(str(error)))
        editor.page.on("request", lambda asked: editor.hosts.add(urlsplit(asked.url).netloc))
        yield editor
        assert editor.complaints == []
        allowed = {urlsplit(one).netloc for one in (address, *hosts)} | {""}
        assert editor.hosts <= allowed, "nothing is asked of another host"
