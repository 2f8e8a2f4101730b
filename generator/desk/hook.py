"""`gongshi hook`: git asks us before every commit. A hook of somebody else's is never touched."""

from __future__ import annotations

from pathlib import Path

from generator import git
from generator.problem import DeskError

NAME = "pre-commit"
MARK = "# gongshi hook"
LINE = "gongshi check --staged || exit 1"
"""What an editor adds to a hook of his own."""


def script(inside: str) -> str:
    """Return the hook, for sh as Git for Windows brings it too. inside: the site's folder below the top, or empty."""
    return f"""\
#!/bin/sh
{MARK}：提交前检查将要提交的内容；删掉本文件即停用 / checks what is about to be committed; delete this file to stop it
config="{inside}site_config.yml"
[ -f "$config" ] || exit 0
for gongshi in "./{inside}.venv/bin/gongshi" "./{inside}.venv/Scripts/gongshi.exe" gongshi; do
    command -v "$gongshi" >/dev/null 2>&1 && exec "$gongshi" check --staged --config "$config"
done
echo '没有检查就没有提交：找不到 gongshi。先启用它的环境（README 的“开始”），或让懂的人来提交。' >&2
echo 'Not committed, as nothing was checked: gongshi is not found. Activate its environment first.' >&2
exit 1
"""


def install(config: Path) -> Path:
    """Write the hook where git looks for it and return its path. Raises: DeskError where another one is in the way."""
    here = config.resolve().parent
    top = git.top_of(here)
    path = git.hooks_of(top) / NAME
    if not path.resolve().is_relative_to(top.resolve()) and not path.resolve().is_relative_to(git.folder_of(top)):
        raise DeskError("hooks-elsewhere", name=str(path.parent), line=LINE)
    if path.exists() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
        raise DeskError("hook-exists", name=str(path), line=LINE)
    inside = git.ask(here, "rev-parse", "--show-prefix")
    if any(sign in inside for sign in '"$`\\'):
        raise DeskError("hook-folder", name=inside)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(script(inside).encode())  # not as text: sh takes no line breaks of Windows
    path.chmod(0o755)
    return path
