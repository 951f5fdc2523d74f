"""What Grav showed of a real site, beside what WordPress' REST API says of the same pages: every field of every page.

The words of the bodies are the yardstick's business (fidelity.py); here are title, date, state, terms, author,
excerpt, featured image, parent and slug. The expectations come from Grav's own answers and from the source, not from
the program.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import html as lxml_html

FEATURED = ("featured_image", "header_image_file", "hero_image", "primaryImage", "image", "header_image")
ANOTHER_SLUG = {"G620", "G621"}       # the report says that it could not be the old one
NOT_A_PICTURE = "G632"
UNREADABLE_DATE = {"G110", "G111", "G112"}
HIDDEN = {"G322"}
BROKEN_HEADER = {"G103", "G106"}      # Grav could not read it and shows an error page, or the folder's name


def pages_of(path: Path) -> list[dict[str, Any]]:
    """The pages that Grav shows at an address of their own, in the languages that they have a file for."""
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    languages = {record["language"] or "": record for record in records
                 if record["type"] == "language" and isinstance(record.get("routes"), dict)}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        if record["type"] != "page" or record.get("error") or not record.get("file") or record.get("modular"):
            continue
        language = record["language"] or ""
        if (record.get("file_language") or "") != language and record.get("file_language") is not None:
            continue
        here = languages.get(language, {"routes": {}})
        if here["routes"].get(record["route"], record["folder"]) == record["folder"]:
            if record.get("external_url"):                # its links lead away; it answers at its own route all the same
                record["url"] = (here.get("base_route") or "") + record["route"]
            found[language, record["url"]] = record
    return list(found.values())


class Migrated:
    """One site that has been brought over. `rows`: of the report; `things`: of the REST API, by kind and number."""

    def __init__(self, source: Path, rows: list[dict[str, Any]], things: Mapping[str, Mapping[int, Any]],
                 slugs: Mapping[str, str], users: Mapping[str, int], runner: int) -> None:
        """`slugs`: part of an address → what WordPress makes of it; `users`: name → number; `runner`: who migrated."""
        self.source, self.things, self.slugs, self.users, self.runner = source, things, slugs, users, runner
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        for row in rows:
            if "alias" not in row:
                self.rows.setdefault((row["source"], row["language"]), row)
        self._of_source: dict[str, set[str]] = defaultdict(set)
        self._of_target: dict[int | None, set[str]] = defaultdict(set)
        for row in rows:
            found = {finding["code"] for finding in row["findings"]}
            self._of_source[row["source"]] |= found
            self._of_target[row.get("target_id")] |= found

    def codes(self, record: Mapping[str, Any]) -> set[str]:
        """What was found about a page, and about the one that it became part of."""
        number = (self.row(record) or {}).get("target_id")
        return self._of_source[record["file"]] | (self._of_target[number] if number else set())

    def row(self, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """The report's row about one of Grav's pages."""
        return self.rows.get((record["file"], record["language"] or "")) or self.rows.get((record["file"], ""))

    def item(self, record: Mapping[str, Any]) -> Any:
        """The post or page of one of Grav's pages; None where there is none."""
        number = (self.row(record) or {}).get("target_id")
        return self.things["posts"].get(number) or self.things["pages"].get(number)

    def mistakes(self, record: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
        """Field, what it should be, what it is: of all that is wrong on a page."""
        item = self.item(record)
        if item is None:
            if not self.codes(record):
                yield "page", record["url"], None
            return
        wanted = {"title": self.title(record, item), "state": self.state(record, item),
                  "date": self.date(record, item), "path": self.path(record, item), "author": self.author(record),
                  "excerpt": self.excerpt(record), "featured": self.featured(record), **self.terms(record, item)}
        shown = {"title": _folded(item["title"]["raw"]), "state": item["status"], "path": self.path_of(item),
                 "date": _seconds(item["date_gmt"]), "author": item["author"],
                 "excerpt": " ".join(html.unescape(item["excerpt"]["raw"]).split()),
                 "featured": self.things["media"].get(item["featured_media"], {}).get("slug", ""),
                 "categories": self.names("categories", item), "tags": self.names("tags", item)}
        for name, value in wanted.items():
            if value is not None and value != shown[name]:
                yield name, value, shown[name]

    def title(self, record: Mapping[str, Any], item: Any) -> str | None:
        """Grav's; any where the program could read more of the header than Grav could."""
        if self.codes(record) & BROKEN_HEADER:
            return None if item["title"]["raw"] else "any"
        return _folded(record["title"]) or unquote(item["slug"])

    def state(self, record: Mapping[str, Any], item: Any) -> str:
        """Published, unless Grav said otherwise; scheduled where the day is still to come."""
        if not record["published"]:
            return "draft"
        if self.codes(record) & HIDDEN:
            return "draft"
        return item["status"] if item["status"] == "future" and "G630" in self.codes(record) else "publish"

    def date(self, record: Mapping[str, Any], item: Any) -> int | None:
        """The moment in the header; any where there is none that could be read."""
        if not record["date_from_header"] or self.codes(record) & UNREADABLE_DATE:
            return None if item["date_gmt"] else 1
        return record["date"]

    def path(self, record: Mapping[str, Any], item: Any) -> list[str] | None:
        """The parts of the address: all of a page's, the last of a post's; any where the report names another."""
        if self.codes(record) & ANOTHER_SLUG:
            return None
        parts = [self.slugs[part] for part in parts_of(record)]
        return parts[-1:] if item["type"] == "post" else parts

    def path_of(self, item: Any) -> list[str]:
        """The slugs from the top down."""
        above = self.path_of(self.things["pages"][item["parent"]]) if item.get("parent") else []
        return [*above, unquote(item["slug"])]

    def author(self, record: Mapping[str, Any]) -> int:
        """The user of that name, else who ran the migration."""
        return self.users.get(author_of(record), self.runner)

    def excerpt(self, record: Mapping[str, Any]) -> str | None:
        """The words before the divider, if there is one that Grav cut at."""
        header = record["header"] if isinstance(record["header"], dict) else {}
        if header.get("excerpt"):
            return " ".join(str(header["excerpt"]).split())
        if record["summary_cut"] is None or "\n===" not in f"\n{record['raw_markdown']}":
            return None if "===" in (record["raw_markdown"] or "") else ""
        return _words(record["summary"])

    def featured(self, record: Mapping[str, Any]) -> str:
        """The slug of the picture that the header names: the digest of its bytes; "" without one."""
        header = record["header"] if isinstance(record["header"], dict) else {}
        if self.codes(record) & {NOT_A_PICTURE}:
            return ""
        metadata = header["metadata"] if isinstance(header.get("metadata"), dict) else {}
        values = [*(header.get(key) for key in FEATURED), metadata.get("og:image"), metadata.get("image")]
        for name in (value.rpartition("/user/pages/")[2].lstrip("/") for value in values if isinstance(value, str) and value):
            for folder in (self.source / "pages" / record["folder"], self.source / "pages"):
                if (folder / name).is_file():
                    return "gm-" + hashlib.sha256((folder / name).read_bytes()).hexdigest()[:32]
        return ""

    def terms(self, record: Mapping[str, Any], item: Any) -> dict[str, list[str]]:
        """Categories and tags of a post, without regard to capitals; a page has none."""
        given = record["taxonomy"] if isinstance(record["taxonomy"], dict) else {}
        if item["type"] == "page":
            return {}
        return {plural: sorted({_folded(name).casefold() for name in _listed(given.get(kind)) if _folded(name)})
                for plural, kind in (("categories", "category"), ("tags", "tag"))}

    def names(self, plural: str, item: Any) -> list[str]:
        """The terms of a post; WordPress' own category stands for none."""
        found = (self.things[plural][number] for number in item.get(plural, ()))
        return sorted({_folded(term["name"]).casefold() for term in found if term["slug"] != "uncategorized"})


def parts_of(record: Mapping[str, Any]) -> list[str]:
    """The parts of a page's address; a home page at the root has its own name."""
    return [unquote(part) for part in record["url"].split("/") if part] or [record["slug"]]


def author_of(record: Mapping[str, Any]) -> str:
    """The author that a header names; "" where it names none."""
    header = record["header"] if isinstance(record["header"], dict) else {}
    metadata = header.get("metadata")
    places = (header.get("author"), header.get("authors"), metadata.get("author") if isinstance(metadata, dict) else None)
    for value in places:
        first = value[0] if isinstance(value, list) and value else value
        name = first.get("name") if isinstance(first, dict) else first
        if isinstance(name, str) and name.strip():
            return name.strip()
    return ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value not in (None, "") else []


def _folded(text: Any) -> str:
    return " ".join(html.unescape(str(text or "")).split())


def _seconds(text: str | None) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp()) if text else 0


def _words(text: str) -> str:
    """What HTML says, with blanks between blocks."""
    if not (text or "").strip():
        return ""
    root = lxml_html.fragment_fromstring(text, create_parent="div")
    for element in root.iter("p", "li", "h1", "h2", "h3", "h4", "br", "div", "td", "tr", "blockquote"):
        element.tail = f" {element.tail or ''}"
        element.text = f" {element.text or ''}"
    return " ".join(root.text_content().split())
