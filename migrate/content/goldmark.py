"""Tree → Markdown that Goldmark shows in the same way."""

from __future__ import annotations

from migrate.content.goldmark_options import GoldmarkOptions, hugo_markup

__all__ = ["GoldmarkOptions", "hugo_markup"]
