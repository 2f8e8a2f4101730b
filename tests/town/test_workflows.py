"""The workflows that towns get: linted, with least rights, and their shell steps run for real against stand-ins."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from tests import nginx
from tests.sites import BASE, ROOT, write_site
from tests.town.runner import GONGSHI, Runner, git
from tests.town.test_publish_script import release

CI = ROOT / "generator/town/ci"
GITHUB = CI / "github/.github/workflows/publish.yml"
GITEA = CI / "gitea/.gitea/workflows/publish.yml"
GITLAB = CI / "gitlab/.gitlab-ci.yml"
OWN = ROOT / ".github/workflows/publish.yml"
WORKFLOWS = [GITHUB, GITEA, OWN]
BIN = Path(sys.executable).parent
CASE = BASE["cases/leak.yml"].replace("楼道漏水", "门禁坏了")
MARK = "<!-- gongshi-diff -->"
needs_rsync = pytest.mark.skipif(not shutil.which("rsync"), reason="no rsync on this machine (apt install rsync)")
needs_nginx = pytest.mark.skipif(bool(nginx.MISSING), reason=nginx.MISSING)


def jobs(path: Path) -> dict[str, Any]:
    """Return the jobs of a workflow."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


def lint(*command: str | Path) -> str:
    """Return what a linter of ours says against files, nothing where it is content."""
    said = subprocess.run([str(BIN / str(command[0])), *map(str, command[1:])], capture_output=True, text=True)
    return said.stdout + said.stderr if said.returncode else ""


def test_zizmor_finds_nothing() -> None:
    """No workflow has a finding of zizmor's: no unpinned action, no template injection, no excess of rights."""
    assert lint("zizmor", "--offline", "--quiet", *WORKFLOWS) == ""


def test_zizmor_would_find_something(tmp_path: Path) -> None:
    """The linter is no formality: an action by its tag is found."""
    (tmp_path / "bad.yml").write_text(re.sub("@[0-9a-f]{40}", "@v4", GITHUB.read_text(encoding="utf-8")))
    assert "unpinned-uses" in lint("zizmor", "--offline", tmp_path / "bad.yml")


def test_schemas_and_yamllint_agree() -> None:
    """Workflows keep to the schemas of GitHub and GitLab, and to plain YAML."""
    assert lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS) == ""
    assert lint("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", GITLAB) == ""
    rules = ("{extends: default, rules: {line-length: {max: 140}, document-start: disable, truthy: {check-keys: false},"
             " comments: {min-spaces-from-content: 1}}}")
    assert lint("yamllint", "-s", "-d", rules, *WORKFLOWS, GITLAB) == ""


