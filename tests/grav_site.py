"""A small Grav site, made for tests of whole runs."""

from __future__ import annotations

from pathlib import Path

CONFIG = "timezone: Europe/Berlin\nlanguages:\n  supported: [en, de]\n  include_default_lang: false\n"


def make_site(root: Path, pages: int = 20, *, media: int = 5, edition: int = 1) -> Path:
    """Write a user folder with `pages` posts, every fourth also in German, `media` of them with a picture."""
    write(root / "config/system.yaml", CONFIG)
    write(root / "config/site.yaml", "title: A site\n")
    write(root / "pages/01.home/default.md", "---\ntitle: Home\n---\nWelcome.\n")
    for number in range(pages):
        folder = root / f"pages/02.news/{number:03}.post-{number}"
        write(folder / "item.md", post(number, edition))
        if number % 4 == 0:
            write(folder / "item.de.md", f"---\ntitle: Beitrag {number}\n---\nText.\n")
        if number < media:
            write(folder / "picture.jpg", f"picture {number}\n" * 200)
    write(root / "pages/02.news/blog.md", "---\ntitle: News\n---\n")
    return root


def post(number: int, edition: int = 1) -> str:
    """A page; every third differs between editions."""
    words = f"edition {edition}" if number % 3 == 0 else "always the same"
    return (
        f"---\ntitle: Post {number}\ntaxonomy:\n  tag: [a, b]\n---\nThis is post {number}, {words}.\n\n"
        "A *paragraph* with a [link](../post-1).\n\n" * 3
    )


def write(path: Path, text: str) -> None:
    """Write a file, and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
