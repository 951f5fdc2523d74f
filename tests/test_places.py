"""Where nothing may be written."""

from __future__ import annotations

import pytest

from migrate.errors import ConfigError, TargetError
from migrate.options import Options
from migrate.places import common_lock, place_name, refuse_places, state_folder
from migrate.readers.grav.layout import locate
from tests.grav_site import write


@pytest.fixture
def root(tmp_path):
    write(tmp_path / "grav/user/pages/01.home/default.md", "---\ntitle: Home\n---\n")
    return tmp_path


def refuse(root, source, out):
    refuse_places(str(root / source), str(root / out), locate(root / source))


@pytest.mark.parametrize("out", ["out", "grav/out", "grav/user-new", "out/deep/er"])
@pytest.mark.parametrize("source", ["grav/user", "grav/user/pages"])
def test_beside_the_source_is_fine(root, source, out):
    refuse(root, source, out)


@pytest.mark.parametrize(
    ("source", "out"),
    [
        ("grav/user", "grav/user"),
        ("grav/user", "grav/user/out"),
        ("grav/user", "grav/user/pages/out"),
        ("grav", "grav/out"),
        ("grav/user/pages", "grav/user/pages/new"),
        ("grav/user", "grav/user/../user/out"),
    ],
)
def test_inside_the_source_is_refused(root, source, out):
    with pytest.raises(ConfigError, match="inside the source"):
        refuse(root, source, out)


@pytest.mark.parametrize("out", [".", "grav", "grav/user/.."])
def test_around_the_source_is_refused(root, out):
    with pytest.raises(ConfigError, match="lies inside"):
        refuse(root, "grav/user", out)


def test_a_link_into_the_source_is_refused(root):
    (root / "link").symlink_to(root / "grav/user")
    with pytest.raises(ConfigError):
        refuse(root, "grav/user", "link")
    with pytest.raises(ConfigError):
        refuse(root, "grav/user", "link/out")
    with pytest.raises(ConfigError):
        refuse(root, "link", "grav/user/out")


def test_what_is_no_folder_is_refused(root):
    write(root / "file", "text")
    (root / "nowhere").symlink_to(root / "missing")
    write(root / "site/.grav-migrate", "a file")
    (root / "trap").mkdir()
    (root / "trap/.grav-migrate").symlink_to(root / "grav/user")
    for out in ("file", "nowhere", "site", "trap", "file/out"):
        with pytest.raises(TargetError):
            refuse(root, "grav/user", out)


@pytest.mark.parametrize("ask", [common_lock, place_name, state_folder])
def test_an_address_that_is_none_is_a_mistake_of_who_wrote_it(ask):
    with pytest.raises(ConfigError, match="no address of a web site") as caught:
        ask(Options(source="", out="https://u:secret@[x", target="wordpress"))
    assert "secret" not in str(caught.value)


def test_runs_on_one_site_share_a_lock_wherever_their_state_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    locks = {common_lock(Options(source="", out=out, target="wordpress", state=state))
             for out in ("https://example.org/blog", "http://example.org/blog/", "example.org/blog") for state in (None, "x")}
    assert locks == {tmp_path / "cache/grav-migrate/locks/example.org-blog"}
    assert (tmp_path / "cache/grav-migrate/locks").is_dir()


def test_there_is_no_common_lock_for_a_folder_or_where_nothing_can_be_written(tmp_path, monkeypatch):
    assert common_lock(Options(source="", out=str(tmp_path))) is None
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert common_lock(Options(source="", out="https://example.org", target="wordpress")) is None
