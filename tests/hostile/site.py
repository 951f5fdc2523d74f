"""Lay out the whole hostile site: odd pages, odd names, links that lead out, things that are no files."""


from __future__ import annotations

import os
import shutil
import zlib
from pathlib import Path

from tests.hostile.pages import CLIMBING, all_pages
from tests.hostile.surroundings import ROOT, Place, lay_secrets, put

GOOD = 12        # ordinary pages among the others; each must arrive
PICTURE = ROOT / "sample_content" / "user" / "pages" / "04.guide" / "02.pictures" / "badge.png"

FOLDERS = (
    "a:b", "a*b", "a?b", 'a"b', "a<b>", "a|b", "a\\b", "a\nb", "a\tb", "a'b", "a b ", " a", "a.", "a..b", "...", "-rf",
    "--help", "a#b", "a%b", "a%2fb", "a%00b", "a&b", "a;b", "$(id)", "`id`", "{{a}}", "{{< a >}}", "con", "nul", "LPT1",
    "CASE", "case", "Case", "é", "e\u0301", "🎠", "\u202eabc", "\ufeffx", "index", "_index", "index.md", "layouts", "public",
    "static", "tags", "categories", "page", "01.", "01.02.", "0.x", "99999999999999999999.y", "_", "__", "01._", "_module",
    "n" * 200, "n" * 250, "ж" * 125, "node_modules", "resources", "404", "404.html", "sitemap.xml", "index.xml", "ru", "a.ru.md",
)
BYTE_FOLDERS = (b"caf\xe9", b"\xff\xfe", b"a\x80b")
MEDIA = (
    "a:b.png", "a*b.png", 'a"b.png', "a<b>.png", "a\nb.png", "a#b.png", "a?b.png", "a%b.png", "a%20b.png", "a b.png", " .png",
    "-rf.png", "CASE.PNG", "case.png", "case.PNG", "é.png", "e\u0301.png", "🎠.png", "n" * 240 + ".png", "n" * 251 + ".png",
    "index.html", "index.md.png", "page.html", "page.htm", "notes.org", "notes.rst", "notes.adoc", "readme.markdown", "x.pandoc",
    "x.php", "x.sh", "x.yaml", "x.toml", "x.json", "media.json", "x.tar.gz", "x", "x.", "x.png.", "~x.png", "#x#.png", "x~",
    ".hidden.png", ".env", "item.de.png", "_index.md.txt", "a.png.meta.yaml", "b.png.meta.yaml", "c.meta.yaml", "desktop.ini",
)
BYTE_MEDIA = (b"caf\xe9.png", b"\xff.png")


def lay_hostile_site(place: Place) -> dict[str, str]:
    """Fill the trial's folders; the words that must arrive, by the folder of their page."""
    lay_secrets(place)
    pages = place.user / "pages"
    put(place.user / "config" / "system.yaml", b"timezone: Asia/Almaty\npages: {process: {markdown: true}}\n")
    for plugin in ("shortcode-core", "shortcode-owl-carousel", "markdown-notices", "page-inject", "youtube"):
        put(place.user / "config" / "plugins" / f"{plugin}.yaml", b"enabled: true\n")
    put(place.user / "accounts" / "eve.yaml", b"fullname: [a]\nemail: {b: c}\nhashed_password: SECRET-hash\n")
    put(place.user / "accounts" / "broken.yaml", b"fullname: 'never closed\nhashed_password: SECRET-hash\n")
    marks = {}
    for folder, content, mark in all_pages():
        put(pages / folder / "item.md", content)
        shutil.copyfile(PICTURE, pages / folder / "a.png")
        if mark:
            marks[folder] = mark
    for number in range(GOOD):
        put(pages / f"good-{number}" / "item.md", good_page(number))
        marks[f"good-{number}"] = f"Good page {number} arrived."
    lay_odd_names(pages)
    lay_links(place, pages)
    lay_no_files(pages)
    lay_broken_media(pages / "media-broken")
    lay_depth(pages)
    return marks


def good_page(number: int) -> bytes:
    """An ordinary page, with links to its like and to everything that climbs."""
    urls = " ".join(f"[x]({url})" for url in CLIMBING[number::4])
    return (f"---\ntitle: Good {number}\ndate: '0{number % 9 + 1}-01-2020 10:00'\n---\nGood page {number} arrived.\n\n"
            f"[next](../good-{(number + 1) % GOOD}) {urls}\n").encode()


