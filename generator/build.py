"""Level 3. The order of the stages, and nothing else: load → validate → link → score → render → publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import (
    __version__,
    admin,
    approve,
    batch,
    closed,
    discretion,
    gate,
    issued,
    link,
    load,
    painting,
    publish,
    render,
    reuse,
    score,
    search,
    shelling,
)
from generator.config import Site
from generator.data import Register, address
from generator.digest import canonical, sha256
from generator.editions import Kept
from generator.execute import Executor, Report, Workers, make_executor
from generator.records import folders
from generator.records.scheme import Scheme
from generator.remembered import Memory
from generator.results import Results


class Gathered(NamedTuple):
    """Everything read and linked, without a Problem; the records' bodies stay on disk, in their batches."""

    read: batch.Reading
    register: Register
    closed: list[score.Closed]
    kept: Mapping[str, Kept]
    photos: list[str]


class Content(NamedTuple):
    """Everything read, linked and scored.

    links: a source file for each address that is named in a text; withheld: names that browsers must be able to mask,
    or that stand nowhere.
    """

    register: Register
    batches: list[batch.Batch]
    schemes: Mapping[str, Scheme]
    results: Results
    prose: set[str]
    links: dict[str, str]
    photos: list[str]
    withheld: set[str]


def check(site: Site, as_of: date, workers: Workers, report: Report) -> Content:
    """Return the content of a site without Problems. Raises: ContentError with every Problem there is."""
    return score_all(gather(site, as_of, workers, report), site, as_of)


def gather(site: Site, as_of: date, workers: Workers, report: Report, trials: Mapping[str, Scheme] | None = None
           ) -> Gathered:
    """Return what a site's records say, before it is scored. trials: sound rules that are counted as well.

    Raises: ContentError with every Problem there is.
    """
    with batch.workshop() as work, make_executor(workers) as executor:
        scan, memory = load.scan(site.content, folders()), batch.memory_of(site)
        return _gather(site, scan, as_of, executor, work, memory, report, trials)


def build(site: Site, out: Path, as_of: date, workers: Workers, report: Report, commit: str, hasty: bool = False,
          tell: Callable[[Content], None] = lambda content: None,
          keep: Callable[[Site, painting.Painting], None] | None = None) -> publish.Published:
    """Publish the site below `out` and return what stands now; whatever fails, the old site stands.

    hasty: search is not made anew, for somebody who waits: it finds what the cache's indexes hold. tell: called with
    what was published, unless that stands already. keep: given what pages are painted with; it is made for that alone
    where the site stands.
    """
    forms, caches = list(admin.files(site)), batch.caches_of(site)
    out = out.absolute()  # MkDocs reads relative paths from elsewhere
    with publish.locked(out) as releases, batch.workshop(releases) as work:
        looked = shelling.stats(site)
        world, memory = shelling.world(site, as_of), batch.memory_of(site)
        last, scan = reuse.last(caches / reuse.FOLDER), None
        if not last[0]:  # all is going to be read, and need not be read twice: 20 µs a file
            scan = load.scan(site.content, folders())
        memory.look_through({file.path for file in scan.files} if scan else frozenset())

        def key() -> str:
            return sha256(canonical([world, memory.whole(), commit, hasty, search.installed(),
                                     [(path, sha256(data)) for path, data in forms]]))

        stands = reuse.standing(last, key(), out) if last[0] else None
        if stands and not keep:
            return publish.Published(stands, [])
        scan = scan or load.scan(site.content, folders())
        with publish.begin(out) as release:
            with make_executor(workers) as executor:
                making = executor.submit(shelling.make_shells, site, [page.address for page in scan.prose],
                                         work / "shells", as_of, world, looked, caches / shelling.FOLDER)
                content = score_all(_gather(site, scan, as_of, executor, work, memory, report), site, as_of)
                made_of = key()  # what was read: somebody may have saved it after it was looked at
                memory.forget()
                del scan  # 290 bytes a record, of which every worker to come would have a copy
                shells = making.result()
                photos = render.Traced("photos", painting.develop(site, content.photos, release, executor))
                views = render.Views(content.register, content.results, content.schemes, as_of,
                                     batch.duties(content.batches))
                ground = painting.ground_of(site, content.batches, content.register, content.prose, content.withheld)
                whole = painting.prepare(site, views, content.batches, shells, photos, release, hasty, ground)
                if keep:
                    keep(site, whole)
                if stands:
                    return publish.Published(stands, [])
                prints = painting.prints_of(views, content.batches, photos)
                around = reuse.around(world, shells, prints)
                before = reuse.set_aside(caches / reuse.FOLDER, work)
                taking = executor.submit(reuse.take_all, before, around, release.folder)
                plan = reuse.plan(before, around, prints.tables(), taking)
            owns = [prints.page(page) for page in whole.pages]
            prints.forget()
            done = painting.paint_all(whole, shells, release, plan, owns, workers, report)
            _look_over(site, content, release, forms, done, plan, ground, workers)
            made = _put_in_place(site, content, release, out, as_of, commit, workers)
            if memory.is_calm() and shelling.stats(site) == looked:
                reuse.remember(caches / reuse.FOLDER, plan, made_of, made.folder, ground.digest(), done.pages,
                               release.files)
            else:
                reuse.forget(caches / reuse.FOLDER)
            tell(content)
            return made


