"""Pages are looked at once each, together with what they share: nothing that is new on one is missed for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import gate, painting
from generator.gate.judging import Judge
from generator.gate.reading import passages, readable
from generator.problem import ContentError
from tests.gate.test_output import page
from tests.sites import BASE, build_site

PHONE = "13907330000"
HEAD, FOOT = b"<html>\n<head>\n<title>", b"</p>\n<footer>\n<p>139\n</p>\n</footer>\n</html>\n"
NAME = '<a href="x.html" data-expires="2026-12-01" data-expires-as="柳某">柳三秋</a>'
PARTS = ["139", "0733", "0000", PHONE, " ", "\n", "\n  ", "<b>", "</b>", "<p>", "</p>", "<br>", "<td>", "\n<p>",
         "\n<b>", "\n</b>", '<a title="', '">', "<", ">", "<!-- x -->", "●", "&#49;", "%31", "住3栋2单元", "501室",
         '<path d="M139 0733 0000"/>', "微信号 ", "abc_123", "柳", "三秋", NAME]


def judged_alone(text: str, ground: gate.Ground) -> bool:
    """Whether a page is clean, read whole and by itself."""
    judge = Judge(ground)
    return not judge.without_taken_back(judge.of(readable(passages(text))), text)


def test_page_among_others_is_clean_exactly_when_it_is_alone() -> None:
    """Whatever earlier pages held of its lines, tags and words, in whatever pieces it comes."""
    rng = random.Random(8)
    ground = gate.Ground(withheld={"柳三秋"})
    told = set()
    for _ in range(60):
        skimmer = gate.Skimmer(ground)
        shell = ["".join(rng.choices(PARTS, k=rng.randrange(12))) for _ in range(3)]
        for _ in range(20):
            slots = ["".join(rng.choices(PARTS, k=rng.randrange(6))) for _ in range(2)]
            pieces = [shell[0], slots[0], shell[1], slots[1], shell[2]]
            alone = judged_alone("".join(pieces), ground)
            assert skimmer.is_clean([piece.encode() for piece in pieces]) == alone, pieces
            told.add(alone)
    assert told == {True, False}


def test_number_at_the_seam_of_a_shell_is_found() -> None:
    """What the shell says last before a slot, or first behind it, is read together with what the slot holds."""
    skimmer = gate.Skimmer(gate.Ground())
    assert skimmer.is_clean([HEAD, b"a", b"</title>\n<p>139", b" 1", FOOT])
    assert skimmer.is_clean([HEAD, b"b", b"</title>\n<p>139", b" 2", FOOT])
    assert not skimmer.is_clean([HEAD, b"c", b"</title>\n<p>139", b"0733 0000", FOOT])
    assert not skimmer.is_clean([HEAD, b"d", b"</title>\n<p>139", b" 1</p>\n<p>" + PHONE.encode(), FOOT])


def test_name_that_one_page_may_show_is_found_on_the_next(tmp_path: Path) -> None:
    """Where a browser takes a name back, the words of that line are known as clean to no other page."""
    for name, body in {"a": f"<p>{NAME}</p>", "b": "<p>柳三秋</p>"}.items():
        (tmp_path / f"{name}.html").write_bytes(page(body))
    leaks = gate.inspect(tmp_path, ["a.html", "b.html"], gate.Ground(withheld={"柳三秋"}))
    assert [(one.path, one.code) for one in leaks] == [("b.html", "withheld")]


def test_withheld_names_are_found_as_the_longest_that_begin_alike() -> None:
    """One of many is told where it stands, wherever another begins in it."""
    judge = Judge(gate.Ground(withheld={"柳三", "柳三秋", "秋月", "南宫无名"}))
    assert [one.value for one in judge.names_in("柳三秋月，柳三妹，南宫无，南宫无名，柳柳三")] == [
        "柳三秋", "柳三", "南宫无名", "柳三"]


def test_pages_found_clean_in_memory_are_not_opened_again(tmp_path: Path, make_site: Callable[..., Path],
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    """Of records and lists only those that are not clean are read from disk; every other file is."""
    opened: list[str] = []
    inspect = gate.output._inspect

    def noted(path: str, *given: object) -> object:
        opened.append(path)
        return inspect(path, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(gate.output, "_inspect", noted)
    release = build_site(make_site(BASE), tmp_path / "site")
    every = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert "cases/leak.html" in every - set(opened) and "cases/index.html" in every - set(opened)
    assert {path for path in every - set(opened) if not path.endswith(".html")} == {"manifest.json"}


@pytest.mark.parametrize("digest", ["0" * 64, ""])
def test_proof_is_of_bytes_and_of_no_name(tmp_path: Path, make_site: Callable[..., Path],
                                          monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    """Were everything found clean while it is painted, pages would pass by their own digests, and by no others."""
    monkeypatch.setattr("generator.render.shell.version_of", lambda article: PHONE)
    monkeypatch.setattr(painting, "_clean", lambda shown, ground: tuple(
        written._replace(sha256=digest or written.sha256) for written, _ in shown))
    config = make_site(BASE)
    if not digest:
        build_site(config, tmp_path / "site")
        return
    with pytest.raises(ContentError) as raised:
        build_site(config, tmp_path / "site")
    assert {one.code for one in raised.value.problems} == {"built-personal"}
