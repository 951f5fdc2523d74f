"""What the mapper decided about single nodes of a body, keyed by the node's `id`.

A node without a decision stays what Grav shows: a link keeps its address, an unknown shortcode is literal
text, Twig that nobody runs is literal text. The printers (`html.py`, `goldmark.py`) look decisions up,
nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Relink(NamedTuple):
    """A new address for a `Link`, `Image` or `Definition`.

    It replaces the node's url, title and attributes altogether: what shall stay is repeated here.
    `attributes` are HTML attributes in printing order; when there are any, Markdown cannot say them and
    HTML is needed. `html` is what to write where the node ends up inside raw HTML, which no render hook of
    the target sees: for a link the opening tag (`<a href="…" target="_blank">`), for an image the whole
    element; it may hold opaque `{{< … >}}`. None: an ordinary tag made of `url`, `title` and `attributes`
    will do. A link that uses a reference is decided by its own id; the `Definition` has an id of its own,
    so that its line in the source can be patched as well.
    """

    url: str
    title: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    html: str | None = None


class Replace(NamedTuple):
    """Finished target text instead of the node.

    For an opening shortcode that has a partner: instead of the whole region up to and including the closing
    tag. `html` is the HTML which `text` will show; None means that only the target knows (a Hugo
    shortcode): the checker then sees `opaque(id)` on both sides. `block`: the text is a block, so no
    paragraph is wrapped around it when it stands alone in one.
    """

    text: str
    block: bool = False
    html: str | None = None


class Wrap(NamedTuple):
    """Target texts instead of the two tags of a shortcode pair; what stands between goes on as Markdown.

    The texts are HTML, or an opaque `{{< … >}}`: `opening`/`closing` that do not start with `{{` are shown
    as they are. For an opening tag without a partner both are printed one after the other.
    """

    opening: str
    closing: str
    block: bool = False


Decision = Relink | Replace | Wrap
Decisions = Mapping[int, Decision]

NONE: Decisions = MappingProxyType({})

OPAQUE = re.compile("\ue010[0-9]+(/?)\ue011")
"""Finds the tokens that `opaque` makes; the group is `/` for the closing one of a pair."""


def opaque(number: int, *, closing: bool = False) -> str:
    """The token for target text of node `number` that only the target can render: plain text in any
    dialect.
    """
    return f"\ue010{number}{'/' if closing else ''}\ue011"
