"""The one configuration file is validated like a record, and every setting does what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import cli
from generator import config as config_module
from generator.cli import common
from generator.problem import ContentError, Problem
from tests.sites import CONFIG, build_site, codes, problems

Make = Callable[..., Path]
NAME = "identity: {name: 清水}\n"


@pytest.mark.parametrize(("text", "code", "line"), [
    ("", "empty-file", 1), ("- a\n", "not-a-mapping", 1), (NAME + "identity: {name: x}\n", "duplicate-key", 2),
    ("address: https://example.org\n", "missing-key", 1), (NAME + "adress: x\n", "unknown-key", 2),
    (NAME + "publication:\n  out: site\n  kep: 3\n", "unknown-key", 4), (NAME + "languages: [fr]\n", "not-one-of", 2),
    (NAME + "languages: []\n", "too-few", 2), (NAME + "publication: {keep: 0}\n", "out-of-range", 2),
    (NAME + "publication: {keep: all}\n", "not-a-number", 2),
    (NAME + "\npublication: {as_of: 2026-02-30}\n", "no-such-day", 3),
    (NAME + "publication: {as_of: 2026-02}\n", "bad-date", 2), (NAME + "timezone: Mars/Olympus\n", "invalid", 2),
    (NAME + "timezone: ../../etc/passwd\n", "invalid", 2), (NAME + "sections:\n  - {kind: case}\n  - {kind: cases}\n",
                                                            "unknown-section", 4),
    (NAME + "sections: [{title: 无}]\n", "just-one", 2), (NAME + "sections: [{page: bords}]\n", "unknown-section", 2),
    (NAME + "note: !!str x\n", "yaml-tag", 2), (NAME + "privacy: &p {}\n", "yaml-anchor", 2),
    (NAME + "address: https://a.cn/?p=1\n", "bad-link", 2),
    (NAME + "mkdocs: [a]\n", "wrong-type", 2), (NAME + "content: nowhere\n", "no-folder", 2)])
def test_fault_is_one_problem_with_its_line(make_site: Make, text: str, code: str, line: int) -> None:
    """A fault of the configuration is one Problem, at its line."""
    found = problems(make_site({}, text))
    assert [(p.code, p.place.line) for p in found] == [(code, line)]
    assert found[0].place.path.endswith("site_config.yml")


@pytest.mark.parametrize("key", ["content", "theme"])
def test_what_lies_outside_is_not_published(make_site: Make, tmp_path: Path, key: str) -> None:
    """A folder elsewhere on the machine is refused, by its path or through a link: no merge brought what it holds."""
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    config = make_site({}, CONFIG + f"{key}: inside\n")
    (config.parent / "inside").symlink_to(outside)
    assert codes(problems(config)) == ["outside-folder"]
    config.write_text(CONFIG + f"{key}: {outside}\n", encoding="utf-8")
    assert codes(problems(config)) == ["outside-folder"]


def test_unknown_key_names_the_nearest(make_site: Make) -> None:
    """A misspelt setting is refused with the one that was probably meant."""
    [problem] = problems(make_site({}, NAME + "tiemzone: Asia/Shanghai\n"))
    assert "`timezone`" in problem.message()


def test_all_faults_are_reported_at_once(make_site: Make) -> None:
    """Every fault of the configuration is in one list."""
    found = problems(make_site({}, "identity: {}\nadress: x\ntimezone: [a]\n"))
    assert codes(found) == ["missing-key", "unknown-key", "wrong-type"]


def test_day_is_that_of_the_time_zone(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a configured day the site stands on today in its own time zone; a configured or given day wins."""
    zones = []

    class Clock(common.datetime):
        @classmethod
        def now(cls, tz=None):
            zones.append(str(tz))
            return cls(2026, 7, 1, tzinfo=tz)

    monkeypatch.setattr(common, "datetime", Clock)
    site = cli.site_at(make_site({}, NAME + "timezone: Asia/Urumqi\n"))
    assert cli.today(site, None) == date(2026, 7, 1)
    assert zones == ["Asia/Urumqi"]
    assert cli.today(cli.site_at(make_site({}, CONFIG)), None) == date(2026, 6, 30)


