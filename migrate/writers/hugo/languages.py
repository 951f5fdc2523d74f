"""Which languages are written from right to left, and which one a site without languages has."""

from __future__ import annotations

from collections.abc import Mapping

from migrate.mappers.language_names import NAMES, base_of
from migrate.model.site import Site

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def is_right_to_left(code: str) -> bool:
    """Whether the language is usually written from right to left."""
    return base_of(code) in RIGHT_TO_LEFT


def own_language(site: Site) -> str:
    """The language of a site that has no languages, where its settings name it (`default_lang`); else ""."""
    settings = site.config.get("site")
    code = settings.get("default_lang") if isinstance(settings, Mapping) else None
    return code.lower() if isinstance(code, str) and base_of(code) in NAMES else ""
