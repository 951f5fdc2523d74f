"""The kinds of things on a WordPress site: their routes, and when two of them hold the same.

A digest is `hash:identity:names`. The names say which fields were compared, so that the same comparison can be
made again without the wish; the identity (slug and date) recognises what we made though its text came out
differently.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from migrate.model.resource import digest_of

WITH_THE_FILE = ("file", "filename", "mime")  # of an upload: not fields of the attachment
HTML_NAMES = frozenset({"name", "description"})  # of terms: stored with entities
ALWAYS = "id,slug,link"
PARTS = 3


class Kind(NamedTuple):
    """How one kind of thing is reached. `listed`: fields that the inventory asks for beside id, slug and link."""

    route: str
    listed: str
    natural: str                # before the colon of a natural key
    context: str = "edit"       # in which its list shows all that is compared
    batches: bool = True
    dated: bool = False         # has `modified_gmt`, so that a change shows without its fields
    alone: bool = False         # never two requests at once


KINDS: Mapping[str, Kind] = {
    "post": Kind("wp/v2/posts", "status,date_gmt,modified_gmt", "post", dated=True),
    "page": Kind("wp/v2/pages", "status,date_gmt,modified_gmt,parent", "page", dated=True),
    "media": Kind("wp/v2/media", "status,date_gmt,modified_gmt,source_url", "media", batches=False, dated=True),
    "category": Kind("wp/v2/categories", "name,description,parent", "category", "view", alone=True),
    "tag": Kind("wp/v2/tags", "name,description", "tag", "view", alone=True),
    "navigation": Kind("wp/v2/navigation", "status,date_gmt,modified_gmt", "navigation", dated=True),
}
SETTINGS = "settings"
BY_NATURAL = {kind.natural: name for name, kind in KINDS.items()}


def canonical(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as they are compared, whether they come from a wish or from a reply; `meta` is one field for each key."""
    values: dict[str, Any] = {}
    for name, value in fields.items():
        if name in WITH_THE_FILE:
            continue
        if name == "meta":
            values.update({f"meta.{key}": item for key, item in value.items()} if isinstance(value, Mapping) else {})
        else:
            values[name] = _plain(kind, name, value)
    return values


def digest_for(kind: str, fields: Mapping[str, Any]) -> str:
    """The digest of what shall stand there."""
    return digest_compared(kind, canonical(kind, fields))


def digest_compared(kind: str, values: Mapping[str, Any]) -> str:
    """The digest of fields in the form in which they are compared."""
    slug = values.get("slug")
    identity = digest_of([kind, slug, values.get("date_gmt")])[:12] if slug else ""
    return f"{digest_of(dict(values))}:{identity}:{','.join(sorted(values))}"


def digest_shown(kind: str, names: Iterable[str], reply: Mapping[str, Any]) -> str:
    """The digest of what a reply shows, over these fields."""
    return digest_compared(kind, shown(kind, names, reply))


def shown(kind: str, names: Iterable[str], reply: Mapping[str, Any]) -> dict[str, Any]:
    """These fields of a reply, as they are compared; None for what it does not show."""
    all_of_it = canonical(kind, reply)
    return {name: all_of_it.get(name) for name in names}


def altered(wish: Mapping[str, Any], stands: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that stand there in another way than they were sent, both as they are compared."""
    return tuple(name for name in wish if wish[name] != stands[name] and not _left_to_the_site(name, wish[name]))


def names_in(digest: str) -> tuple[str, ...]:
    """The fields that a digest was made over."""
    parts = digest.split(":", PARTS - 1)
    return tuple(filter(None, parts[2].split(","))) if len(parts) == PARTS else ()


def identity_in(digest: str) -> str:
    """Slug and date in a digest; "" where it has none."""
    parts = digest.split(":", PARTS - 1)
    return parts[1] if len(parts) == PARTS else ""


def asked_for(kind: str, names: Iterable[str], *, waits: bool = False) -> str:
    """The `_fields` of a request whose reply shall show these fields; `waits`: of what is not published yet, too."""
    return _asked_for(kind, tuple(names), waits)


@lru_cache
def _asked_for(kind: str, names: tuple[str, ...], waits: bool) -> str:
    of_all = [ALWAYS, KINDS[kind].listed, *(["permalink_template,generated_slug"] if waits else [])]
    return ",".join(dict.fromkeys((*",".join(of_all).split(","), *(_field(kind, name) for name in names))))


def plain_slug(slug: str) -> str:
    """A slug as people read it: replies have it percent-encoded."""
    return unquote(slug)


def _plain(kind: str, name: str, value: Any) -> Any:
    if isinstance(value, dict):
        value = value.get("raw", value.get("rendered", ""))
    if name == "slug" or name == "generated_slug":
        return plain_slug(str(value))
    if name in ("categories", "tags"):
        return sorted(set(value or ()), key=str)  # in a rehearsal some have no number yet
    if name in ("post", "parent", "featured_media"):
        return value or 0
    if name == "date_gmt":
        return str(value or "").removesuffix("Z")
    if name == "status" and value in ("future", "inherit"):
        return "publish"  # the one by the clock, the other of every attachment
    if kind in ("category", "tag") and name in HTML_NAMES:
        return html.unescape(str(value)).strip()
    if name in ("title", "alt_text"):
        return " ".join(str(value).split())
    return value


def _field(kind: str, name: str) -> str:
    """What to ask for: the raw form, which costs the server no rendering."""
    raw = {"post": ("title", "content", "excerpt"), "page": ("title", "content", "excerpt"), "media": ("title",),
           "navigation": ("title", "content")}
    return f"{name}.raw" if name in raw.get(kind, ()) else name.partition(".")[0]


def _left_to_the_site(name: str, wish: Any) -> bool:
    """No category at all becomes the site's default one, no slug of a draft its title, and no caption of a picture
    what its own metadata say."""
    return name in ("categories", "slug", "template", "caption", "description") and not wish
