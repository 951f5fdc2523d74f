"""`{#id .class .class}` of Markdown Extra."""

from __future__ import annotations

import re

from migrate.content.inline_nodes import Attributes

_ONE = r"(?:[#.][-\w]+[ ]*)"
INLINE_ATTRIBUTES = re.compile(rf"[ ]*\{{({_ONE}+)\}}", re.ASCII)
_AT_END = re.compile(rf"\{{({_ONE}+)\}}[ ]*", re.ASCII)


def read_attributes(text: str) -> Attributes:
    """`id` and `class` from what stands between the braces (ParsedownExtra::parseAttributeData)."""
    found: dict[str, str] = {}
    classes = []
    for word in text.split(" "):
        if word.startswith("#"):
            found["id"] = word[1:]
        elif word:
            classes.append(word[1:])
    if classes:
        found["class"] = " ".join(classes)
    return tuple(found.items())


def split_attributes(text: str, before: str) -> tuple[str, Attributes]:
    """A heading's text without the attributes at its end and without the characters `before` in front of them."""
    start = text.rfind("{")
    match = _AT_END.fullmatch(text, start) if start >= 0 else None
    if match is None:
        return text, ()
    return text[:start].rstrip(before), read_attributes(match[1])
