"""Templates to pages: read once, and again when they change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from generator.render.paint import environment, forget_templates, template_for


def test_templates_are_read_again_only_when_one_has_changed(tmp_path: Path) -> None:
    """Other bytes of the same length at the same time are seen; without a change, compiled templates are kept."""
    template, themes = tmp_path / "records" / "record.html", (tmp_path,)
    template.parent.mkdir()
    template.write_text("old")
    assert template_for(themes, "case").render() == "old"
    kept, before = environment(themes), template.stat()
    forget_templates(themes)
    assert environment(themes) is kept
    template.write_text("new")
    os.utime(template, ns=(before.st_atime_ns, before.st_mtime_ns))
    forget_templates(themes)
    assert template_for(themes, "case").render() == "new"


def test_templates_escape_and_refuse_what_is_not_there(tmp_path: Path) -> None:
    """What a template shows is escaped, in macros too; a name or an attribute that doesn't exist is an error."""
    page = tmp_path / "records" / "record.html"
    page.parent.mkdir()
    page.write_text("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(a) }}{{ a ~ a }}{{ b }}")
    assert template_for((tmp_path,), "case").render(a="<&'", b=Markup("<b>")) == (
        "<i>&lt;&amp;&#39;</i>&lt;&amp;&#39;&lt;&amp;&#39;<b>")
    with pytest.raises(UndefinedError):
        template_for((tmp_path,), "case").render(a="")
