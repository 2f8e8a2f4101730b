"""Links into a forge's own editor: a new record with a text to start from.

Sources: GitHub, `/new/BRANCH?filename=…&value=…`; Gitea 1.16 (pull request 16556) and so Forgejo,
`/_new/BRANCH/FOLDER?filename=…&value=…`; GitLab, `/-/new/BRANCH?file_name=…` and no text: the undocumented `file=` that
took one is gone (gitlab-org/gitlab 532221), so that the text is copied by hand there.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from generator.config import Repository


def new_file(repository: Repository, path: str, text: str) -> str:
    """Return the address at which the forge's editor opens a new file, holding `text` where the forge can do that."""
    folder, _, name = path.rpartition("/")
    branch = quote(repository.branch)
    if repository.forge == "github":
        return f"{repository.url}/new/{branch}?{_query(filename=path, value=text)}"
    if repository.forge == "gitlab":
        return f"{repository.url}/-/new/{branch}?{_query(file_name=path)}"
    return f"{repository.url}/_new/{branch}/{quote(folder)}?{_query(filename=name, value=text)}"


def takes_text(repository: Repository) -> bool:
    """Whether the forge's editor can be opened with a text in it."""
    return repository.forge != "gitlab"


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote)
