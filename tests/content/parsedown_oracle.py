"""Asks the real Parsedown (`parsedown.php`), and compares what it says with what we say."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from lxml import html as lxml_html

from migrate.content.html import to_html
from migrate.content.tree import parse
from migrate.model.document import Dialect

SCRIPT = Path(__file__).with_name("parsedown.php")
LIBRARY = Path("/usr/share/php/ParsedownExtra/ParsedownExtra.php")
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Parsedown:
    """One PHP process that renders text after text."""

    def __init__(self, php: str = "php") -> None:
        self._process = subprocess.Popen([php, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         text=True, encoding="utf-8", errors="surrogatepass")

    def __enter__(self) -> Parsedown:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()

    def render(self, text: str, dialect: Dialect) -> str | None:
        """The HTML; None where PHP itself fails on the text."""
        assert self._process.stdin and self._process.stdout
        asked = {"text": text, "twig": dialect.twig and not dialect.twig_first, "extra": dialect.extra,
                 "auto_line_breaks": dialect.auto_line_breaks, "auto_url_links": dialect.auto_url_links,
                 "escape_markup": dialect.escape_markup, "special_chars": dict(dialect.special_chars),
                 "notices": list(dialect.notices), "notices_base": dialect.notices_base,
                 "shortcodes": sorted(name for name in dialect.shortcodes if ":" not in name)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer: str | None = json.loads(self._process.stdout.readline())
        return answer


def disagreement(parsedown: Parsedown, text: str, dialect: Dialect) -> tuple[str, str] | None:
    """What Parsedown and we make of `text`, where it is not the same page; None too where PHP itself fails."""
    theirs = parsedown.render(text, dialect)
    if theirs is None:
        return None
    ours = to_html(parse(text, dialect))
    if ours == theirs or normal(ours) == normal(theirs):
        return None
    return theirs, ours


def cut_in_half(html: str, text: str) -> bool:
    """Whether Parsedown, which counts bytes, cut a letter of `text`, or Grav's stand-in for a Twig tag, in two."""
    return html.count("\ufffd") > text.count("\ufffd") + text.count("\0") or "x7Z/" in html


def normal(html: str) -> list[Any]:
    """HTML as nested lists: names, sorted attributes, texts with their white space folded outside of `<pre>`."""
    html = re.sub(r"[\0-\x08\x0b\x0e-\x1f]", "\ufffd", html)
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return _node(root, verbatim=False)


def _node(element: Any, *, verbatim: bool) -> list[Any]:
    verbatim = verbatim or element.tag in ("pre", "textarea", "script", "style")
    if not isinstance(element.tag, str):
        return ["#comment", element.text or ""]
    content: list[Any] = []
    _text(content, element.text, verbatim)
    for child in element:
        content.append(_node(child, verbatim=verbatim))
        _text(content, child.tail, verbatim)
    return [element.tag, sorted(element.attrib.items()), content]


def _text(content: list[Any], text: str | None, verbatim: bool) -> None:
    if text:
        content.append(text if verbatim else _SPACE.sub(" ", text))
