"""What browsers make of an address."""

import pytest

from migrate.model.addresses import asked_for


@pytest.mark.parametrize(("path", "wanted"), [
    ("/blog/./first", "/blog/first"), ("/blog/.", "/blog/"), ("/blog/./", "/blog/"), ("/blog/first/../zweite", "/blog/zweite"),
    ("/blog/..", "/"), ("/../../x", "/x"), ("/.", "/"), ("/..", "/"), ("", ""), ("/", "/"), ("/a//b", "/a//b"),
    ("/.well-known/x", "/.well-known/x"), ("/a/...", "/a/..."),
])
def test_what_browsers_ask_for(path: str, wanted: str) -> None:
    assert asked_for(path) == wanted
