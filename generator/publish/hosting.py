"""What servers are told of a release: `_headers` inside it (Netlify, Cloudflare), `nginx.conf` beside the releases.

nginx includes the latter inside a `server` block that names the host, its certificate, and `root …/current;`. It holds
no path of this machine, and stands outside what is public.
"""

from __future__ import annotations

from generator import policy

HEADERS = "_headers"
NGINX = "nginx.conf"
NOT_SERVED = (f"/{HEADERS}",)
TEXTS = ("text/css", "text/csv", "text/plain", "text/xml", "application/javascript", "application/json",
         "application/xml", "image/svg+xml")


def headers_file() -> str:
    """Return the rules that hosts of static sites read from the release; pages keep those hosts' short caching."""
    every = "".join(f"  {name}: {value}\n" for name, value in policy.headers().items())
    return f"/*\n{every}\n/assets/*\n  Cache-Control: {policy.FOREVER}\n"


def nginx_conf() -> str:
    """Return the part of nginx's configuration that goes inside a `server` block."""
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
{''.join(f'location = {path} {{ return 404; }}{chr(10)}' for path in NOT_SERVED)}"""


def _sent(caching: str) -> str:
    """Return the headers of one location: nginx drops those of the server wherever a location adds its own."""
    rules = {**policy.headers(), "Cache-Control": caching}
    return "\n".join(f'    add_header {name} "{value}" always;' for name, value in rules.items())
