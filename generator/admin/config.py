"""What the forms are told: where the repository stands, and for every kind its folder, its fields and its lists.

Derived from the models alone (`records/fields.py`); nothing here is written per kind.
"""

from __future__ import annotations

from typing import Any

from generator.admin.widgets import HIDDEN, PHOTOS, form, shape
from generator.config import Repository, Settings
from generator.records import kinds
from generator.records.base import Record
from generator.records.fields import fields

DRAFT = "draft"
"""The branch that forms write to where the forge's forms know no review: CI opens the request from it."""
REVIEWED = ("github", "gitlab")
"""Forges on which every change of the forms becomes a request of its own."""
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SERIAL = r"^[a-z]{1,3}-\d{3,8}$"
ICON = "icon.svg"
UPLOADED = {"max_file_size": 20_000_000,
            "transformations": {"raster_image": {"format": "webp", "quality": 90, "width": 2048, "height": 2048}}}
"""How photos reach the repository: drawn anew in the browser, so that the place and the telephone stay behind."""
BESIDE = [{"name": name, "widget": "hidden", "default": ""} for name in ("_id", "_day", "_told")]
"""What `record.js` adds to what a form shows, and never writes: the id, the day, and the day as a list tells it."""
MESSAGES = {"create": "新增{{collection}}：{{slug}}", "update": "修改{{collection}}：{{slug}}",
            "delete": "删除{{collection}}：{{slug}}", "uploadMedia": "上传照片：{{path}}",
            "deleteMedia": "删除照片：{{path}}"}


def config(settings: Settings) -> dict[str, Any]:
    """Return what `config.json` holds: `config` as Sveltia takes it, `kinds` as `record.js` does.

    local: nothing can be sent anywhere, so that the forms are of use on the computer of the folder alone.
    """
    labels = {name: model.label for name, model in kinds().items()}
    reviewed = settings.repository is not None and settings.repository.forge in REVIEWED
    return {
        "local": settings.repository is None,
        "config": {
            "backend": _backend(settings),
            **({"publish_mode": "editorial_workflow"} if reviewed else {}),
            "app_title": f"{settings.identity.name} · 填表",
            "logo": {"src": ICON},
            **({"site_url": settings.address} if settings.address else {}),
            "media_folder": f"{settings.content}/{PHOTOS}",
            "public_folder": f"/{PHOTOS}",
            "media_libraries": {"default": {"config": UPLOADED}, "stock_assets": {"providers": []}},
            "show_preview_links": False,
            "slug": {"encoding": "ascii", "maxlength": 80, "timezone": "local"},
            "editor": {"preview": False},
            "collections": [collection(model, settings.content, labels) if model.by_hand
                            else sealed(model, settings.content) for model in _in_order(settings)],
        },
        "kinds": {name: {"dated": model.date_field or "",
                         "fields": [shape(one) for one in fields(model) if one.name not in HIDDEN and model.by_hand]}
                  for name, model in kinds().items()},
    }


def _in_order(settings: Settings) -> list[type[Record]]:
    """Return the kinds as the site's own sections order them, then the others."""
    first = list(dict.fromkeys(section.kind for section in settings.sections if section.kind))
    return [kinds()[name] for name in [*first, *(name for name in kinds() if name not in first)]]


def collection(model: type[Record], content: str, labels: dict[str, str]) -> dict[str, Any]:
    """Return one kind as a collection: its folder with those inside, its fields, how its list is shown."""
    dated = model.date_field is not None
    return {
        "name": model.kind, "label": model.label, "label_singular": model.label,
        "folder": f"{content}/{model.folder}", "extension": "yml", "format": f"gongshi-{model.kind}",
        "nested": {"subfolders": False}, "meta": {"path": {}},
        "create": True, "delete": False, "publish": False, "thumbnail": False,
        "identifier_field": "title", "slug": _slug(model),
        "summary": "{{title}}{{_told}}", "sortable_fields": _sorted_by(dated),
        "view_filters": [{"label": "只看示例", "field": "illustrative", "pattern": True},
                         {"label": "只看真实", "field": "illustrative", "pattern": False}],
        "view_groups": [*([{"label": "按年", "field": "_day", "pattern": r"\d{4}"}] if dated else []),
                        {"label": "按所在地", "field": "area"}],
        "fields": [*form(fields(model), labels), *BESIDE],
    }


def _sorted_by(dated: bool) -> dict[str, Any]:
    """Return what a list can be sorted by: the newest first, where records have days."""
    if not dated:
        return {"fields": ["title"]}
    return {"fields": ["_day", "title"], "default": {"field": "_day", "direction": "descending"}}


def sealed(model: type[Record], content: str) -> dict[str, Any]:
    """Return a kind that commands write: its records can be referred to, and are neither listed nor opened."""
    return {"name": model.kind, "label": model.label, "folder": f"{content}/{model.folder}", "extension": "yml",
            "format": f"gongshi-{model.kind}", "nested": {"subfolders": False}, "hide": True, "create": False,
            "delete": False, "fields": [{"name": "title", "label": model.label, "widget": "string"}, *BESIDE]}


def _slug(model: type[Record]) -> dict[str, Any]:
    """Return how a new file is called: a serial number for what must not be told from its address."""
    if model.opaque:
        serial = f"写成 {model.folder[0]}-0001 这样，接着最后一号往下"
        return {"editable": ["create"], "pattern": [SERIAL, f"编号要{serial}"],
                "hint": f"网页的地址，{serial}；定了就不改"}
    return {"template": model.kind + "-{{year}}-{{month}}{{day}}-{{uuid_shorter}}", "editable": ["create"],
            "pattern": [ID, "编号只用小写字母、数字和中间的短横"],
            "hint": "网页的地址，只用小写字母、数字和短横；定了就不改"}


def _backend(settings: Settings) -> dict[str, Any]:
    """Return where changes go: to the repository, or, where none is known, to a folder of this computer alone."""
    repository, admin = settings.repository, settings.admin
    if repository is None:
        return {"name": "gitea", "repo": "local/folder", "auth_methods": ["oauth"], "app_id": "none"}
    app = {"app_id": admin.app_id} if admin and admin.app_id else {}
    methods = ["oauth", "token"] if app else ["token"]
    common = {"repo": repository.name, "commit_messages": MESSAGES, "auth_methods": methods, **app}
    if repository.forge == "github":
        return {"name": "github", "branch": repository.branch, **common, **_github(repository)}
    if repository.forge == "gitlab":
        return {"name": "gitlab", "branch": repository.branch, "base_url": repository.host,
                "api_root": f"{repository.host}/api/v4", **common, **({"auth_type": "pkce"} if app else {})}
    return {"name": "gitea", "branch": DRAFT, "base_url": repository.host, "api_root": f"{repository.host}/api/v1",
            **common}


def _github(repository: Repository) -> dict[str, str]:
    """Return the API of a GitHub of one's own; github.com needs none."""
    own = repository.host != "https://github.com"
    return {"base_url": repository.host, "api_root": f"{repository.host}/api/v3"} if own else {}
