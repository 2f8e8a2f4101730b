"""Level 1. What browsers are told that every page may do: written into each page, and for the servers that send it.

Nothing is asked of another host, no script or style stands inside a page, no page may be framed by another site.
"""

from __future__ import annotations

from collections.abc import Iterable

HEADER = "Content-Security-Policy"
CONTENT = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the search is a WebAssembly module; nothing may be evaluated otherwise
    "style-src": "'self'",
    "img-src": "'self' data:",  # stylesheets hold small pictures
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
TRUSTED = {
    "require-trusted-types-for": "'script'",  # no script of ours can be talked into making a script or HTML of a text
    "trusted-types": "gongshi",  # the one rule for scripts' addresses: theme/assets/gongshi.js/15-load.js
}
"""What only some browsers know (Chromium since 83); the forms' program writes HTML itself."""
BY_SERVERS = {"frame-ancestors": "'none'"}
"""Directives that browsers refuse in a page."""
FORMS = {
    **CONTENT,
    "style-src": "'self' 'unsafe-inline'",  # the forms' program places and sizes what it shows by styles in the page
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self' data: blob:",
    "manifest-src": "blob:",
}
"""What the forms at /admin/ may do: nothing more for scripts; styles inside the page, and the hosts they are given."""
OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FOREVER = "public, max-age=31536000, immutable"
"""How long a file may be kept whose name carries the digest of its content."""
BRIEFLY = "no-cache"
"""Kept, but asked for anew each time: a page or a table changes under its name."""


def in_page() -> str:
    """Return the policy as a page carries it."""
    return _joined({**CONTENT, **TRUSTED})


def in_forms(hosts: Iterable[str]) -> str:
    """Return the policy as the page of the forms carries it. hosts: where the repository stands."""
    return _joined({**FORMS, "connect-src": " ".join([FORMS["connect-src"], *hosts])})


def headers() -> dict[str, str]:
    """Return what servers send with every file, by the header's name."""
    return {HEADER: served(in_page()), **OTHERS}


def headers_beside_forms() -> dict[str, str]:
    """Return what is sent with every file where no file can be told apart: pages say the rest themselves."""
    return {HEADER: _joined(BY_SERVERS), **OTHERS}


def served(carried: str) -> str:
    """Return a page's policy as servers send it, with what browsers refuse in a page."""
    return f"{carried}; {_joined(BY_SERVERS)}"


def _joined(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