@pytest.mark.parametrize("path", [GITHUB, OWN], ids=["town", "own"])
def test_actions_are_pinned(path: Path) -> None:
    """Every action is one of GitHub's own, by its commit; Gitea's workflow uses none."""
    used = re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))
    assert used and [one for one in used if not re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", one)] == []
    assert "uses:" not in GITEA.read_text(encoding="utf-8").replace("（uses）", "")


@pytest.mark.parametrize("path", [GITHUB, OWN], ids=["town", "own"])
def test_checkouts_are_whole_and_keep_no_credentials(path: Path) -> None:
    """A shallow clone would falsify what was said when; a token left in the clone could be read by later steps."""
    [checkout] = [step for step in jobs(path)["build"]["steps"] if "checkout" in step.get("uses", "")]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert "checkout" not in str(jobs(path)["comment"]) + str(jobs(path)["publish"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=["github", "gitea", "own"])
def test_rights_are_least(path: Path) -> None:
    """Nothing by default; what runs a request's code may only read, and gets no secret."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {} and "pull_request_target" not in path.read_text(encoding="utf-8")
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert "secrets." not in str(workflow["jobs"]["build"])
    writing = {name: {right for right, level in job["permissions"].items() if level == "write"}
               for name, job in workflow["jobs"].items()}
    assert {name: rights for name, rights in writing.items() if rights} == (
        {"request": {"issues", "pull-requests"}, "draft": {"contents"}} if path == GITEA
        else {"comment": {"pull-requests"}, "publish": {"pages", "id-token"}})


def test_keys_are_seen_by_one_step_each() -> None:
    """A secret of Gitea's workflow is in the environment of the one step that uses it, never of a job."""
    for job in jobs(GITEA).values():
        assert "secrets." not in str({key: value for key, value in job.items() if key != "steps"})
        assert sum("secrets." in str(step.get("env", "")) for step in job["steps"]) <= 1
        assert not any("secrets." in step["run"] for step in job["steps"])


def test_deploys_queue_and_previews_cancel() -> None:
    """What is being published is never broken off; a check of an older state of a request is."""
    for path in WORKFLOWS:
        assert jobs(path)["publish"]["concurrency"]["cancel-in-progress"] is False
    gitlab = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    assert gitlab["pages"]["resource_group"] and gitlab["pages"]["interruptible"] is False
    assert gitlab["preview"]["interruptible"] is True and gitlab["variables"]["GIT_DEPTH"] == "0"


def test_every_night_at_two_seventeen() -> None:
    """What expires is gone on its day: every workflow runs at 18:17 UTC, 02:17 in Shanghai."""
    for path in WORKFLOWS:
        assert yaml.safe_load(path.read_text(encoding="utf-8"))[True]["schedule"] == [{"cron": "17 18 * * *"}]
    assert "17 2 * * *" in GITLAB.read_text(encoding="utf-8")


def test_our_own_workflow_is_the_towns() -> None:
    """This repository publishes as towns do, but for how the generator is installed."""
    town = GITHUB.read_text(encoding="utf-8").replace("requirements.txt')", "requirements.lock')")
    install = re.search(r"run: \|\n +python -m venv .venv\n.*\n", town)
    assert install and town.replace(install[0], "run: make setup\n") == OWN.read_text(encoding="utf-8")


# ── run for real ──

@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A forge with a town's repository, whose `main` holds the small clean site."""
    runner = Runner(tmp_path)
    town = tmp_path / "town"
    write_site(town, BASE)
    shutil.copytree(CI / "own/server", town / "server")
    (town / "requirements.txt").write_text("# pinned\n")
    (town / ".gitignore").write_text("/.venv/\n/.cache/\n/site/\n/public/\n")
    runner.bare.mkdir(parents=True)
    git(runner.bare, "init", "-q", "--bare")
    git(town, "init", "-q")
    git(town, "remote", "add", "origin", str(runner.bare))
    commit(town, "开始")
    git(town, "push", "-q", "origin", "HEAD:main")
    return runner


def commit(town: Path, message: str, **files: str) -> str:
    """Commit records of cases, by id, and return the commit."""
    for id, text in files.items():
        (town / f"content/cases/{id}.yml").write_text(text, encoding="utf-8")
    git(town, "add", "--all")
    git(town, "commit", "-q", "-m", message)
    return git(town, "rev-parse", "HEAD")


def pull_request(runner: Runner, text: str = CASE, fork: bool = False) -> dict[str, Any]:
    """Open a request that adds a case, as GitHub shows it to a workflow: a trial merge."""
    town = runner.folder / "town"
    git(town, "checkout", "-q", "-b", "change")
    commit(town, "加一件", lock=text)
    git(town, "checkout", "-q", "main")
    commit(town, "别人的改动", gate=CASE.replace("门禁坏了", "路灯坏了"))
    git(town, "push", "-q", "origin", "main")
    git(town, "merge", "-q", "--no-ff", "-m", "试合并", "change")
    git(town, "push", "-q", "origin", "HEAD:refs/pull/1/merge", "change:refs/pull/1/head")
    git(town, "reset", "-q", "--hard", "origin/main")
    source = "stranger/town" if fork else runner.repository
    return {"event_name": "pull_request", "ref": "refs/pull/1/merge", "sha": "x", "event": {"pull_request": {
        "number": 1, "head": {"repo": {"full_name": source}}}}}


def merge(runner: Runner) -> dict[str, Any]:
    """Merge the request and return the event that follows."""
    town = runner.folder / "town"
    git(town, "merge", "-q", "--no-ff", "-m", "合并", "change")
    git(town, "push", "-q", "origin", "main")
    return {"event_name": "push", "ref": "refs/heads/main", "sha": git(town, "rev-parse", "HEAD")}


def fake_gh(runner: Runner, found: str = "") -> None:
    """Put a `gh` first on the path that notes what it is asked, and finds this comment."""
    gh = runner.tools() / "gh"
    gh.write_text(f'#!/bin/sh\necho "$@" >>{runner.folder}/gh\n'
                  f'case "$*" in *--paginate*) printf "%s" "{found}";; esac\n')
    gh.chmod(0o755)


def test_github_from_request_to_pages(runner: Runner) -> None:
    """A request is checked, told and previewed, and publishes nothing; its merge is on the pages."""
    fake_gh(runner)
    ends = runner.workflow(GITHUB, pull_request(runner))
    assert ends == {"build": "success", "comment": "success", "publish": "skipped"}, runner.log
    summary = (runner.folder / "summary.md").read_text(encoding="utf-8")
    assert "检查：没有问题" in summary and "门禁坏了" in summary and "路灯坏了" not in summary
    told = (runner.folder / "artifacts/diff/diff.md").read_text(encoding="utf-8")
    assert told.startswith(MARK) and "现在（" in told and (runner.folder / "artifacts/diff/diff.html").is_file()
    assert "门禁坏了" in (runner.folder / "artifacts/preview/cases/lock.html").read_text(encoding="utf-8")
    assert (runner.folder / "gh").read_text().splitlines()[1] == (
        "api --silent --method POST repos/org/town/issues/1/comments --field body=@diff/diff.md")
    assert "--require-hashes -r requirements.txt" in (runner.folder / "pip").read_text()
    assert not (runner.folder / "pages").exists()
    assert runner.workflow(GITHUB, merge(runner)) == {"build": "success", "comment": "skipped", "publish": "success"}
    assert "门禁坏了" in (runner.folder / "pages/cases/lock.html").read_text(encoding="utf-8")


def test_github_changes_its_comment(runner: Runner) -> None:
    """Where a comment of the workflow stands already, it is changed and not doubled."""
    fake_gh(runner, "4711")
    runner.environment = {"REPOSITORY": "org/town", "NUMBER": "1"}
    (runner.folder / "diff").mkdir()
    runner.shell(jobs(GITHUB)["comment"]["steps"][-1]["run"], runner.folder)
    assert "--method PATCH repos/org/town/issues/comments/4711" in (runner.folder / "gh").read_text().splitlines()[1]


def test_a_fork_gets_no_comment_and_faults_stop_all(runner: Runner) -> None:
    """A stranger's request runs in the reading job alone; a fault is annotated, summed up, and ends the run."""
    event = pull_request(runner, CASE + "satisfaction: 好\n", fork=True)
    assert runner.workflow(GITHUB, event) == {"build": "failure", "comment": "skipped", "publish": "skipped"}
    assert "::error file=content/cases/lock.yml,line=" in runner.log
    assert "检查：1 处问题" in (runner.folder / "summary.md").read_text(encoding="utf-8")


def gitlab_job(runner: Runner, name: str, ref: str, **variables: str) -> Path:
    """Run a job of GitLab's file on a fresh clone, and return its folder."""
    whole = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    work = runner.folder / "builds" / name
    work.mkdir(parents=True)
    git(work, "init", "-q")
    git(work, "fetch", "-q", str(runner.bare), f"+{ref}:refs/ci/head")
    git(work, "checkout", "-q", "--detach", "refs/ci/head")
    runner.environment = {"CI_PROJECT_DIR": str(work), **variables}
    runner.shell("\n".join([*whole["default"]["before_script"], *whole[name]["script"]]), work, ("-eo", "pipefail"))
    return work


def test_gitlab_from_request_to_pages(runner: Runner) -> None:
    """Check leaves a report for the widget, the preview its page, its address and its diff, pages the site."""
    pull_request(runner)
    base = git(runner.folder / "town", "merge-base", "main", "change")
    checked = gitlab_job(runner, "check", "refs/pull/1/head")
    assert json.loads((checked / "quality.json").read_text()) == []
    work = gitlab_job(runner, "preview", "refs/pull/1/head", CI_MERGE_REQUEST_DIFF_BASE_SHA=base, CI_JOB_ID="7",
                      CI_PROJECT_ROOT_NAMESPACE="org", CI_PROJECT_PATH="org/sub/town", CI_PAGES_DOMAIN="pages.example")
    assert "门禁坏了" in (work / "diff/index.html").read_text(encoding="utf-8") and "门禁坏了" in runner.log
    assert (work / "preview/cases/lock.html").is_file() and not (work / "preview/cases/gate.html").exists()
    assert (work / "preview.env").read_text() == (
        "PREVIEW_URL=https://org.pages.example/-/sub/town/-/jobs/7/artifacts/preview/index.html\n")
    merge(runner)
    pages = gitlab_job(runner, "pages", "refs/heads/main") / "public"
    assert (pages / "cases/lock.html").is_file() and not (pages / "cases/lock.html").is_symlink()


class Forge(BaseHTTPRequestHandler):
    """The part of Gitea's API that our script asks, with what was opened and said."""

    name = "gitea-actions"
    pulls: list[dict[str, Any]]
    comments: list[dict[str, Any]]

    def answer(self, data: Any) -> None:
        """Send JSON."""
        assert self.headers["Authorization"] == "token job-token"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def body(self) -> dict[str, Any]:
        """Return what was sent."""
        sent: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return sent

    def do_GET(self) -> None:
        """Say who asks, list requests by pages, or comments: all of them, whatever page is asked for."""
        if self.path == "/user":
            self.answer({"login": self.name})
        elif "/pulls" in self.path:
            self.answer(self.pulls if "page=1" in self.path else [])
        else:
            self.answer(self.comments)

    def do_POST(self) -> None:
        """Open a request or leave a comment."""
        sent = self.body()
        if self.path == "/repos/org/town/pulls":
            sent = {"number": 5, "title": sent["title"], "base": {"ref": sent["base"]},
                    "head": {"ref": sent["head"], "repo": {"full_name": "org/town"}}}
            self.pulls.append(sent)
        else:
            assert self.path == "/repos/org/town/issues/5/comments"
            self.comments.append({"id": 10 + len(self.comments), "user": {"login": self.name}, **sent})
        self.answer(sent)

    def do_PATCH(self) -> None:
        """Change a comment."""
        [one] = [one for one in self.comments if self.path == f"/repos/org/town/issues/comments/{one['id']}"]
        one.update(self.body())
        self.answer(one)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def forge() -> Iterator[tuple[type[Forge], str]]:
    """The API of a forge with nothing in it, and its address."""
    class Fresh(Forge):
        pulls, comments = [], []

    server = HTTPServer(("127.0.0.1", 0), Fresh)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Fresh, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@needs_rsync
@needs_nginx
def test_gitea_from_draft_to_nginx(runner: Runner, forge: tuple[type[Forge], str], tmp_path: Path) -> None:
    """A form's save on `draft` opens a request that tells itself; merged, nginx serves it and `draft` has caught up."""
    api, address = forge
    town, srv = runner.folder / "town", tmp_path / "srv"
    git(town, "checkout", "-q", "-b", "change")
    commit(town, "表单", lock=CASE)
    git(town, "push", "-q", "origin", "change:draft")
    git(town, "checkout", "-q", "main")
    saved = {"event_name": "push", "ref": "refs/heads/draft", "sha": "x", "api_url": address}
    ends = runner.workflow(GITEA, saved)
    assert ends == {"build": "success", "preview": "skipped", "request": "success", "publish": "skipped",
                    "draft": "skipped"}, runner.log
    assert [one["head"]["ref"] for one in api.pulls] == ["draft"]
    assert api.comments[0]["body"].startswith(MARK) and "门禁坏了" in api.comments[0]["body"]
    runner.shell("python3 server/request.py", town, TOKEN="job-token", DIFF="<!-- gongshi-diff -->改了", NUMBER="")
    assert (len(api.pulls), [one["body"] for one in api.comments]) == (1, ["<!-- gongshi-diff -->改了"])
    ends = runner.workflow(GITEA, merge(runner), variables={"PUBLISH_TO": str(srv)})
    assert ends == {"build": "skipped", "preview": "skipped", "request": "skipped", "publish": "success",
                    "draft": "success"}, runner.log
    assert git(runner.bare, "rev-parse", "draft") == git(runner.bare, "rev-parse", "main")
    (tmp_path / "nginx").mkdir()
    with nginx.serving(srv / "current", srv / "nginx.conf", tmp_path / "nginx") as port:
        assert "门禁坏了" in urlopen(f"http://127.0.0.1:{port}/cases/lock").read().decode()


def test_others_comments_and_others_drafts_are_left_alone(forge: tuple[type[Forge], str]) -> None:
    """A stranger's `draft` is not ours, nor a comment with our mark: its author could change what we say there."""
    api, address = forge
    forged = {"id": 1, "user": {"login": "stranger"}, "body": f"{MARK}没有改动"}
    words = {"id": 2, "user": {"login": "editor"}, "body": "好"}
    api.comments += [forged, words]
    api.pulls += [{"number": 4, "head": {"ref": "draft", "repo": repo}, "base": {"ref": "main"}}
                  for repo in ({"full_name": "stranger/town"}, None)]
    for text in ("一", "二"):
        subprocess.run([sys.executable, str(CI / "own/server/request.py")], check=True, timeout=20, env={
            "GITHUB_API_URL": address, "GITHUB_REPOSITORY": "org/town", "TOKEN": "job-token", "DIFF": f"{MARK}{text}"})
    assert [one["number"] for one in api.pulls] == [4, 4, 5] and api.comments[:2] == [forged, words]
    assert [one["body"] for one in api.comments[2:]] == [f"{MARK}二"] and "没有改动" in forged["body"]


def test_gitea_keeps_a_draft_that_is_not_merged(runner: Runner) -> None:
    """Where `draft` holds what `main` does not, a merge of something else leaves it as it is."""
    town = runner.folder / "town"
    git(town, "checkout", "-q", "-b", "change")
    kept = commit(town, "表单", lock=CASE)
    git(town, "push", "-q", "origin", "change:draft")
    git(town, "checkout", "-q", "main")
    commit(town, "另一件", gate=CASE)
    git(town, "push", "-q", "origin", "main")
    step = jobs(GITEA)["draft"]["steps"][-1]
    (runner.folder / "empty").mkdir()
    runner.environment = {"TOKEN": "job-token", "GITHUB_SERVER_URL": f"file://{runner.folder}/forge",
                          "GITHUB_REPOSITORY": runner.repository}
    runner.shell(step["run"], runner.folder / "empty")
    assert git(runner.bare, "rev-parse", "draft") == kept and "留着" in runner.log


@pytest.mark.parametrize("secrets", [{}, {"KEY": "x"}])
def test_a_server_without_its_keys_is_said(runner: Runner, secrets: dict[str, str]) -> None:
    """Publishing to another machine without key or host key is refused in words that name the setting."""
    refused = subprocess.run(["sh", str(CI / "own/server/push.sh"), "public", "a@web.example.cn:/srv/x"],
                             capture_output=True, text=True, env={"PATH": os.environ["PATH"], **secrets})
    assert refused.returncode == 1 and ("PUBLISH_HOST_KEY" if secrets else "PUBLISH_KEY") in refused.stderr


@needs_rsync
def test_keys_go_to_ssh_and_are_gone(runner: Runner, tmp_path: Path) -> None:
    """ssh gets key and host key as files that only the owner reads, refuses unknown hosts, and both files vanish."""
    ssh = tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\ncat "$2" >>{tmp_path}/key\n'
                   f'stat -c %a "$2" >>{tmp_path}/mode\n'
                   "exit 1\n")
    ssh.chmod(0o755)
    out = tmp_path / "out"
    release(out, 1)
    subprocess.run(["sh", str(CI / "own/server/push.sh"), str(out), "a@web.example.cn:/srv/x"], capture_output=True,
                   env={"PATH": os.environ["PATH"], "SSH": str(ssh), "KEY": "secret key", "HOST_KEY": "web ssh-x AAA"})
    asked = (tmp_path / "asked").read_text().split()
    assert (tmp_path / "key").read_text() == "secret key\n" and (tmp_path / "mode").read_text() == "600\n"
    assert "StrictHostKeyChecking=yes" in asked and "a@web.example.cn" in asked
    assert not Path(asked[1]).exists()


@needs_rsync
@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_a_cancelled_job_leaves_no_key(tmp_path: Path, shell: str) -> None:
    """A runner that cancels ends the script by a signal: the key's file is gone all the same."""
    release(tmp_path / "out", 1)
    ssh = tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$2" >{tmp_path}/key\nkill "$(cat {tmp_path}/pid)"\nexit 1\n')
    ssh.chmod(0o755)
    subprocess.run([shell, "-c", f'echo $$ >{tmp_path}/pid; exec {shell} "$@"', shell,
                    str(CI / "own/server/push.sh"), str(tmp_path / "out"), "a@web.example.cn:/srv/x"],
                   capture_output=True, timeout=20,
                   env={"PATH": os.environ["PATH"], "SSH": str(ssh), "KEY": "secret key", "HOST_KEY": "web ssh-x AAA"})
    assert not Path((tmp_path / "key").read_text().strip()).exists()


@needs_rsync
def test_a_push_to_a_bare_repository_publishes(runner: Runner, tmp_path: Path) -> None:
    """With the hook and no forge, a push to main is checked, built and published; a faulty one leaves the site."""
    work, srv, town = tmp_path / "work", tmp_path / "srv", runner.folder / "town"
    git(tmp_path, "clone", "-q", str(runner.bare), str(work))
    command = tmp_path / "gongshi"
    command.write_text(GONGSHI)
    command.chmod(0o755)
    for name, value in {"work": work, "target": srv, "command": command}.items():
        git(runner.bare, "config", f"gongshi.{name}", str(value))
    hook = runner.bare / "hooks/post-receive"
    shutil.copy(CI / "own/server/post-receive", hook)
    hook.chmod(0o755)
    commit(town, "加一件", lock=CASE)
    git(town, "push", "-q", "origin", "HEAD:main", "HEAD:other")
    stood = (srv / "current").resolve()
    assert (stood / "cases/lock.html").is_file()
    nightly = subprocess.run([str(hook)], input="x x refs/heads/main\n", capture_output=True, text=True,
                             env={**os.environ, "GIT_DIR": str(runner.bare)})
    assert nightly.returncode == 0 and "已上线" in nightly.stdout, nightly.stderr
    commit(town, "写错了", lock=CASE + "satisfaction: 好\n")
    assert git(town, "push", "-q", "origin", "HEAD:main") == "" and (srv / "current").resolve() == stood


@needs_rsync
def test_the_hook_installs_what_main_pins(runner: Runner, tmp_path: Path) -> None:
    """The hook makes its environment at the first push and renews it after an upgrade, never in between."""
    work, town, asked = tmp_path / "work", runner.folder / "town", runner.folder / "pip"
    git(tmp_path, "clone", "-q", str(runner.bare), str(work))
    release(work / "site", 1)
    (runner.tools() / "gongshi").write_text("#!/bin/sh\n")
    git(runner.bare, "config", "gongshi.work", str(work))
    git(runner.bare, "config", "gongshi.target", str(tmp_path / "srv"))
    environment = {**os.environ, "GIT_DIR": str(runner.bare), "PIP_ASKED": str(asked),
                   "PATH": f"{runner.tools()}:{os.environ['PATH']}"}

    def rebuilt() -> int:
        done = subprocess.run(["sh", str(CI / "own/server/post-receive")], input="x x refs/heads/main\n", text=True,
                              capture_output=True, env=environment)
        assert done.returncode == 0 and "已上线" in done.stdout, done.stderr
        return len(asked.read_text().splitlines())

    assert [rebuilt(), rebuilt()] == [1, 1]
    (town / "requirements.txt").write_text("# the next version\n")
    commit(town, "升级")
    git(town, "push", "-q", "origin", "HEAD:main")
    assert rebuilt() == 2
