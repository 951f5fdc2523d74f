"""Real Hugo as the judge: what Goldmark, set up as the product sets it up, makes of many texts in one build."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from migrate.content.goldmark_options import GoldmarkOptions, hugo_markup

LAYOUT = """{{ range .Site.RegularPages }}{{ dict "n" .File.ContentBaseName "html" (string .Content) | jsonify | safeHTML }}
{{ end }}"""
KINDS = ["taxonomy", "term", "RSS", "sitemap", "section", "404", "robotsTXT"]


class HugoError(Exception):
    """Hugo refused the build; the message is Hugo's."""


def goldmark_html(hugo: str, texts: Sequence[str], options: GoldmarkOptions, *,
                  shortcodes: Mapping[str, str] | None = None) -> list[str]:
    """The HTML that Hugo shows for each of `texts`, in order, all in one build. HugoError where it stops."""
    with tempfile.TemporaryDirectory(prefix="goldmark-") as folder:
        site = Path(folder)
        _write_site(site, texts, options, shortcodes or {})
        run = subprocess.run([hugo, "--source", str(site), "--logLevel", "warn"], capture_output=True, text=True,
                             check=False)
        if run.returncode:
            raise HugoError((run.stderr + run.stdout)[:2000])
        return _read_pages(site / "public" / "index.html", len(texts))


def _write_site(site: Path, texts: Sequence[str], options: GoldmarkOptions, shortcodes: Mapping[str, str]) -> None:
    config: dict[str, Any] = {"baseURL": "http://example.org/", "disableKinds": KINDS, "title": "oracle",
                              "cascade": [{"target": {"kind": "page"}, "build": {"render": "never"}}],
                              "markup": hugo_markup(options)}
    (site / "hugo.json").write_text(json.dumps(config), encoding="utf-8")
    layouts = site / "layouts"
    (layouts / "_shortcodes").mkdir(parents=True)
    (layouts / "home.html").write_text(LAYOUT, encoding="utf-8")
    for name, template in shortcodes.items():
        (layouts / "_shortcodes" / f"{name}.html").write_text(template, encoding="utf-8")
    pages = site / "content" / "p"
    pages.mkdir(parents=True)
    for number, text in enumerate(texts):
        (pages / f"{number}.md").write_bytes(b"---\ntitle: x\n---\n\n" + text.encode("utf-8", "surrogateescape"))


def _read_pages(file: Path, count: int) -> list[str]:
    pages = [""] * count
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                record = json.loads(line)
                pages[int(record["n"])] = record["html"]
    return pages
