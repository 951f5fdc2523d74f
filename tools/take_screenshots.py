"""Take the pictures in docs/pictures/ of the built demo site, with a real Chromium.

    make demo && .venv/bin/python tools/take_screenshots.py

Needs the Debian package chromium; Pillow, where it is there, makes the files smaller.
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEED = "news/2019-07-22-silk-road-central-asia-hematology-forum"

SHOTS = {
    "seed-post": (f"/kk/{SEED}/", 1200, 1000),
    "seed-post-phone": (f"/kk/{SEED}/", 390, 844),
    "home": ("/ru/", 1200, 900),
    "news": ("/en/news/", 1200, 1000),
}


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that does not talk."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def shoot(url: str, path: Path, width: int, height: int) -> None:
    """One page as a PNG."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={profile}",
                        f"--window-size={width},{height}", "--virtual-time-budget=4000", f"--screenshot={path}", url],
                       check=True, capture_output=True, timeout=120)


def shrink(path: Path) -> None:
    """Fewer colours, a third of the size; nothing without Pillow."""
    try:
        from PIL import Image
    except ImportError:
        return
    Image.open(path).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Serve the built site on this machine and take all of them."""
    serve = partial(Quiet, directory=str(ROOT / "demo-site" / "public"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pictures = ROOT / "docs" / "pictures"
    pictures.mkdir(exist_ok=True)
    for name, (address, width, height) in SHOTS.items():
        shoot(f"http://127.0.0.1:{server.server_port}{address}", pictures / f"{name}.png", width, height)
        shrink(pictures / f"{name}.png")
    server.shutdown()


if __name__ == "__main__":
    main()
