"""Media of a folder, streams, and plug-ins told by configuration or use."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.readers.grav.media import name_parts
from migrate.readers.grav.plugins import plugins_used
from migrate.readers.grav.streams import stream_path, stream_paths, streams_named
from tests.readers.grav_files import codes, page, read_files

PAGE = "---\ntitle: T\n---\n"


def names(place: Path, header: str, *files: str, **more: str) -> list[str]:
    site = read_files(place, {"pages/a/item.md": f"---\ntitle: T\n{header}\n---\n"}
                      | {f"pages/a/{name}": "" for name in files} | more)
    return [site.media[key].name for key in page(site, "a").media]


@pytest.mark.parametrize(("header", "ordered"), [
    ("", "img2.png img10.png UP.JPG v.mp4 x.png"),
    ("media_order: 'x.png, v.mp4,missing.png,img10.png'", "x.png v.mp4 img10.png img2.png UP.JPG"),
    ("media_order: [x.png, UP.JPG]", "x.png UP.JPG img2.png img10.png v.mp4"),
    ("media_order: null", "img2.png img10.png UP.JPG v.mp4 x.png"),
])
def test_media_order(header: str, ordered: str, tmp_path: Path) -> None:
    assert names(tmp_path, header, "x.png", "img10.png", "img2.png", "UP.JPG", "v.mp4") == ordered.split()


def test_what_is_no_media_is_not_carried_and_said(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.md": PAGE} | {f"pages/a/{name}": "x" for name in (
        "code.php", "page.md.bak", "noext", ".hidden.png", "frontmatter.yaml", "a.png.meta.yaml", "old.xcf", "a.png")})
    assert [site.media[key].name for key in page(site, "a").media] == ["a.png"]
    assert {finding.subject for finding in site.findings if finding.code == "G160"} == {
        "a/code.php", "a/page.md.bak", "a/noext", "a/old.xcf"}


def test_high_density_and_thumbnails_belong_to_their_picture(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.md": PAGE} | {f"pages/a/{name}": "" for name in (
        "hi.png", "hi@2x.png", "only@3x.png", "v.mp4", "v.mp4.thumb.jpg")})
    assert [site.media[key].name for key in page(site, "a").media] == ["hi.png", "only.png", "v.mp4"]
    assert site.media["media:a/hi.png"].variants == ("media:a/hi@2x.png",)
    assert site.media["media:a/hi@2x.png"].variant_of == "media:a/hi.png"
    assert site.media["media:a/v.mp4"].variants == ("media:a/v.mp4.thumb.jpg",)
    assert site.media["media:a/only.png"].path.endswith("only@3x.png")
    assert "G161" in codes(site)


def test_alt_and_title_come_from_meta_yaml(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.md": PAGE, "pages/a/x.png": "",
                                 "pages/a/x.png.meta.yaml": "alt_text: Words\ntitle: [not, text]\n"})
    medium = site.media["media:a/x.png"]
    assert (medium.alt, medium.title, medium.kind, medium.size > 0, medium.modified > 0) == (
        "Words", "", "image", True, True)


def test_streams_that_pages_name_are_media(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    user = tmp_path / "user"
    (user / "images").mkdir(parents=True)
    (user / "images/linked.png").symlink_to(tmp_path / "secret.png")
    site = read_files(user, {
        "pages/a/item.md": "---\nhero: image://a b.png\n---\n![](image://u.png) <img src='/user/images/v.png'>\n"
                           "![](theme://img/t.png?x) /user/../secret.png (user://images/gone.png)\n"
                           "image://linked.png user://config/system.yaml",
        "images/u.png": "", "images/v.png": "", "images/a b.png": "", "images/unused.png": "",
        "themes/mine/img/t.png": "", "config/system.yaml": "pages: {theme: mine}\n"})
    assert set(site.media) == {"media:user:images/u.png", "media:user:images/v.png", "media:user:images/a b.png",
                               "media:user:themes/mine/img/t.png"}


@pytest.mark.parametrize(("address", "path"), [
    ("image://a/b.png", "images/a/b.png"), ("user://images//./x.png", "images/x.png"),
    ("/user/data/x.pdf", "data/x.pdf"),
    ("theme://x.png", "themes/t/x.png"), ("page://01.a/x.png", "pages/01.a/x.png"), ("http://x.y/z.png", None),
    ("image://../config/x.yaml", None), ("/images/x.png", None), ("image://", "images"), ("user://", None),
])
def test_stream_paths(address: str, path: str | None) -> None:
    assert stream_path(address, "t") == path


def test_streams_are_found_in_any_text() -> None:
    assert streams_named(b"no address here") == frozenset()
    found = streams_named("![x](image://é.png) (user://a b.png)\n".encode())
    assert {path for named in found for path in stream_paths(named, "")} >= {"images/é.png", "a b.png"}


@pytest.mark.parametrize(("name", "parts"), [
    ("x.png", ("x.png", "png", "base", 1)), ("x@2x.png", ("x.png", "png", "alternative", 2)),
    ("x@1x.png", ("x.png", "png", "base", 1)), ("t.thumb.png", ("t", "", "thumb", 1)),
    ("x.png.meta.yaml", ("x.png", "png", "meta", 1)), ("a.b.c.PNG", ("a.b.c.PNG", "png", "base", 1)),
    ("noext", ("noext", "", "base", 1)),
])
def test_names_of_media(name: str, parts: tuple[str, str, str, int]) -> None:
    assert tuple(name_parts(name)) == parts


@pytest.mark.parametrize(("body", "used"), [
    ("! note", {"markdown-notices"}), ("a\n\n!!! note", {"markdown-notices"}), ("![x](y.png)", set()),
    ("wow! yes", set()), ("[center]x[/center]", {"shortcode-core"}), ("[fa=cog /]", {"shortcode-core"}),
    ("[fa icon=cog]", {"shortcode-core"}),
    ("[u] [size] [link](x) [/unknown]", set()), ("`[center]x[/center]`", set()),
    ("```\n[center]\n[/center]\n```\n", set()), ("~~~\n! x\n~~~", set()),
    ("[owl-carousel items=1]\n![](a.png)\n[/owl-carousel]", {"shortcode-owl-carousel"}),
    ("[plugin:youtube](https://youtu.be/x)", {"youtube"}), ("[plugin:content-inject](/a)", {"page-inject"}),
    ("[ui-tabs][ui-tab]x[/ui-tab][/ui-tabs]", {"shortcode-ui"}),
])
def test_use_of_plugins(body: str, used: set[str]) -> None:
    assert plugins_used(body) == used


@pytest.mark.parametrize(("config", "overrides", "live"), [
    ({}, {}, True),
    ({"config/plugins/shortcode-core.yaml": "enabled: false\n"}, {}, False),
    ({"config/plugins/shortcode-core.yaml": "enabled: true\nactive: false\n"}, {}, False),
    ({}, {"shortcode-core": False}, False),
    ({"config/plugins/shortcode-core.yaml": "enabled: false\n"}, {"shortcode-core": True}, True),
])
def test_configuration_decides_before_use(config: dict[str, str], overrides: dict[str, bool], live: bool,
                                          tmp_path: Path) -> None:
    site = read_files(tmp_path, config | {"pages/a/item.md": PAGE + "[center]x[/center]"}, plugins=overrides)
    assert ("center" in page(site, "a").dialect.shortcodes) == live
    assert ("G137" in codes(site)) == (not config and not overrides)


@pytest.mark.parametrize(("header", "live"), [
    ("shortcode-core: {active: true}", True), ("shortcode-core: {active: false}", False), ("title: x", False)])
def test_a_page_can_switch_its_shortcodes(header: str, live: bool, tmp_path: Path) -> None:
    core = "enabled: true\nactive: false\nparser: wordpress\n"
    site = read_files(tmp_path, {"config/plugins/shortcode-core.yaml": core,
                                 "pages/a/item.md": f"---\n{header}\n---\n[u]x[/u]"})
    dialect = page(site, "a").dialect
    assert ("u" in dialect.shortcodes, "u" in dialect.shortcode_lines, dialect.shortcode_parser) == (
        live, True, "wordpress")


def test_the_plugins_of_an_owl_carousel_come_together(tmp_path: Path) -> None:
    site = read_files(tmp_path, {"pages/a/item.md": PAGE + "[owl-carousel]\n![](a.png)\n[/owl-carousel]\n! note"})
    assert site.plugins == {"shortcode-owl-carousel": True, "shortcode-core": True, "markdown-notices": True}
    assert {"owl-carousel", "center"} <= page(site, "a").dialect.shortcodes
    assert page(site, "a").dialect.notices == ("yellow", "red", "blue", "green")


def test_notices_have_the_classes_of_the_configuration(tmp_path: Path) -> None:
    site = read_files(tmp_path, {
        "config/plugins/markdown-notices.yaml": "enabled: true\nbase_classes: box\nlevel_classes: [a, b]\n",
        "pages/a/item.md": PAGE, "pages/b/item.md": "---\nmarkdown-notices: {enabled: false}\n---\n"})
    assert (page(site, "a").dialect.notices, page(site, "a").dialect.notices_base) == (("a", "b"), "box")
    assert page(site, "b").dialect.notices == ()