def _look_over(site: Site, content: Content, release: publish.Release, forms: Sequence[tuple[str, bytes]],
               done: painting.Painted, plan: reuse.Plan, ground: gate.Ground, workers: Workers) -> None:
    """Complete a release by its forms and what tells of its pages, and look through it.

    plan, ground: what was judged by the same ground before is not looked through again.

    Raises: ContentError for a broken link, or what must not be published.
    """
    done.links.update(content.links.items())
    load.stop_if(done.links.broken(release.paths(), content.prose), site)
    release.hide(forms, admin.policy_of(site))
    publish.tell(release, site.settings.address,
                 lambda page: row.updated if (row := content.register.at(page)) else "")
    same = done.kept | {file.path for file in release.files if file in plan.others}
    painting.inspect_all(release, ground, same if plan.ground == ground.digest() else set(), workers)


def _put_in_place(site: Site, content: Content, release: publish.Release, out: Path, as_of: date, commit: str,
                  workers: Workers) -> publish.Published:
    """Put a release that was looked over in the place of the one that stands, with its manifest and packed copies."""
    assets = batch.caches_of(site) / "assets"
    about = {"as_of": as_of.isoformat(), "commit": commit, "generator": __version__,
             **withholding(content.register, as_of)}
    if site.settings.publication.compress:
        painting.compress_all(release, workers)
        about["compressed"] = " ".join(publish.encodings())
    publish.recall(assets, release)
    made = publish.commit(release, out, about, site.settings.publication.keep)
    publish.remember(assets, made.folder, release)
    return made


def withholding(register: Register, as_of: date) -> dict[str, str | list[str]]:
    """Return what a manifest says of ends: pages that name nobody any more, what stands for a term, the next last day.

    What is made up counts as well: it is one list for the machine that compares releases. Of two alike on one page, as
    two exceptions until one day, the second has a number: one of them taken back is a term less.
    """
    rows = register.rows.values()
    pages = {url for row in rows if row.withdrawn for url in (row.url, *(address(row.kind, id) for id in row.formerly))}
    ends = [(row.url, one) for row in rows if not row.withdrawn for one in row.ends if one.day >= as_of.isoformat()]
    alike = Counter(f"{url}#{one.what} {one.day}" for url, one in ends)
    terms = [term + (f" {number}" if number > 1 else "") for term, many in alike.items()
             for number in range(1, many + 1)]
    return {"withheld": sorted(pages), "terms": sorted(terms), "until": min((one.day for _, one in ends), default="")}


def _gather(site: Site, scan: load.Scan, as_of: date, executor: Executor, work: Path, memory: Memory, report: Report,
            trials: Mapping[str, Scheme] | None = None) -> Gathered:
    read = batch.read_all(site, scan, as_of, executor, work, memory, report, trials)
    register, dangling = link.link(read.rows(), read.unread)
    dangling += link.check_links(read.links, register, read.prose)
    dangling += approve.check_approvals(register)
    paths = {row.key: row.path for row in register.rows.values()}
    frozen, broken = closed.read_closed(site, read.batches, read.schemes, register, as_of)
    kept, torn = closed.read_bulletins(site, read.facts.bulletins, read.batches, register, as_of)
    unsound = score.check_findings(read.facts, read.schemes, paths, as_of)
    singled = discretion.check((told for some in read.batches for told in some.groups), register)
    lost = issued.check(site.content, register, read.unread)
    photos, unseen = batch.shown(read, scan, register)
    unseen += batch.look_at(site, photos, executor)
    load.stop_if([*read.problems, *dangling, *broken, *torn, *unsound, *lost, *unseen, *singled], site)
    return Gathered(read, register, frozen, kept, photos)


def score_all(gathered: Gathered, site: Site, as_of: date, frozen: Iterable[score.Closed] | None = None) -> Content:
    """Return the content with its outcomes. frozen: other closed periods than those on file.

    Raises: ContentError where somebody spent more points than were there.
    """
    read, register = gathered.read, gathered.register
    results, overdrawn = score.score(read.schemes, read.facts, register, as_of,
                                     gathered.closed if frozen is None else frozen, gathered.kept)
    load.stop_if(overdrawn, site)
    return Content(register, read.batches, read.schemes, results, read.prose, link.within(read.links), gathered.photos,
                   batch.withheld(read.batches, register))
