"""The site's languages: configured, or inferred from the suffixes of its page files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from migrate.findings import Finding, find
from migrate.model.site import Language
from migrate.readers.grav.defaults import SITE, SYSTEM
from migrate.readers.grav.names import page_name, without_order
from migrate.readers.grav.scan import Folder
from migrate.readers.grav.settled import Languages, Settings, setting
from migrate.readers.grav.values import as_text

CODES = frozenset({
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bi", "bm", "bn", "bo",
    "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo",
    "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi",
    "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka",
    "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln",
    "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng",
    "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn",
    "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su",
    "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur",
    "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu",
})
"""ISO 639-1: what a suffix must begin with to pass for a language where nothing is configured."""


def plausible(suffix: str) -> bool:
    """Whether a suffix looks like a language: `kk`, `pt-br`, `zh_Hans`; not `17`, `old` or `min`."""
    code, _, region = suffix.replace("_", "-").partition("-")
    return code in CODES and (not region or (region.isalpha() and 2 <= len(region) <= 4))


def infer_languages(settings: Settings, folders: Collection[Folder]) -> tuple[Settings, tuple[Finding, ...]]:
    """Settings with the languages that the file names show, where the configuration names none at all.

    A suffix counts when it is a known code and stands in several folders, or beside another of the kind. Where the
    site works without its translations, visitors had its pages at addresses without a language, and keep them.
    """
    if settings.languages.supported or _are_named(settings):
        return settings, ()
    seen = _suffixes(folders)
    if not seen.counts:
        return settings, ()
    named: dict[str, Any] = {"languages": ", ".join(sorted(seen.counts)), "pages": sum(seen.counts.values())}
    whole = _is_whole_without(seen, folders, settings)
    default = _language_of_plain(seen, settings) if whole else _default(seen, settings)
    if not default:
        return settings, (find("G152", "config/system.yaml", **named),)
    supported = (default, *(code for code in sorted(seen.counts) if code != default))
    languages = replace(settings.languages, supported=supported, default=default, inferred=True,
                        include_default=settings.languages.include_default and not whole)
    return replace(settings, languages=languages), (find("G136", "config/system.yaml", **named, default=default),)


class _Suffixes(NamedTuple):
    """How many folders have a file of each language; of each beside one without; of any so; and a file without."""

    counts: Mapping[str, int]
    beside: Counter[str]
    mixed: int
    plain: int


def _is_whole_without(seen: _Suffixes, folders: Collection[Folder], settings: Settings) -> bool:
    """Whether the files without a language are a site of their own: its home, and as many as of any language.

    Where no page at all is the configured home, its alias is not known here, and says nothing about languages.
    """
    if seen.plain < max(seen.counts.values()):
        return False
    home = settings.home_for("").strip("/").lower()
    homes = [folder for folder in folders
             if home == "/".join(map(without_order, folder.path.lower().split("/"))) and _has_page(folder)]
    return any(map(_has_plain, homes)) if homes else bool(_language_of_plain(seen, settings))


def _has_page(folder: Folder) -> bool:
    return any(page_name(file.name) for file in folder.files)


def _has_plain(folder: Folder) -> bool:
    return any((name := page_name(file.name)) and not name.language for file in folder.files)


def _language_of_plain(seen: _Suffixes, settings: Settings) -> str:
    """The language that files without one are in: the stated default, unless it has files of its own beside them."""
    stated = as_text(setting(settings.system, "languages.default_lang"))
    weak = as_text(setting(settings.site, "default_lang"))
    return next((code for code in (stated, weak) if code and not seen.beside[code]), "")


def believed_languages(settings: Settings, codes: tuple[str, ...]) -> Settings:
    """Settings with these languages, the default first, whatever the configuration says; () for none."""
    default = codes[0] if codes else ""
    return replace(settings, languages=replace(settings.languages, supported=codes, default=default))


def _suffixes(folders: Iterable[Folder]) -> _Suffixes:
    """What the names of page files say about languages."""
    counts: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    siblings: set[str] = set()
    mixed = plain = 0
    for folder in folders:
        found = {name.language for file in folder.files if (name := page_name(file.name))}
        codes = [suffix for suffix in found if suffix and plausible(suffix)]
        counts.update(codes)
        if codes and len(found) > 1:
            siblings.update(codes)
        if "" in found:
            plain, mixed = plain + 1, mixed + bool(codes)
            beside.update(codes)
    kept = {code: count for code, count in counts.items() if count > 1 or code in siblings}
    return _Suffixes(kept, beside, mixed, plain)


def _are_named(settings: Settings) -> bool:
    """Whether the site says something about its languages, be it that there are none: its own list, not Grav's."""
    return setting(settings.system, "languages.supported") is not setting(SYSTEM, "languages.supported")


def _default(seen: _Suffixes, settings: Settings) -> str:
    """The stated default if it is used, or if files without suffix stand for it; else the commonest.

    `default_lang: en` in site.yaml states little: it is what Grav takes for granted.
    """
    counts, neutral = seen.counts, seen.mixed
    commonest = min(counts, key=lambda code: (-counts[code], code))
    stated = as_text(setting(settings.system, "languages.default_lang"))
    weak = as_text(setting(settings.site, "default_lang")) or ""
    if stated and (stated in counts or neutral):
        return stated
    if weak and (neutral > counts[commonest] / 2 or (weak in counts and weak != SITE["default_lang"])):
        return weak
    return commonest


def site_languages(languages: Languages) -> tuple[Language, ...]:
    """The languages with the prefix that their addresses carry, the default first (g.4)."""
    codes = sorted(languages.supported, key=lambda code: code != languages.default)
    return tuple(Language(code=code, prefix=prefix_of(code, languages), default=code == languages.default)
                 for code in codes)


def prefix_of(code: str, languages: Languages) -> str:
    """`/kk`, or "" for the default language where `include_default_lang` is off, and without languages."""
    if not code or (code == languages.default and not languages.include_default):
        return ""
    return f"/{code}"
