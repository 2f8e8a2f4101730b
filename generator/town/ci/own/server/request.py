"""Opens the request from `draft` to `main` where none is open, and tells below a request what it would publish.

For Gitea and Forgejo Actions; needs Python's standard library alone. Environment:
    GITHUB_API_URL, GITHUB_REPOSITORY   which forge, which repository (set by the runner)
    TOKEN                               may comment and open requests
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
    """Return what the forge answers. Raises: urllib.error.HTTPError."""
    request = urllib.request.Request(
        f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}", method=method,
        data=None if data is None else json.dumps(data).encode(),
        headers={"Authorization": f"token {os.environ['TOKEN']}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def pages(path):
    """Yield every entry of a list that the forge gives page by page."""
    number = 1
    while entries := call("GET", f"{path}{'&' if '?' in path else '?'}limit=50&page={number}"):
        yield from entries
        number += 1


def request_of_draft():
    """Return the number of the open request from `draft` to `main`, opened now where there is none."""
    for one in pages("pulls?state=open"):
        if (one["head"]["ref"], one["base"]["ref"]) == (DRAFT, MAIN):
            return one["number"]
    return call("POST", "pulls", {"base": MAIN, "head": DRAFT, "title": TITLE})["number"]


def tell(number, text):
    """Leave one comment below a request; the one that was left before is changed, not doubled."""
    for one in pages(f"issues/{number}/comments"):
        if one["body"].startswith(MARK):
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
