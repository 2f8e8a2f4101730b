"""Level 1. What browsers are told that every page may do: written into each page, and for the servers that send it.

Nothing is asked of another host, no script or style stands inside a page, no page may be framed by another site.
"""

from __future__ import annotations

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
BY_SERVERS = {"frame-ancestors": "'none'"}
"""Directives that browsers refuse in a page."""
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
    return _joined(CONTENT)


def headers() -> dict[str, str]:
    """Return what servers send with every file, by the header's name."""
    return {"Content-Security-Policy": _joined({**CONTENT, **BY_SERVERS}), **OTHERS}


def _joined(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
