"""What servers are told of a release: `_headers` inside it (Netlify, Cloudflare), `nginx.conf` beside the releases.

nginx includes the latter inside a `server` block that names the host, its certificate, and `root …/current;`. It holds
no path of this machine, and stands outside what is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator import policy

HEADERS = "_headers"
NGINX = "nginx.conf"
NOINDEX = ("X-Robots-Tag", "noindex, nofollow")
NOT_SERVED = (f"/{HEADERS}",)
TEXTS = ("text/css", "text/csv", "text/plain", "text/xml", "application/javascript", "application/json",
         "application/xml", "image/svg+xml")


def headers_file(forms: str = "") -> str:
    """Return the rules that hosts of static sites read from the release; pages keep those hosts' short caching.

    forms: the policy of /admin/. These hosts add up the rules that fit, and browsers obey every policy they are told:
    with forms the rule for all says only what no page can say of itself, and each page carries its own.
    """
    sent = policy.headers_beside_forms() if forms else policy.headers()
    every = "".join(f"  {name}: {value}\n" for name, value in sent.items())
    hidden = f"\n/admin/*\n  {NOINDEX[0]}: {NOINDEX[1]}\n" if forms else ""
    return f"/*\n{every}\n/assets/*\n  Cache-Control: {policy.FOREVER}\n{hidden}"


def nginx_conf(forms: str = "") -> str:
    """Return the part of nginx's configuration that goes inside a `server` block. forms: the policy of /admin/."""
    return f"""\
# 公示：放进 nginx 的 server 块里用 / include this inside a `server` block of nginx:
#   server {{ listen 443 ssl; server_name …; root /…/current; include /…/nginx.conf; }}
# HSTS is left to you. With ngx_brotli, add: brotli_static on;
index index.html;
charset utf-8;
charset_types {' '.join(TEXTS)};
gzip on;
gzip_types {' '.join(TEXTS)};
gzip_static on;
gzip_vary on;
absolute_redirect off;
server_tokens off;
error_page 404 /404.html;

location / {{
{_sent(policy.BRIEFLY)}
    try_files $uri $uri.html $uri/ =404;
}}
location ~ "\\.[0-9a-f]{{8}}\\.(min\\.)?[a-z0-9]+$" {{
{_sent(policy.FOREVER)}
    try_files $uri =404;
}}
{_of_forms(forms) if forms else ''}\
{''.join(f'location = {path} {{ return 404; }}{chr(10)}' for path in NOT_SERVED)}"""


def _of_forms(forms: str) -> str:
    return f"""\
location ^~ /admin/ {{
{_sent(policy.BRIEFLY, {policy.HEADER: policy.served(forms), NOINDEX[0]: NOINDEX[1]})}
    try_files $uri $uri/ =404;
}}
"""


def _sent(caching: str, others: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the headers of one location: nginx drops those of the server wherever a location adds its own."""
    rules = {**policy.headers(), "Cache-Control": caching, **others}
    return "\n".join(f'    add_header {name} "{value}" always;' for name, value in rules.items())
