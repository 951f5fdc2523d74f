"""Lay the generated posts out as a Grav site, and the same posts as a Jekyll site."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from bench.posts import ENGLISH, PICTURES, SECTIONS, Post, posts


class Made(NamedTuple):
    """What was laid out: posts, bytes of Markdown, pictures and their bytes."""

    posts: int
    markdown: int
    pictures: int
    picture_bytes: int


SYSTEM = "timezone: Europe/Berlin\nhome:\n  alias: /home\npages:\n  dateformat:\n    default: 'd-m-Y H:i'\n"
SITE = "title: Bench\ntaxonomies: [category, tag]\n"
PLUGINS = ("shortcode-core", "shortcode-owl-carousel", "markdown-notices")


def make_grav_site(user: Path, count: int) -> Made:
    """Write a Grav `user/` folder with `count` posts in twenty sections."""
    pages = user / "pages"
    write(user / "config" / "system.yaml", SYSTEM)
    write(user / "config" / "site.yaml", SITE)
    for plugin in PLUGINS:
        write(user / "config" / "plugins" / f"{plugin}.yaml", "enabled: true\n")
    write(pages / "home" / "default.md", "---\ntitle: Bench\n---\n\nA site made for measuring.\n")
    for number in range(SECTIONS):
        listing = f"---\ntitle: {ENGLISH[number].capitalize()}\ncontent:\n  items: '@self.children'\n---\n"
        write(pages / f"{number + 1:02}.section-{number + 1}" / "blog.md", listing)
    markdown = pictures = picture_bytes = 0
    for post in posts(count):
        markdown += write(pages / post.folder / "item.md", post.text)
        for name in post.pictures:
            shutil.copyfile(PICTURES / name, pages / post.folder / name)
            pictures, picture_bytes = pictures + 1, picture_bytes + (PICTURES / name).stat().st_size
    return Made(count, markdown, pictures, picture_bytes)


def make_jekyll_site(root: Path, count: int) -> None:
    """Write the same posts and pictures as a Jekyll site, for Hugo's own importer."""
    write(root / "_config.yml", "title: Bench\n")
    for number, post in enumerate(posts(count)):
        write(root / "_posts" / f"{day_of(post)}-post-{number}.md", post.text)
        for name in post.pictures:
            place = root / "pictures" / str(number) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PICTURES / name, place)


def day_of(post: Post) -> str:
    """The post's date as Jekyll wants it in the file's name."""
    day, month, year = post.header.partition("date: '")[2][:10].split("-")
    return f"{year}-{month}-{day}"


def write(path: Path, text: str) -> int:
    """Write a file and its folders; its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(text.encode())
