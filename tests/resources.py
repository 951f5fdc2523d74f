"""Short ways to say resources and entries in tests."""

from __future__ import annotations

from typing import Any

from migrate.model.document import Key
from migrate.model.plan import Entry, Observed
from migrate.model.resource import Resource, digest_of


def wanted(key: str, text: str = "text", place: str | None = None, **more: Any) -> Resource:
    """A page file that shall hold `text`."""
    return Resource(
        key=Key(key),
        kind="page",
        natural_key=place or f"content/{key}.md",
        fields={"text": text},
        digest=digest_of(text),
        **more,
    )


def made(key: str, text: str = "text", place: str | None = None, *, owned: bool = True) -> Entry:
    """What the ledger remembers after `wanted(key, text, place)` was written."""
    place = place or f"content/{key}.md"
    return Entry(
        key=Key(key),
        kind="page",
        target_id=place,
        desired=digest_of(text),
        observed=digest_of(text),
        owned=owned,
        natural_key=place,
    )


def there(key: str, text: str = "text", place: str | None = None) -> Observed:
    """What stands on the target."""
    return Observed(target_id=place or f"content/{key}.md", digest=digest_of(text))
