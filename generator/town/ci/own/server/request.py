"""Opens the request from `draft` to `main` where none is open, and tells below a request what it would publish.

For Gitea and Forgejo Actions; needs Python's standard library alone. Environment:
    GITHUB_API_URL, GITHUB_REPOSITORY   which forge, which repository (set by the runner)
    TOKEN                               may comment and open requests; if it may say whose it is (GET /user), a comment
                                        that it left before is changed, else one more is left
    NUMBER                              the request that is meant; empty: the one of `draft`
    DIFF                                what `gongshi diff --format markdown` wrote, with its mark
"""

import json
import os
import sys
import urllib.error
import urllib.request

MARK = "<!-- gongshi-diff -->"
DRAFT, MAIN = "draft", "main"
TITLE = "网页表单里的改动"


def call(method, path, data=None):
    """Return what the forge answers about the repository. Raises: urllib.error.HTTPError."""
    return ask(method, f"repos/{os.environ['GITHUB_REPOSITORY']}/{path}", data)


def ask(method, path, data=None):
    """Return what the forge answers. Raises: urllib.error.HTTPError."""
    request = urllib.request.Request(
        f"{os.environ['GITHUB_API_URL']}/{path}", method=method,
        data=None if data is None else json.dumps(data).encode(),
        headers={"Authorization": f"token {os.environ['TOKEN']}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def request_of_draft():
    """Return the number of the open request from our own `draft` to `main`, opened now where there is none."""
    number = 1
    while some := call("GET", f"pulls?state=open&limit=50&page={number}"):
        for one in some:
            source = (one["head"].get("repo") or {}).get("full_name")  # a stranger's copy may have a `draft`, too
            if (one["head"]["ref"], one["base"]["ref"], source) == (DRAFT, MAIN, os.environ["GITHUB_REPOSITORY"]):
                return one["number"]
        number += 1
    return call("POST", "pulls", {"base": MAIN, "head": DRAFT, "title": TITLE})["number"]


def myself():
    """Return the name under which the token comments, None where it may not tell."""
    try:
        return ask("GET", "user")["login"]
    except urllib.error.HTTPError:
        return None


def tell(number, text):
    """Leave one comment below a request; our own of before is changed, not doubled.

    Somebody else's is left alone, whatever it begins with: its author could change what we wrote there.
    """
    me = myself()
    for one in call("GET", f"issues/{number}/comments"):  # all at once: forges give this list in one page
        if me and (one.get("user") or {}).get("login") == me and one["body"].startswith(MARK):
            return call("PATCH", f"issues/comments/{one['id']}", {"body": text})
    return call("POST", f"issues/{number}/comments", {"body": text})


def main():
    """Open the request if need be, and comment on it."""
    text = os.environ["DIFF"].strip()
    if not text:
        print("没有改动，不开请求。")
        return
    number = os.environ.get("NUMBER") or request_of_draft()
    tell(number, text if text.startswith(MARK) else f"{MARK}\n{text}")
    print(f"已在请求 #{number} 下说明。")


if __name__ == "__main__":
    try:
        main()
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")[:300]
        sys.exit(f"仓库没有答应（{error.code}）：{said}。令牌的权限不够时，设一个 REQUEST_TOKEN。")
