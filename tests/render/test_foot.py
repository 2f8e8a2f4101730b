"""The foot of every page: who answers, the numbers that the law asks for, and where to turn."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import site_at
from generator.problem import ContentError
from generator.records import kinds
from generator.render.shell import version_of
from tests.sites import AS_OF, BASE, CONFIG, LISTED, RATED, build_site, codes, problems

IDENTITY = ("identity: {name: 清水公示, operator: 清水街道办事处, undertaker: 清水社区, icp: 湘ICP备12345678号-1, "
            "police: 湘公网安备 43020202000001号, site_code: '4302020001', accessibility: access.md}\n"
            "privacy: {contact: 社区大厅, answer_within: 7}\npublication: {as_of: 2026-06-30}\n")
PROSE = {f"pages/{name}.md": f"# {name}\n" for name in ("access", "feedback", "privacy")}
TOMBSTONES = {"cases/gone.yml": BASE["cases/leak.yml"] + "withdrawn: {date: 2026-06-10, reason: 报错了楼}\n",
              "areas/old.yml": BASE["areas/estate.yml"] + "withdrawn: {date: 2026-06-10, reason: 记重了}\n"}


def footed(page: Path) -> str:
    """Return the foot of a page."""
    return page.read_text(encoding="utf-8").partition('<footer class="gs-footer">')[2]


def test_foot_names_who_answers_and_the_numbers(make_site: Callable[..., Path]) -> None:
    """Organiser, undertaker, contact, registered numbers, statement, licence and day stand on every page."""
    config = make_site(PROSE, IDENTITY)
    release = build_site(config, config.parent / "site")
    for page, root in (("cases/leak.html", "../"), ("access.html", ""), ("index.html", "")):
        foot = footed(release / page)
        for text in ("主办单位：清水街道办事处", "承办单位：清水社区", "社区大厅，7 个工作日内答复",
                     "网站标识码 4302020001",
                     "内容许可：CC BY 4.0", f"数据截至 {AS_OF}",
                     '<a href="https://beian.miit.gov.cn/">湘ICP备12345678号-1</a>',
                     '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=43020202000001">',
                     f'<a href="{root}access.html">无障碍声明</a>', f'<a href="{root}privacy.html">隐私与更正</a>'):
            assert text in foot, (page, text)


def test_what_is_not_given_is_not_told(published: Path) -> None:
    """A site that names nobody shows no empty label, and no number or statement that it does not have."""
    foot = footed(published / "current/cases/leak.html")
    assert not re.search("主办|承办|备案|标识码|无障碍|联系|隐私|beian", foot)


@pytest.mark.parametrize("given", ["icp: 12345678", "police: 公网安备", "site_code: '43'", "icp: 湘ICP备12345678"])
def test_number_that_cannot_be_looked_up_is_refused(make_site: Callable[..., Path], given: str) -> None:
    """A number that is not written as it was issued is a Problem."""
    config = make_site(config=CONFIG.replace("清水公示", f"清水公示, {given}"))
    assert codes(problems(config)) == ["bad-registration"]


@pytest.mark.parametrize(("given", "code"), [("none.md", "broken-link"), ("javascript:x", "bad-link"),
                                             ("https://a.cn/wza", "")])
def test_statement_can_be_opened(make_site: Callable[..., Path], given: str, code: str) -> None:
    """The accessibility statement is a page of the site or an address elsewhere."""
    config = make_site(config=CONFIG.replace("清水公示", f"清水公示, accessibility: '{given}'"))
    try:
        site_at(config)
        found = ""
    except ContentError as error:
        [found] = codes(error.problems)
    assert found == code


def test_every_record_can_be_reported(make_site: Callable[..., Path]) -> None:
    """The page of every record, a tombstone's too, leads to the page for errors and objections with its own number."""
    config = make_site({**BASE, **RATED, **LISTED, **TOMBSTONES, **PROSE}, CONFIG)
    release = build_site(config, config.parent / "site")
    pages = [path for model in kinds().values() for path in (release / model.folder).glob("*.html")
             if (config.parent / "content" / model.folder / f"{path.stem}.yml").is_file()]
    assert len({page.parent for page in pages}) >= 8
    folders = {model.folder: kind for kind, model in kinds().items()}
    for page in pages:
        number = f"{folders[page.parent.name]}/{page.stem}"
        assert f'href="../feedback.html?about={number}"' in page.read_text(encoding="utf-8"), page


def test_version_is_that_of_what_is_shown(make_site: Callable[..., Path]) -> None:
    """Paper is told from what the page says today: the version changes with the article and with nothing else."""
    config = make_site()
    release = build_site(config, config.parent / "site")
    article = re.compile(r'id="main">\n(.*)\n</article>', re.DOTALL)

    def version(page: Path) -> str:
        found = re.search(r'本页版本 <span class="gs-id">([0-9a-f]{8})<', footed(page))
        assert found
        return found[1]

    before = {name: version(release / name) for name in ("cases/leak.html", "areas/estate.html")}
    shown = article.search((release / "cases/leak.html").read_text(encoding="utf-8"))
    assert shown and version_of(shown[1].encode()) == before["cases/leak.html"]
    config = make_site({"cases/leak.yml": BASE["cases/leak.yml"] + "evidence: [照片]\n"})
    again = build_site(config, config.parent / "site")
    assert version(again / "areas/estate.html") == before["areas/estate.html"]
    assert version(again / "cases/leak.html") != before["cases/leak.html"]
