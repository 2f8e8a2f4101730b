"""`gongshi whatif`: a changed rule is scored beside the one on file, and nothing is written into the content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import cli
from generator.desk.freeze import close
from generator.desk.whatif import whatif
from tests.desk.test_freeze_command import LATER
from tests.sites import RATED, quiet, tree

Make = Callable[..., Path]
STARS, POINTS = RATED["schemes/stars.yml"], RATED["schemes/points.yml"]


def run(config: Path, scheme: str, changed: str, *more: str) -> Result:
    """Run the command with a changed rule."""
    file = config.parent / "changed.yml"
    file.write_text(changed)
    return CliRunner().invoke(cli.main, ["whatif", scheme, "--with", str(file), "--config", str(config), "--as-of",
                                         "2026-06-30", "--workers", "1", *more])


def test_names_who_would_move(make_site: Make) -> None:
    """Under a lower floor the house with 80 points gets its star; the content is left as it was."""
    config = make_site(RATED)
    before = tree(config.parent / "content")
    done = run(config, "stars", STARS.replace("floor: 90", "floor: 80"))
    assert done.exit_code == 0
    assert "1 个对象中 1 个结果会变" in done.output and "▲ 3栋：80分 三星 → 80分 五星" in done.output
    assert tree(config.parent / "content") == before


def test_same_rule_moves_nobody(make_site: Make) -> None:
    """The rule on file, given as the changed one, changes nothing."""
    assert "2 个对象中 0 个结果会变" in run(make_site(RATED), "points", POINTS).output


def test_measures_are_counted_anew(make_site: Make) -> None:
    """A measure of another kind is counted from the records, and the ranks follow: 1 activity each, a tie."""
    changed = POINTS.replace("take: sum, of: hours", "take: count")
    done = run(make_site(RATED), "points", changed)
    assert "▲ 李阿姨：第2名 2分 → 第1名 1分" in done.output and "· 张某：第1名 2.5分 → 第1名 1分" in done.output


def test_frozen_periods_stay(make_site: Make) -> None:
    """A changed rule can't reach what is frozen."""
    config = make_site(RATED)
    site = cli.site_at(config)
    close(site, "points", "2026", LATER, 1, quiet)
    file = config.parent / "changed.yml"
    file.write_text(POINTS.replace("take: sum, of: hours", "take: count"))
    [preview] = whatif(site, "points", file, LATER, 1, quiet)
    assert preview.frozen and preview.moves == ()


def test_page_holds_everything_itself(make_site: Make, tmp_path: Path) -> None:
    """The page names the moves, escapes what it shows, and asks no other file or host."""
    config = make_site({**RATED, "areas/b3.yml": "title: <b>3栋\nsource: press\nlevel: 楼栋\narea: estate\n"})
    page = tmp_path / "preview.html"
    done = run(config, "stars", STARS.replace("floor: 90", "floor: 80"), "--html", str(page))
    text = page.read_text()
    assert done.exit_code == 0 and "&lt;b&gt;3栋" in text and "<b>3栋" not in text
    assert "src=" not in text and "<link" not in text and "<script" not in text


@pytest.mark.parametrize(("changed", "words"), [
    (POINTS.replace("of: hours", "of: minutes"), "changed.yml:8:"), (POINTS + "colour: red\n", "[unknown-key]"),
    ("title: [\n", "[yaml-syntax]")])
def test_faulty_rule_is_refused_at_its_place(make_site: Make, changed: str, words: str) -> None:
    """A changed rule with a fault is refused with the place in the changed file."""
    done = run(make_site(RATED), "points", changed)
    assert done.exit_code == 1 and words in done.output


def test_unknown_scheme_is_refused(make_site: Make) -> None:
    """Only a scheme on file can be changed."""
    done = run(make_site(RATED), "nobody", POINTS)
    assert done.exit_code == 1 and "[no-scheme]" in done.output


def test_new_criterion_is_a_line_of_the_preview(make_site: Make) -> None:
    """Assessments that lack points for a criterion of the changed rule rate nobody under it; that is what is told."""
    changed = STARS.replace("{id: tidy, label: 卫生, max: 40}", "{id: tidy, label: 卫生, max: 30}\n"
                            "  - {id: calm, label: 安静, max: 10}")
    done = run(make_site(RATED), "stars", changed)
    assert done.exit_code == 0 and "3栋：80分 三星 → 不在榜" in done.output


def test_file_of_the_version_to_come_is_tried_as_it_is(make_site: Make) -> None:
    """The file that will replace the rule one day can be previewed before that day."""
    changed = POINTS.replace("of: hours", "of: hours, weight: 2") + "replaces: points\neffective: 2027-01-01\n"
    done = run(make_site(RATED), "points", changed)
    assert done.exit_code == 0 and "2 个对象中 2 个结果会变" in done.output
