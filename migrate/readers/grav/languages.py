"""The site's languages: configured, or inferred from the suffixes of its page files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from migrate.findings import Finding, find
from migrate.model.site import Language
from migrate.readers.grav.defaults import SITE, SYSTEM
from migrate.readers.grav.names import page_name
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


def infer_languages(settings: Settings, folders: Iterable[Folder]) -> tuple[Settings, tuple[Finding, ...]]:
    """Settings with the languages that the file names show, where the configuration names none at all.

    A suffix counts when it is a known code and stands in several folders, or beside another of the kind.
    """
    if settings.languages.supported or _are_named(settings):
        return settings, ()
    counts, neutral = _suffixes(folders)
    if not counts:
        return settings, ()
    default = _default(counts, neutral, settings)
    supported = (default, *(code for code in sorted(counts) if code != default))
    languages = replace(settings.languages, supported=supported, default=default)
    finding = find("G136", "config/system.yaml", languages=", ".join(supported), default=default,
                   pages=sum(counts.values()))
    return replace(settings, languages=languages), (finding,)


def believed_languages(settings: Settings, codes: tuple[str, ...]) -> Settings:
    """Settings with these languages, the default first, whatever the configuration says; () for none."""
    default = codes[0] if codes else ""
    return replace(settings, languages=replace(settings.languages, supported=codes, default=default))


def _suffixes(folders: Iterable[Folder]) -> tuple[Mapping[str, int], int]:
    """Folders for each plausible suffix, and how many page files without suffix stand beside one."""
    counts: Counter[str] = Counter()
    siblings: set[str] = set()
    neutral = 0
    for folder in folders:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for file in folder.files:
            if name := page_name(file.name):
                found[name.language].add(name.template)
        codes = [suffix for suffix in found if suffix and plausible(suffix)]
        counts.update(codes)
        if codes and len(found) > 1:
            siblings.update(codes)
        neutral += bool(codes and "" in found)
    return {code: count for code, count in counts.items() if count > 1 or code in siblings}, neutral


def _are_named(settings: Settings) -> bool:
    """Whether the site says something about its languages, be it that there are none: its own list, not Grav's."""
    return setting(settings.system, "languages.supported") is not setting(SYSTEM, "languages.supported")


def _default(counts: Mapping[str, int], neutral: int, settings: Settings) -> str:
    """The stated default if it is used, or if files without suffix stand for it; else the commonest.

    `default_lang: en` in site.yaml states little: it is what Grav takes for granted.
    """
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
