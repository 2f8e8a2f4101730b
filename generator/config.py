"""Level 1. `site_config.yml`: the one configuration file, validated like a record.

Relative paths are meant from the folder of the file. Nothing here reads it; see `cli.site_at`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, model_validator

from generator.data import COMPUTED
from generator.records import kinds
from generator.records.forms import Contact, Flag, Line, Part, Whole, check_date, fault, field
from generator.wording import nearest


def _day(value: Any) -> Any:
    if isinstance(value, str) and len(value) != len("2026-11-22"):
        raise fault("bad-date", value=value[:40], example="2026-11-22")
    return date.fromisoformat(check_date(value)) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]


SCHEMA_VERSION = 1
"""How configuration and records are written today. It rises with a change that old ones don't survive (see
`desk.migrate`), and never for a field that was added."""


PASSED_ON = ("copyright", "edit_uri", "extra", "extra_css", "extra_javascript", "markdown_extensions", "nav",
             "repo_name", "repo_url", "site_author", "site_description")
"""Settings of MkDocs that a town may make. Others are ours, or run programs (`hooks`, `INHERIT`) or templates."""

EXTENSIONS = (
    "abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html", "nl2br",
    "sane_lists", "smarty", "tables", "toc", "wikilinks",
    *(f"pymdownx.{name}" for name in (
        "betterem", "caret", "critic", "details", "escapeall", "fancylists", "keys", "magiclink", "mark", "progressbar",
        "saneheaders", "smartsymbols", "tabbed", "tasklist", "tilde")))
"""Extensions of Markdown that read no file, ask no network and import no module of anybody's own."""


ADDRESS = r"https?://[^\s\"'<>]+"
PAGE = r"[\w-]+(?:/[\w-]+)*\.md"
"""A prose page by its path below content/pages: no way out of it."""


def _web_address(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(ADDRESS, value):
        raise fault("bad-link", target=value[:80])
    return value


def _site_address(value: Any) -> Any:
    if isinstance(value, str) and re.search(r"[?#]", value):  # addresses of pages are put after it
        raise fault("bad-link", target=value[:80])
    return _web_address(value)


WebAddress = Annotated[Line, BeforeValidator(_web_address)]
"""An http or https address."""
SiteAddress = Annotated[Line, BeforeValidator(_site_address)]
"""What every address of the site begins with: no query and no place within a page."""


REGISTERED = {
    "icp": (r"[\u4e00-\u9fff]ICP[备证]\d{6,}号(-\d+)?", "湘ICP备12345678号-1"),
    "police": (r"[\u4e00-\u9fff]{1,2}公网安备\s?\d{14}号?", "湘公网安备43020202000001号"),
    "site_code": (r"[0-9A-Za-z]{10}", "4302020001"),
}
"""How the numbers that the law asks for are written, and an example of each: they must be found when looked up."""


class Identity(Part):
    """Who publishes: shown in header and footer; what is not given is not shown.

    accessibility: a prose page of this site, as `accessibility.md`, or an address elsewhere.
    """

    name: Line = field("站名", ...)
    tagline: Line | None = field("副题")
    operator: Line | None = field("主办单位")
    undertaker: Line | None = field("承办单位")
    contact: Contact | None = field("联系方式")
    icp: Line | None = field("ICP备案号")
    police: Line | None = field("公安备案号")
    site_code: Line | None = field("网站标识码")
    accessibility: Line | None = field("无障碍声明")
    notice: Line | None = field("全站提示")

    @model_validator(mode="after")
    def _numbers_are_whole(self) -> Identity:
        for name, (form, example) in REGISTERED.items():
            given = getattr(self, name)
            if given and not re.fullmatch(form, given):
                raise fault("bad-registration", (name,), value=given[:60], key=name, example=example)
        return self

    @model_validator(mode="after")
    def _statement_can_be_opened(self) -> Identity:
        if self.accessibility and not re.fullmatch(f"{PAGE}|{ADDRESS}", self.accessibility):
            raise fault("bad-link", ("accessibility",), target=self.accessibility[:80])
        return self


class Section(Part):
    """One entry of the main navigation: a kind of record, a computed page, or a prose page.

    group: the heading under which it stands among all sections; without one it stands in the header itself.
    """

    kind: Line | None = field("类")
    page: Line | None = field("页面")
    title: Line | None = field("名称")
    group: Line | None = field("组")

    @model_validator(mode="after")
    def _points_somewhere(self) -> Section:
        known = [*kinds(), *COMPUTED]
        if (self.kind is None) == (self.page is None):
            raise fault("just-one", names="kind、page")
        target = self.kind or self.page
        if target not in known and not (self.page and re.fullmatch(PAGE, self.page)):
            raise fault("unknown-section", ("kind" if self.kind else "page",), value=target, known="、".join(known))
        return self


class Privacy(Part):
    """Whom to tell about an error or a name, and how soon they answer."""

    contact: Contact | None = field("更正与异议")
    answer_within: Whole = field("答复时限（工作日）", 15)


class Publication(Part):
    """Where releases go, how many are kept, on which day the site stands, under which licence.

    compress: whether a compressed copy lies beside every text, for servers that send it as it is.
    """

    out: Line = field("输出文件夹", "site")
    keep: Whole = field("保留版本数", 5, ge=1)
    as_of: Day | None = field("数据截至")
    compress: Flag = field("压缩副本", False)
    licence: Line = field("内容许可", "CC BY 4.0")
    licence_url: WebAddress | None = field("许可全文")


class Repository(Part):
    """Where the site's repository stands on a forge: what links and forms for editors lead to.

    branch: the one that is published.
    """

    forge: Literal["github", "gitlab", "gitea", "forgejo"] = field("平台", ...)
    url: SiteAddress = field("仓库网址", ...)
    branch: Line = field("发布分支", "main")

    @model_validator(mode="after")
    def _is_a_repository(self) -> Repository:
        if not re.fullmatch(r"https?://[^/]+(?:/[\w.-]+){2,}", self.url) or self.url.endswith(".git"):
            raise fault("bad-repository", ("url",), target=self.url[:80])
        return self

    @property
    def host(self) -> str:
        """The forge's own address, as `https://git.example.org`."""
        return "/".join(self.url.split("/")[:3])

    @property
    def name(self) -> str:
        """What the repository is called on its forge, as `owner/name`; deeper on GitLab."""
        return self.url.removeprefix(self.host + "/")


class Admin(Part):
    """Forms at /admin/. `admin: true` will do; `app_id` lets editors sign in on GitLab, Gitea or Forgejo by one click.

    app_id: of an OAuth application without a secret (PKCE) on that forge, which leads back to `<address>/admin/`.
    """

    app_id: Line | None = field("应用编号")


def _switched(value: Any) -> Any:
    """Return what `true` and `false` mean: forms with nothing more said, and none."""
    return ({} if value else None) if isinstance(value, bool) else value


class Settings(Part):
    """What `site_config.yml` says.

    manuals: whether the site carries the manuals for editors and administrators, at manual/.
    """

    schema_version: Whole = field("格式版本", 1, ge=1)
    identity: Identity = field("站点", ...)
    address: SiteAddress | None = field("网址")
    languages: list[Literal["zh", "en"]] = field("语言", ["zh"], min_length=1)
    timezone: Line = field("时区", "Asia/Shanghai")
    content: Line = field("内容文件夹", "content")
    theme: Line | None = field("自有主题文件夹")
    sections: list[Section] = field("栏目", [])
    privacy: Privacy = field("隐私", Privacy())
    publication: Publication = field("发布", Publication())
    repository: Repository | None = field("仓库")
    manuals: Flag = field("附手册", False)
    admin: Annotated[Admin | None, BeforeValidator(_switched)] = field("网页表单")
    mkdocs: dict[str, Any] = field("MkDocs", {})

    @model_validator(mode="after")
    def _leaves_ours_alone(self) -> Settings:
        for key in self.mkdocs:
            if key not in PASSED_ON:
                raise fault("reserved-setting", ("mkdocs", key), key=key[:60], known="、".join(PASSED_ON))
        if not isinstance(self.mkdocs.get("extra", {}), dict):
            raise fault("not-a-mapping", ("mkdocs", "extra"), found="a list")
        for key in ("extra_css", "extra_javascript"):
            for item in self.mkdocs.get(key) or []:
                if not isinstance(item, str) or not re.fullmatch(r"(?![/.])[\w./-]+", item) or "/." in item:
                    raise fault("bad-link", ("mkdocs", key), target=str(item)[:80])
        return self

    @model_validator(mode="after")
    def _extensions_are_harmless(self) -> Settings:
        some = self.mkdocs.get("markdown_extensions") or []
        for item in some if isinstance(some, list | dict) else [some]:
            for name in item if isinstance(item, dict) else [str(item)]:
                if name.removeprefix("markdown.extensions.") not in EXTENSIONS:
                    raise fault("not-one-of", ("mkdocs", "markdown_extensions"), value=name[:40],
                                near=nearest(name[:40], EXTENSIONS), allowed="、".join(EXTENSIONS))
        return self

    @model_validator(mode="after")
    def _chinese_is_spoken(self) -> Settings:
        if "zh" not in self.languages:
            raise fault("no-chinese", ("languages",))
        return self

    @model_validator(mode="after")
    def _zone_exists(self) -> Settings:
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):
            raise fault("invalid", ("timezone",), key="timezone", reason=self.timezone, kind="site") from None
        return self