def test_paths_are_meant_from_the_configuration(make_site: Make, tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the command is run, content, theme and output are found beside the configuration."""
    config = make_site({}, CONFIG + "theme: ours\n")
    (config.parent / "ours").mkdir()
    monkeypatch.chdir(tmp_path)
    site = cli.site_at(config.relative_to(tmp_path))
    assert site.content == config.parent / "content"
    assert site.themes[0] == config.parent / "ours"


def built(make_site: Make, config: str, files: dict[str, str] | None = None) -> Path:
    """Return the standing site of a configuration."""
    path = make_site(files, config)
    build_site(path, path.parent / "site")
    return path.parent / "site/current"


def test_identity_is_shown_and_escaped(make_site: Make) -> None:
    """Name and operator stand on every page, as text and never as markup."""
    current = built(make_site, "identity: {name: '<b>清水</b>', operator: 某<i>街道</i>}\n")
    for page in ("index.html", "cases/leak.html"):
        html = (current / page).read_text(encoding="utf-8")
        assert "&lt;b&gt;清水&lt;/b&gt;" in html and "<b>清水" not in html and "<i>街道" not in html


def test_sections_are_the_navigation_in_their_order(make_site: Make) -> None:
    """The sections of the configuration stand in the navigation of every page, in their order."""
    sections = "sections: [{kind: area, title: 小区大全}, {page: boards}, {kind: case}, " \
               "{page: about.md, title: 关于我们}]\n"
    current = built(make_site, CONFIG + sections, {"pages/about.md": "# 关于\n"})
    html = (current / "cases/leak.html").read_text(encoding="utf-8")
    at = [html.index(word) for word in ("小区大全", "榜单", "关于我们")]
    assert at == sorted(at)
    assert '../about.html"' in html


def test_grouped_sections_stand_under_their_heading(make_site: Make) -> None:
    """Sections with a group follow those of the header, each group once, in the order of its first entry."""
    sections = "sections: [{kind: document, group: 依据}, {kind: area, group: 人和地方}, " \
               "{kind: case, title: 办件大全}, {kind: scheme, title: 各种办法, group: 依据}]\n"
    html = (built(make_site, CONFIG + sections) / "cases/leak.html").read_text(encoding="utf-8")
    nav = html.partition("<nav class=\"gs-nav\"")[2].partition("</nav>")[0]
    words = ("办件大全", "<p>依据</p>", "文件", "各种办法", "<p>人和地方</p>", "地方</a>")
    assert [nav.count(word) for word in words] == [1] * len(words)
    at = [nav.index(word) for word in words]
    assert at == sorted(at)


def test_own_theme_wins(make_site: Make) -> None:
    """A town's template of the same name replaces the stock one."""
    config = make_site({}, CONFIG + "theme: ours\n")
    (config.parent / "ours").mkdir()
    (config.parent / "ours/records").mkdir(parents=True)
    (config.parent / "ours/records/case.html").write_text("<p>自家样式 {{ record.title }}</p>", encoding="utf-8")
    build_site(config, config.parent / "site")
    assert "<p>自家样式 楼道漏水</p>" in (config.parent / "site/current/cases/leak.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["docs_dir", "site_dir", "theme", "plugins", "hooks", "site_url", "site_name",
                                 "use_directory_urls"])
def test_what_the_generator_decides_can_not_be_set(make_site: Make, key: str) -> None:
    """The `mkdocs` block passes settings on, but not those that would move, run or rename anything of ours."""
    config = make_site({}, CONFIG + f"mkdocs: {{{key}: x}}\n")
    found: list[Problem] = []
    try:
        build_site(config, config.parent / "site")
    except ContentError as error:
        found = error.problems
    assert codes(found) == ["reserved-setting"]
    assert not (config.parent / "site/current").exists()


def test_mkdocs_settings_are_passed_on(make_site: Make) -> None:
    """A setting that MkDocs knows reaches the prose pages."""
    config = CONFIG + "mkdocs: {markdown_extensions: [footnotes]}\n"
    current = built(make_site, config, {"pages/about.md": "# 关于\n\n一[^1]\n\n[^1]: 注脚\n"})
    assert 'class="footnote"' in (current / "about.html").read_text(encoding="utf-8")


def test_example_is_a_configuration(make_site: Make) -> None:
    """What `gongshi new site` prints is accepted as it is."""
    assert problems(make_site({}, config_module.EXAMPLE)) == []


@pytest.mark.parametrize(("url", "host", "name"), [
    ("https://github.com/qingshui/gongshi", "https://github.com", "qingshui/gongshi"),
    ("https://gitlab.example.org/a/b/gong.shi", "https://gitlab.example.org", "a/b/gong.shi"),
    ("http://10.0.0.2:3000/qingshui/gongshi", "http://10.0.0.2:3000", "qingshui/gongshi")])
def test_repository_is_an_address_on_a_forge(make_site: Make, url: str, host: str, name: str) -> None:
    """A repository's address tells its forge and its name there."""
    found = cli.site_at(make_site({}, CONFIG + f"repository: {{forge: gitlab, url: '{url}'}}\n")).settings.repository
    assert found and (found.host, found.name, found.branch) == (host, name, "main")


@pytest.mark.parametrize("url", ["https://github.com/", "https://github.com/qingshui", "https://github.com/a/b.git",
                                 "https://github.com/a/b/", "https://github.com/a/b?x", "git@github.com:a/b"])
def test_what_is_no_repository_is_refused(make_site: Make, url: str) -> None:
    """An address from which no link into the forge could be made is refused."""
    [problem] = problems(make_site({}, CONFIG + f"repository: {{forge: github, url: '{url}'}}\n"))
    assert problem.code in ("bad-repository", "bad-link")
