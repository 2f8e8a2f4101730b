"""Forges that answer as their APIs are documented to: what the forms ask of them, and what they would have them write.

    GitHub  docs.github.com/rest, docs.github.com/graphql
    GitLab  docs.gitlab.com/api
    Gitea   docs.gitea.com/api (1.24), which Forgejo shares
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import BrowserContext, Route

HEAD = "1" * 40
WRITTEN = "2" * 40
NOW = "2026-11-22T08:00:00Z"
OPEN = {"access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*"}
EDITOR = {"id": 7, "login": "editor", "username": "editor", "name": "编辑", "full_name": "编辑",
          "email": "editor@example.org", "avatar_url": "https://avatars.example.net/7", "html_url": "https://git.example.org/editor",
          "web_url": "https://git.example.org/editor"}


def sha(text: str) -> str:
    """Return a blob's id, as git makes it."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Forge:
    """A forge with a few files, and everything that it was asked to write: (method and path, body)."""

    host: str
    config: str

    def __init__(self, files: Mapping[str, str]):
        self.files = {f"content/{path}": text for path, text in files.items()}
        self.asked: list[str] = []
        self.written: list[tuple[str, Any]] = []
        self.challenge = ""

    def answer_all(self, context: BrowserContext) -> None:
        """Answer every request of a browser to this forge."""
        context.route(f"{self.host}/**", self._answer)

    def _answer(self, route: Route) -> None:
        asked = route.request
        if asked.method == "OPTIONS":
            route.fulfill(status=204, headers=OPEN)
            return
        whole = urlsplit(asked.url)
        path = unquote(whole.path) + (f"?{unquote(whole.query)}" if whole.query else "")
        if "/oauth/" in path:
            self._authorize(route, parse_qs(whole.query))
            return
        self.asked.append(f"{asked.method} {path}")
        assert asked.headers["authorization"].split()[1] == "secret-token"
        said = self.answer(asked.method, path, asked.post_data_json if asked.post_data else None)
        if said is None:
            route.fulfill(status=404, headers=OPEN, json={"message": f"{asked.method} {path} is not answered here"})
        else:
            route.fulfill(status=200 if said != "" else 204, headers=OPEN, body=json.dumps(said) if said != "" else "",
                          content_type="application/json")

    def _authorize(self, route: Route, asked: Mapping[str, list[str]]) -> None:
        """Send an editor who agrees back with a code, and give a token for it to whoever knows the secret of PKCE."""
        if route.request.method == "GET":
            self.challenge = asked["code_challenge"][0]
            back = f"{asked['redirect_uri'][0]}?code=agreed&state={asked['state'][0]}"
            route.fulfill(status=302, headers={"location": back})
            return
        sent = route.request.post_data_json
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert proof == self.challenge and sent["code"] == "agreed" and sent["client_id"] == "town-app"
        route.fulfill(status=200, headers=OPEN, json={"access_token": "secret-token", "refresh_token": "later"})

    def answer(self, method: str, path: str, body: Any) -> Any:
        """Return what the forge answers, None for 404, an empty text for no content."""
        raise NotImplementedError

    def blobs(self) -> list[dict[str, Any]]:
        """Return the files as trees list them."""
        return [{"path": path, "mode": "100644", "type": "blob", "sha": sha(text), "size": len(text.encode())}
                for path, text in sorted(self.files.items())]


class Gitea(Forge):
    """Gitea: a change is one request that commits to a branch."""

    host = "https://git.example.org"
    config = "repository: {forge: gitea, url: https://git.example.org/town/site}\n"

    def answer(self, method: str, path: str, body: Any) -> Any:
        here = path.removeprefix("/api/v1")
        match method, here.partition("?")[0]:
            case "GET", "/user":
                return EDITOR
            case "GET", "/version":
                return {"version": "1.24.6"}
            case "GET", "/settings/api":
                return {"max_response_items": 50, "default_paging_num": 30, "default_git_trees_per_page": 1000,
                        "default_max_blob_size": 10485760, "default_max_response_size": 104857600}
            case "GET", "/repos/town/site":
                return {"id": 1, "full_name": "town/site", "default_branch": "main",
                        "permissions": {"admin": False, "push": True, "pull": True}}
            case "GET", "/repos/town/site/branches/draft":
                return {"name": "draft", "commit": {"id": HEAD, "message": "草稿"}, "protected": False}
            case "GET", "/repos/town/site/git/trees/1111111111111111111111111111111111111111":
                return {"sha": HEAD, "tree": self.blobs(), "truncated": False, "page": 1}
            case "POST", "/repos/town/site/file-contents":
                return [{"path": name, "sha": sha(self.files[name]), "type": "file", "encoding": "base64",
                         "content": base64.b64encode(self.files[name].encode()).decode()} for name in body["files"]]
            case "POST", "/repos/town/site/contents":
                self.written.append((here, body))
                return {"commit": {"sha": WRITTEN, "created": NOW},
                        "files": [{"path": one["path"], "sha": WRITTEN} for one in body["files"]]}
        return None