def version_of(values: Any) -> int:
    """Return the format that a configuration states, 1 where it states none or none that can be read."""
    stated = values.get("schema_version", "1") if isinstance(values, dict) else "1"
    return int(stated) if isinstance(stated, str) and re.fullmatch(r"[1-9][0-9]{0,5}", stated) else 1


def out_of_step(values: Any) -> tuple[str, dict[str, Any]] | None:
    """Return the code and values of a Problem where a configuration states another format than ours."""
    stated = version_of(values)
    if stated == SCHEMA_VERSION:
        return None
    return "newer-format" if stated > SCHEMA_VERSION else "older-format", {"value": stated, "known": SCHEMA_VERSION}


@dataclass(frozen=True)
class Site:
    """The settings, and the folder that their relative paths are meant from."""

    root: Path
    settings: Settings

    @property
    def content(self) -> Path:
        """The folder of the records."""
        return self.root / self.settings.content

    @property
    def themes(self) -> tuple[Path, ...]:
        """The theme folders, first the town's own, whose files win, then the stock theme."""
        own = (self.root / self.settings.theme,) if self.settings.theme else ()
        return (*own, STOCK_THEME)

    @property
    def manuals(self) -> Path | None:
        """The folder of the manuals, None for a site that does not carry them."""
        return STOCK_MANUALS if self.settings.manuals else None


def _stock(name: str) -> Path:
    """Return a folder of ours: inside the package when installed from a wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    return here / name if (here / name).is_dir() else here.parent / name


STOCK_THEME = _stock("theme")
STOCK_MANUALS = _stock("docs")

EXAMPLE = """\
identity:
  name: 某某社区公示
  operator: 某某社区居民委员会
address: https://example.org/
sections:
  - {kind: case, title: 办件}
  - {kind: area, title: 地方}
  - {page: boards, title: 榜单}
privacy:
  contact: 社区服务大厅
publication:
  out: site
  licence: CC BY 4.0
  compress: true
mkdocs:
  markdown_extensions: [tables]
"""
