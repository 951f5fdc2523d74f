"""Start a real, empty WordPress to play with, print where it is and who may log in, and end it with Ctrl-C.

    python tools/wordpress.py [--port 8080] [--path /blog] [--plain]
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.wordpress.packages import Unavailable
from tests.wordpress.server import Site, Wish, running

TEXT = """
WordPress {version} is at      {url}/
log in at                  {url}/wp-login.php   as admin, password {password}
migrate to it with         export GRAV_MIGRATE_PASSWORD='{word}'
                           grav-migrate wordpress sample_content {url} --user admin
Ctrl-C ends it, and nothing of it stays.
"""


def text(site: Site) -> str:
    """What the user needs."""
    return TEXT.format(version=site.version, url=site.url, password=site.password, word=site.users["admin"])


def main() -> int:
    """Start, print, wait."""
    parser = argparse.ArgumentParser(description="A WordPress to play with.")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--path", default="", help="a sub-directory, such as /blog")
    parser.add_argument("--plain", action="store_true", help="plain permalinks")
    asked = parser.parse_args()
    wish = Wish(port=asked.port, path=asked.path, **({"permalinks": ""} if asked.plain else {}))
    with tempfile.TemporaryDirectory(prefix="wordpress-") as folder:
        try:
            with running(Path(folder) / "site", wish) as site:
                print(text(site), flush=True)
                for end in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(end, signal.default_int_handler)  # also where a shell has it ignored
                with contextlib.suppress(KeyboardInterrupt):
                    signal.pause()
        except Unavailable as error:
            print(f"No WordPress: {error}.", file=sys.stderr)
            return 5
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