class GitHub(Forge):
    """GitHub: a change gets a branch and a pull request of its own."""

    host = "https://api.github.com"
    config = "repository: {forge: github, url: https://github.com/town/site}\n"

    def answer(self, method: str, path: str, body: Any) -> Any:
        match method, path.partition("?")[0]:
            case "GET", "/user":
                return EDITOR
            case "GET", "/repos/town/site/collaborators/editor":
                return ""
            case "GET", "/repos/town/site/git/trees/1111111111111111111111111111111111111111":
                return {"sha": HEAD, "tree": self.blobs(), "truncated": False}
            case "POST", "/graphql":
                return {"data": self._data(body["query"], body.get("variables", {}))}
            case "POST", "/repos/town/site/pulls":
                self.written.append((path, body))
                return {"number": 5, "node_id": "PR_5", "title": body["title"], "created_at": NOW, "updated_at": NOW,
                        "html_url": "https://github.com/town/site/pull/5", "head": {"sha": WRITTEN}}
            case "POST", "/repos/town/site/issues/5/labels":
                self.written.append((path, body))
                return [{"name": name} for name in body["labels"]]
            case "GET", "/repos/town/site/issues/5":
                return {"number": 5, "labels": [{"name": "sveltia-cms/draft"}]}
            case "PATCH", "/repos/town/site/issues/5":
                self.written.append((path, body))
                return {"number": 5, "labels": [{"name": name} for name in body["labels"]]}
        return None

    def _data(self, query: str, variables: Any) -> Any:
        if "markPullRequestReadyForReview" in query:
            self.written.append(("ready", variables["input"]))
            return {"markPullRequestReadyForReview": {"pullRequest": {"isDraft": False}}}
        if "createCommitOnBranch" in query:
            self.written.append(("createCommitOnBranch", variables["input"]))
            return {"createCommitOnBranch": {"commit": {"oid": WRITTEN, "committedDate": NOW,
                                                        "file_0": {"oid": WRITTEN}}}}
        if "createRef" in query:
            self.written.append(("createRef", variables["input"]))
            return {"createRef": {"ref": {"name": variables["input"]["name"]}}}
        if "pullRequests(" in query:
            return {"repository": {"pullRequests": {"nodes": [], "totalCount": 0}}}
        if "fork:" in query:
            return {"fork": {"id": "R_1"}, "base": {"ref": {"target": {"oid": HEAD}}}}
        texts = {sha(text): text for text in self.files.values()}
        found: dict[str, Any] = {alias: {"text": texts[oid], "isTruncated": False}
                                 for alias, oid in re.findall(r'(content_\d+): object\(oid: "(\w+)"\)', query)}
        nodes = [{"oid": HEAD, "message": "上一次", "committedDate": NOW,
                  "author": {"name": "编辑", "email": "editor@example.org", "user": {"id": 7, "login": "editor"}}}]
        history = {"target": {"history": {"nodes": nodes}}}
        found.update({alias: history for alias in re.findall(r"(commit_\d+): ", query)})
        return {"repository": found or {"ref": history}}


class GitLab(Forge):
    """GitLab on a host of one's own: a change gets a branch and a merge request of its own."""

    host = "https://git.example.org"
    config = "repository: {forge: gitlab, url: https://git.example.org/town/site}\n"

    def answer(self, method: str, path: str, body: Any) -> Any:
        here = path.removeprefix("/api/v4")
        match method, here.partition("?")[0]:
            case "GET", "/user":
                return EDITOR
            case "GET", "/projects/town/site/users":
                return [EDITOR]
            case "GET", "/projects/town/site/merge_requests":
                return []
            case "GET", "/projects/town/site/repository/branches/main":
                return {"name": "main", "commit": {"id": HEAD, "message": "上一次"}}
            case "POST", "/api/graphql":
                return {"data": {"project": {"repository": self._data(body["query"], body["variables"])}}}
            case "POST", "/projects/town/site/repository/commits":
                self.written.append((here, body))
                return {"id": WRITTEN, "committed_date": NOW}
            case "POST", "/projects/town/site/merge_requests":
                self.written.append((here, body))
                return {"iid": 5, "id": 55, "title": body["title"], "sha": WRITTEN, "created_at": NOW,
                        "updated_at": NOW, "web_url": "https://git.example.org/town/site/-/merge_requests/5"}
            case "PUT", "/projects/town/site/merge_requests/5":
                self.written.append((here, body))
                return {"iid": 5, "id": 55, "title": body["title"]}
        return None

    def _data(self, query: str, variables: Any) -> Any:
        if "rawTextBlob" in query:
            nodes = [{"path": name, "rawTextBlob": self.files[name]} for name in variables["paths"]]
            return {"blobs": {"nodes": nodes}}
        if "lastCommit" in query:
            return {"tree": {"lastCommit": {"sha": HEAD, "message": "上一次"}}}
        return {"tree": {"blobs": {"nodes": self.blobs(), "pageInfo": {"endCursor": "", "hasNextPage": False}}}}
