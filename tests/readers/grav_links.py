"""Links and pictures of a page paired with what Grav printed for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from migrate.model.site import Site
from migrate.readers.grav.index import index_of
from migrate.readers.grav.links import Reference, resolve
from tests.readers.grav_answers import answers, own_file

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.M | re.S)
_LINK = re.compile(r"(!?)\[(?:!\[[^\]]*\]\([^)]*\)|[^\]\[]*)\]"
                   r"\(\s*((?:[^\s()]|\([^\s()]*\))+)(?:\s+[\"'][^)]*[\"'])?\s*\)")
_TAG = re.compile(r"<(a|img|source)\b[^>]*?\b(?:href|src)=\"([^\"]*)\"")
_DEFAULTS = re.compile(r"[?&](?:loading|decoding|fetchpriority)=auto|[?&]g-[0-9a-f]{8}")
_CACHED = re.compile(r"^.*?/images/(?:\w/){5}[0-9a-f]{40}-")


class Pair(NamedTuple):
    """One address: as written, as Grav printed it, and as we resolved it."""

    file: str
    written: str
    image: bool
    printed: str
    reference: Reference

    @property
    def agrees(self) -> bool:
        """Whether our `url` is Grav's, apart from image processing and tails that Grav adds to all media."""
        ours, theirs = self.reference.url, _DEFAULTS.sub("", self.printed)
        if self.image and _CACHED.match(theirs):
            return ours.rpartition("/")[2].partition("#")[0] == _CACHED.sub("", theirs)
        if self.reference.key and self.image:
            theirs = theirs.partition("?")[0]
        return ours == theirs


def pairs(given: list[dict[str, Any]], site: Site) -> Iterator[Pair]:
    """All addresses of the pages whose Markdown and HTML hold the same number of them."""
    index = index_of(site)
    documents = {(document.language, document.folder): document for document in site.documents}
    for record in answers(given):
        document = documents.get((record.get("language") or "", record["folder"]))
        if document is None or not own_file(record) or not record.get("content"):
            continue
        written, printed = _written(record.get("raw_markdown") or ""), _printed(record["content"])
        for image in (False, True):
            ours = [url for is_image, url in written if is_image is image]
            theirs = [url for is_image, url in printed if is_image is image]
            if len(ours) == len(theirs):
                for url, shown in zip(ours, theirs, strict=True):
                    reference = resolve(html.unescape(url), document=document, image=image, index=index)
                    yield Pair(record["file"], url, image, shown, reference)


def _written(markdown: str) -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    for match in _LINK.finditer(_CODE.sub("", markdown)):
        found.append((bool(match[1]), match[2]))
        if match[0].startswith("[![") and (inner := _LINK.match(match[0], 1)):
            found.append((True, inner[2]))
    return [(image, url) for image, url in found if not url.startswith("{")]


def _printed(content: str) -> list[tuple[bool, str]]:
    content = re.sub(r"(?s)<(pre|code)\b.*?</\1>", "", content)
    return [(match[1] != "a", html.unescape(match[2])) for match in _TAG.finditer(content)]
