"""What Grav 1.7 takes for granted where a site's configuration says nothing (facts from its system/config)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SYSTEM: Mapping[str, Any] = {
    "absolute_urls": False,
    "timezone": "",
    "param_sep": ":",
    "force_lowercase_urls": True,
    "custom_base_url": "",
    "languages": {"supported": [], "default_lang": None, "include_default_lang": True, "pages_fallback_only": False},
    "home": {"alias": "/home", "hide_in_urls": False},
    "pages": {
        "type": "regular",
        "theme": "quark",
        "order": {"by": "default", "dir": "asc"},
        "list": {"count": 20},
        "dateformat": {"default": None, "short": "jS M Y", "long": "F jS \\a\\t g:ia"},
        "publish_dates": True,
        "process": {"markdown": True, "twig": False},
        "twig_first": False,
        "never_cache_twig": False,
        "events": {"page": True, "twig": True},
        "markdown": {
            "extra": False,
            "auto_line_breaks": False,
            "auto_url_links": False,
            "escape_markup": False,
            "special_chars": {">": "gt", "<": "lt"},
            "valid_link_attributes": ["rel", "target", "id", "class", "classes"],
        },
        "types": ["html", "htm", "xml", "txt", "json", "rss", "atom"],
        "append_url_extension": "",
        "redirect_default_code": 302,
        "redirect_trailing_slash": True,
        "redirect_default_route": False,
        "ignore_files": [".DS_Store"],
        "ignore_folders": [".git", ".idea"],
        "ignore_hidden": True,
        "hide_empty_folders": False,
        "url_taxonomy_filters": True,
        "frontmatter": {"process_twig": False, "ignore_fields": ["form", "forms"]},
    },
    "images": {
        "cache_all": False,
        "seofriendly": False,
        "cls": {"auto_sizes": False, "aspect_ratio": False, "retina_scale": 1},
        "defaults": {"loading": "auto", "decoding": "auto", "fetchpriority": "auto"},
    },
    "media": {"enable_media_timestamp": False},
}

SITE: Mapping[str, Any] = {
    "title": "Grav",
    "default_lang": "en",
    "author": {"name": "John Appleseed", "email": "john@example.com"},
    "taxonomies": ["category", "tag"],
    "metadata": {"description": "Grav is an easy to use, yet powerful, open source flat-file CMS"},
    "summary": {"enabled": True, "format": "short", "size": 300, "delimiter": "==="},
    "redirects": None,
    "routes": None,
    "blog": {"route": "/blog"},
}

REPLACED = frozenset({
    "site.taxonomies", "site.metadata", "site.redirects", "site.routes",
    "system.pages.process", "system.pages.markdown.special_chars", "system.pages.markdown.valid_link_attributes",
    "system.pages.types", "system.pages.ignore_folders", "system.pages.ignore_files", "system.languages.supported",
    "system.home.aliases",
})
"""Fields that a site's own value replaces instead of merging with the default (0.10: list, array and checkboxes)."""

MEDIA_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("jpg", "jpe", "jpeg", "png", "webp", "avif"), "image"),
    "gif": "animated",
    "svg": "vector",
    **dict.fromkeys(("mp4", "mov", "m4v", "swf", "flv", "webm", "ogv"), "video"),
    **dict.fromkeys(("mp3", "ogg", "wma", "m4a", "wav", "aiff", "aif"), "audio"),
    **dict.fromkeys(("txt", "xml", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pps", "rtf", "bmp", "tiff", "mpeg",
                     "mpg", "mpe", "avi", "wmv", "html", "htm", "ics", "vcf", "json", "zip", "7z", "gz", "tar", "tgz",
                     "dmg", "pdf", "ai", "psd", "js", "css", "epub", "odt", "ods", "odp", "csv", "md5", "woff", "woff2",
                     "ttf", "otf", "eot", "rar", "apk", "exe", "key", "pages", "numbers", "gpx", "kml", "tex", "bib"),
                    "file"),
}
"""Extension → kind (e.15). Extensions that are not here are no media for Grav unless media.yaml names them."""
