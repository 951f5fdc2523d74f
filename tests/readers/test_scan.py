"""Finding the site, and walking it without ever leaving it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from migrate.errors import ConfigError, SourceError
from migrate.readers.grav import scan as scanning
from migrate.readers.grav.reader import ReadOptions, fingerprint, locate, read_body, read_site
from tests.readers.grav_answers import NOW
from tests.readers.grav_files import all_findings, can_make_odd_names, codes, page, read_files, write_site

PAGE = {"pages/01.home/default.md": "---\ntitle: Home\n---\ntext"}


@pytest.mark.parametrize(("inside", "kind"), [("", "root"), ("user", "user"), ("user/pages", "pages")])
def test_the_site_is_found_from_each_of_its_folders(inside: str, kind: str, tmp_path: Path) -> None:
    write_site(tmp_path / "user", PAGE | {"config/site.yaml": "title: T\n"})
    layout = locate(tmp_path / inside)
    assert (layout.kind, layout.pages_root) == (kind, str((tmp_path / "user/pages").resolve()))
    assert layout.description.startswith("Found ")
    site = read_site(layout, ReadOptions(now=NOW))
    assert [document.source for document in site.documents] == ["01.home/default.md"]


def test_bare_pages_name_the_folder_that_would_say_more(tmp_path: Path) -> None:
    write_site(tmp_path, PAGE | {"config/site.yaml": ""})
    assert str(tmp_path.resolve()) in locate(tmp_path / "pages").description.split("give ")[1]


def test_one_site_of_several_is_taken_and_several_are_named(tmp_path: Path) -> None:
    write_site(tmp_path / "user/sites/one", PAGE)
    assert locate(tmp_path).pages_root.endswith("user/sites/one/pages")
    write_site(tmp_path / "user/sites/two", PAGE)
    for place in (tmp_path, tmp_path / "user", tmp_path / "user/sites"):
        with pytest.raises(SourceError, match=r"several sites(.|\n)*one(.|\n)*two"):
            locate(place)
    assert locate(tmp_path / "user/sites/two").root.endswith("two")


@pytest.mark.parametrize("place", ["nothing", "empty", "file.txt"])
def test_no_site_is_said_plainly(place: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(SourceError, match=r"Give a Grav root|No Grav site"):
        locate(tmp_path / place)


def test_a_user_folder_that_is_a_link_elsewhere_is_not_followed(tmp_path: Path) -> None:
    write_site(tmp_path / "elsewhere", PAGE)
    (tmp_path / "root").mkdir()
    (tmp_path / "root/user").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SourceError, match="elsewhere"):
        locate(tmp_path / "root")


def test_symlinks_out_and_in_circles_are_findings(tmp_path: Path) -> None:
    user = write_site(tmp_path / "user", PAGE | {"pages/02.a/item.md": "a", "images/u.png": ""})
    (tmp_path / "secret.md").write_text("secret")
    (user / "pages/02.a/default.md").symlink_to(tmp_path / "secret.md")
    (user / "pages/02.a/out").symlink_to(tmp_path)
    (user / "pages/02.a/loop").symlink_to(user / "pages")
    (user / "pages/02.a/self").symlink_to(".")
    (user / "pages/02.a/gone.png").symlink_to(tmp_path / "user/nothing")
    (user / "pages/02.a/inside.png").symlink_to(user / "images/u.png")
    (user / "pages/03.b").symlink_to(user / "pages/01.home")
    site = read_site(locate(user), ReadOptions(now=NOW))
    refused = {finding.subject for finding in site.findings if finding.code == "G130"}
    assert refused == {f"02.a/{name}" for name in ("default.md", "out", "loop", "self", "gone.png")}
    assert [document.source for document in site.documents] == [
        "01.home/default.md", "02.a/item.md", "03.b/default.md"]
    assert set(site.media) == {"media:02.a/inside.png"}


def test_two_linked_folders_do_not_multiply(tmp_path: Path) -> None:
    user = write_site(tmp_path, {f"pages/{name}/item.md": name for name in "abcdefgh"})
    for name in "abcdefgh":
        for other in "abcdefgh":
            (user / "pages" / name / f"to-{other}").symlink_to(user / "pages" / other)
    assert len(read_site(locate(user), ReadOptions(now=NOW)).documents) <= 8 + 8 * 8


def test_names_that_are_no_utf8_survive(tmp_path: Path) -> None:
    if not can_make_odd_names(tmp_path):
        pytest.skip("this file system takes UTF-8 names only")
    write_site(tmp_path, PAGE)
    odd = os.fsencode(tmp_path) + b"/pages/caf\xe9"
    Path(os.fsdecode(odd)).mkdir()
    Path(os.fsdecode(odd + b"/item.md")).write_text("---\ntitle: T\n---\nBody")
    Path(os.fsdecode(odd + b"/\xe9t\xe9.png")).write_bytes(b"x")
    site = read_site(locate(tmp_path), ReadOptions(now=NOW))
    document = page(site, "café")
    assert (document.route, read_body(site, document)) == ("/café", "Body")
    assert [site.media[key].name for key in document.media] == ["été.png"]
    assert Path(site.media[document.media[0]].path).read_bytes() == b"x"


def test_folders_too_deep_are_left_out_with_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "MAX_DEPTH", 3)
    site = read_files(tmp_path, {f"pages/{'/'.join('abcdefg'[:depth])}/item.md": "x" for depth in range(1, 8)})
    assert len(site.documents) == 3
    assert "G131" in codes(site)


def test_a_hundred_folders_deep_is_no_recursion(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 90)
    site = read_files(tmp_path, {f"pages/{deep}/item.md": "x"})
    assert site.documents[0].route == f"/{deep}"


@contextmanager
def not_root() -> Iterator[None]:
    """Root may read everything: for a while, be nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_cannot_be_read_is_a_finding() -> None:
    with TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        write_site(place, PAGE | {"pages/02.a/item.md": "a", "pages/03.b/item.md": "b"})
        read_site(locate(place), ReadOptions(now=NOW))          # imports all that it needs
        (place / "pages/02.a").chmod(0)
        (place / "pages/03.b/item.md").chmod(0)
        with not_root():
            site = read_site(locate(place), ReadOptions(now=NOW))
        (place / "pages/02.a").chmod(0o755)
    assert {finding.subject for finding in site.findings if finding.code == "G132"} == {"02.a", "03.b/item.md"}


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    write_site(tmp_path, PAGE)
    os.mkfifo(tmp_path / "pages/01.home/pipe.md")
    site = read_site(locate(tmp_path), ReadOptions(now=NOW))
    assert [finding.subject for finding in site.findings if finding.code == "G132"] == ["01.home/pipe.md"]


