"""A real nginx on a free port of this machine, for the tests that serve what is published."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
MIME = Path("/etc/nginx/mime.types")
MISSING = "" if NGINX and MIME.is_file() else "no nginx on this machine (apt install nginx-light)"
CONF = """\
daemon off; pid {work}/pid; error_log {work}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  include {mime}; default_type application/octet-stream; access_log off;
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c; uwsgi_temp_path {work}/d;
  scgi_temp_path {work}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; include {snippet}; }}
}}
"""


@contextmanager
def serving(root: Path, snippet: Path, work: Path) -> Iterator[int]:
    """Serve `root` with the configuration of a build (`snippet`), and give the port. work: an empty folder."""
    work.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    conf = work / "whole.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""
    conf.write_text(user + CONF.format(work=work, mime=MIME, port=port, root=root, snippet=snippet), encoding="utf-8")
    checked = subprocess.run([str(NGINX), "-t", "-c", str(conf)], capture_output=True, text=True)
    assert checked.returncode == 0 and "warn" not in checked.stderr, checked.stderr
    process = subprocess.Popen([str(NGINX), "-c", str(conf)])
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