def lay_odd_names(pages: Path) -> None:
    """Folders and files whose names are hard to write down."""
    for number, name in enumerate(FOLDERS):
        put(pages / name / "item.md", f"---\ntitle: Odd {number}\n---\nOdd folder {number}.\n".encode())
        shutil.copyfile(PICTURE, pages / name / "a.png")
    for raw in BYTE_FOLDERS:
        put(pages / os.fsdecode(raw) / "item.md", b"---\ntitle: bytes\n---\nBytes.\n")
    folder = pages / "media-names"
    put(folder / "item.md", "\n".join(f"![x]({name})" for name in MEDIA).encode("utf-8"))
    for name in (*MEDIA, *(os.fsdecode(raw) for raw in BYTE_MEDIA)):
        shutil.copyfile(PICTURE, folder / name)


def lay_links(place: Place, pages: Path) -> None:
    """Symbolic links: out of the site, in loops, to nothing, and one that stays inside."""
    outside = place.outside
    (pages / "link-folder").symlink_to(outside / "folder")
    (pages / "link-relative").symlink_to(Path("../../outside/folder"))
    (pages / "link-root").symlink_to("/")
    (pages / "link-self").symlink_to("link-self")
    (pages / "link-gone").symlink_to("nowhere")
    (pages / "link-inside").symlink_to("good-1")
    (pages / "climb-link.png").symlink_to(outside / "secret.png")
    folder = pages / "links-inside"
    put(folder / "item.md", b"---\ntitle: Links\n---\n![a](link-out.png) ![b](passwd.txt) ![c](loop/loop/item.md)\n")
    (folder / "link-out.png").symlink_to(outside / "secret.png")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(".")
    (folder / "up").symlink_to("..")
    (folder / "a.png.meta.yaml").symlink_to(outside / "secret.yaml")
    (folder / "frontmatter.yaml").symlink_to(outside / "secret.yaml")
    (pages / "link-page").mkdir()
    (pages / "link-page" / "item.md").symlink_to(outside / "item.md")
    (place.user / "images").symlink_to(outside)
    (place.user / "config" / "media.yaml").symlink_to(outside / "secret.yaml")
    (place.user / "config" / "plugins" / "secret.yaml").symlink_to(outside / "secret.yaml")
    (place.user / "accounts" / "secret.yaml").symlink_to(outside / "secret.yaml")


def lay_no_files(pages: Path) -> None:
    """Things that are no ordinary files, where a file is expected."""
    folder = pages / "no-files"
    (folder / "item.md").mkdir(parents=True)
    (folder / "a.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    other = pages / "pipe-page"
    other.mkdir()
    os.mkfifo(other / "item.md")
    put(pages / "item.md", b"A page file directly in pages/ is none.")


def lay_broken_media(folder: Path) -> None:
    """Pictures that are none, and one that says it is enormous."""
    names = ("zero.png", "zero.jpg", "text.png", "cut.png", "huge.png", "zero.mp4", "bad.svg", "zero.webp", "bad.gif")
    body = "\n\n".join(f"![x]({name}?cropZoom=10,10)" for name in names)
    put(folder / "item.md", f"---\ntitle: Broken media\n---\n{body}\n\n[owl-carousel]\n"
        f"{chr(10).join(f'![x]({name})' for name in names)}\n[/owl-carousel]\n".encode())
    for name in names:
        put(folder / name, b"")
    put(folder / "text.png", b"no picture at all")
    put(folder / "cut.png", PICTURE.read_bytes()[:200])
    put(folder / "huge.png", enormous_png())
    put(folder / "bad.svg", b"<svg><script>alert(1)</script><image href='file:///etc/passwd'/>")
    put(folder / "bad.gif", b"GIF89a\xff\xff\xff\xff")
    put(folder / "text.png.meta.yaml", b"alt: [a, {b: c}]\ntitle: !!python/object/apply:os.system ['touch pwned']\n")
    put(folder / "zero.png.meta.yaml", b"'never closed")
    put(folder / "frontmatter.yaml", b"- a\n- b: [")


def enormous_png() -> bytes:
    """A small file that says it is 60,000 by 60,000 pixels."""
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x06\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")


def lay_depth(pages: Path) -> None:
    """Folders in folders: many, and long names."""
    folder = pages / "deep"
    for level in range(60):
        put(folder / "item.md", f"---\ntitle: Level {level}\n---\nLevel {level}.\n".encode())
        folder = folder / f"{level:02}.l"
    folder = pages / "wide"
    for level in range(12):
        folder = folder / ("w" * 200)
        put(folder / "item.md", f"---\ntitle: Wide {level}\n---\nWide {level}.\n".encode())
