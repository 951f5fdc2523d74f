"""What a target shall hold, and how it is recognised again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate.model.document import EMPTY, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One thing that the target shall hold.

    `natural_key` is what the target itself knows it by: a file's path inside the project for Hugo, a slug for
    WordPress. `fields` are plain values in the target's words; for a file either {"text": str} or
    {"copy": absolute source path}. `digest` is over what the target will hold, so it reads back the same.
    """

    key: Key
    kind: str                             # page, media, term, config, layout, redirects …
    natural_key: str
    fields: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    digest: str
    source: str = ""                      # the page's source path, for the report


def digest_of(value: Any) -> str:
    """Name a value by its content: the same for equal values, whatever the order of their keys."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
