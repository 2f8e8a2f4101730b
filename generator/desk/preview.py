"""What a changed rule would do, as text for the terminal and as one page that needs no other file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from generator import render
from generator.desk.whatif import Preview

MOST = 20
"""The terminal lists so many of an outcome; the page lists all."""


def print_preview(previews: Sequence[Preview], say: Callable[[str, str], str]) -> None:
    """Print each outcome with those who would move."""
    for one in previews:
        click.echo(f"{one.title} {one.period}".strip() + "：" + told(one, say))
        for move in one.moves[:MOST] if not one.frozen else ():
            click.echo(f"  {'▲' if move.up > 0 else '▼' if move.up < 0 else '·'} {move.title}："
                       f"{move.before} → {move.after}")
        if len(one.moves) > MOST and not one.frozen:
            more = len(one.moves) - MOST
            click.echo(say(f"  另有 {more} 个，用 --html 看全部", f"  and {more} more: see all with --html"))


def told(preview: Preview, say: Callable[[str, str], str]) -> str:
    """Return how many would move."""
    if preview.frozen:
        return say("已定榜，不受影响", "frozen, stays as it is")
    return say(f"{preview.subjects} 个对象中 {len(preview.moves)} 个结果会变",
               f"{len(preview.moves)} of {preview.subjects} results would change")


def save_preview(previews: Sequence[Preview], scheme: str, themes: tuple[Path, ...], target: Path) -> None:
    """Write the preview as one page that holds its own stylesheet."""
    template = render.environment(themes).get_template("pages/whatif.html")
    html = template.render(previews=previews, scheme=scheme, style=render.assets(themes)["gongshi.css"].decode())
    target.write_text(html, encoding="utf-8")