def test_a_folder_with_a_colon_is_ignored_as_in_grav(tmp_path: Path) -> None:
    site = read_files(tmp_path, PAGE | {"pages/a:b/item.md": "x", "pages/.git/x.md": "x"})
    assert len(site.documents) == 1
    assert "G133" in codes(site)


def test_chunks_can_be_read_by_other_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrate.readers.grav.reader.CHUNK", 3)
    write_site(tmp_path, PAGE | {f"pages/p{number}/item.md": f"---\ntitle: T{number}\n---\n" for number in range(10)})
    alone = read_site(locate(tmp_path), ReadOptions(now=NOW))
    with ProcessPoolExecutor(2) as pool:
        together = read_site(locate(tmp_path), ReadOptions(now=NOW), mapper=pool.map)
    assert alone == together


def test_the_fingerprint_changes_with_every_file_that_matters(tmp_path: Path) -> None:
    write_site(tmp_path, PAGE | {"config/site.yaml": "title: T\n", "themes/t/node_modules/x.js": ""})
    seen = {fingerprint(locate(tmp_path))}
    assert fingerprint(locate(tmp_path)) in seen
    (tmp_path / "themes/t/node_modules/y.js").write_text("")
    assert fingerprint(locate(tmp_path)) in seen
    for name in ("config/site.yaml", "pages/01.home/default.md", "pages/01.home/new.png"):
        (tmp_path / name).write_text("changed " + name)
        assert fingerprint(locate(tmp_path)) not in seen
        seen.add(fingerprint(locate(tmp_path)))


def test_a_body_that_has_gone_is_empty(tmp_path: Path) -> None:
    site = read_files(tmp_path, PAGE)
    assert read_body(site, site.documents[0]) == "text"
    (tmp_path / "pages/01.home/default.md").unlink()
    assert read_body(site, site.documents[0]) == ""
    (tmp_path / "outside.md").write_text("secret")
    (tmp_path / "pages/01.home/default.md").symlink_to("/etc/hostname")
    assert read_body(site, site.documents[0]) == ""


def test_the_run_is_asked_for_a_part(tmp_path: Path) -> None:
    files = {f"pages/blog/p{number}/item.{code}.md": "x" for number in range(3) for code in ("en", "fr")}
    files |= {"pages/mod/modular.en.md": "---\ncontent: {items: '@self.modular'}\n---\n", "pages/mod/_a/text.en.md": ""}
    files |= {"config/system.yaml": "languages: {supported: [en, fr]}\n"}
    assert read_files(tmp_path, files).selected is None
    assert read_files(tmp_path, files, only=("blog/p1*",), languages=("fr",)).selected == {"document:/blog/p1@fr"}
    assert read_files(tmp_path, files, only=("/fr/blog/p2",)).selected == {"document:/blog/p2@fr"}
    assert read_files(tmp_path, files, only=("mod",)).selected == {"document:/mod@en", "document:/mod/_a@en"}
    assert len(read_files(tmp_path, files, limit=2).selected or ()) == 2
    asked = read_files(tmp_path, files, only=("blog/p1*", "blog/9*", "mod/_a"), languages=("fr", "xx"))
    assert [(found.code, found.subject) for found in asked.findings if found.code in ("G156", "G157")] == [
        ("G156", "--lang xx"), ("G157", "--only blog/9*"), ("G157", "--only mod/_a")]
    assert "the site has en, fr" in next(found.message for found in asked.findings if found.code == "G156")


def test_a_wrong_time_zone_is_a_mistake_also_where_it_is_not_needed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no time zone “Mars/Base”"):
        read_files(tmp_path, PAGE | {"config/system.yaml": "timezone: Asia/Almaty\n"}, timezone="Mars/Base")


def test_an_unknown_zone_is_a_mistake_of_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Mars"):
        read_files(tmp_path, PAGE, timezone="Mars/Olympus")
    assert not read_files(tmp_path, PAGE).timezone_known
    assert read_files(tmp_path, PAGE, timezone="Asia/Almaty").timezone == "Asia/Almaty"


def test_findings_have_messages_and_places(tmp_path: Path) -> None:
    site = read_files(tmp_path, PAGE | {"pages/root.md": "", "pages/01.home/my.page.x.md": ""})
    found = {finding.subject: finding for finding in all_findings(site) if finding.code == "G134"}
    assert set(found) == {"root.md", "01.home/my.page.x.md"}
    assert "further dot" in found["01.home/my.page.x.md"].message
