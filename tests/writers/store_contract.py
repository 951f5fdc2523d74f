"""What every Store must do. A target joins with a class that has `store` and `stranger`."""

from __future__ import annotations

import pytest

from migrate.apply import entry_of
from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.resource import Resource, digest_of
from tests.resources import made, wanted


class StoreContract:
    """`stranger(natural_key, text)` changes the target behind the store's back; None removes."""

    def test_what_was_created_reads_back_with_the_same_digest(self, store):
        for text in ("plain", "", "қазақ тілі 🎉\r\n\ttab", "x" * 200_000):
            resource = wanted(f"page-{len(text)}", text)
            entry = entry_of(resource, store.create(resource))
            assert entry.observed == resource.digest
            assert store.observe([resource], {})[resource.key].digest == resource.digest
            assert store.observe([resource], {resource.key: entry})[resource.key].digest == resource.digest
            assert store.read(resource.natural_key) == text.encode()

    def test_where_nothing_stands_nothing_is_seen(self, store):
        assert store.observe([wanted("a")], {}) == {}
        assert store.observe([], {Key("a"): made("a")}) == {}
        assert store.read("content/a.md") is None
        assert store.occupied(["content/a.md"]) == frozenset()

    def test_creating_never_replaces(self, store, stranger):
        stranger("content/a.md", "theirs")
        with pytest.raises(TargetError):
            store.create(wanted("a", "ours"))
        assert store.read("content/a.md") == b"theirs"

    def test_an_update_replaces(self, store):
        entry = entry_of(wanted("a", "old"), store.create(wanted("a", "old")))
        observed = store.update(entry, wanted("a", "new"))
        assert observed.digest == digest_of("new")
        assert store.read("content/a.md") == b"new"

    def test_an_update_of_the_place_moves(self, store):
        entry = entry_of(wanted("a"), store.create(wanted("a")))
        moved = wanted("a", place="content/a/index.md")
        entry = entry_of(moved, store.update(entry, moved))
        assert store.read("content/a/index.md") == b"text"
        assert store.read("content/a.md") is None
        assert store.observe([], {entry.key: entry})[entry.key].digest == digest_of("text")

    def test_a_move_replaces_nothing_else(self, store, stranger):
        entry = entry_of(wanted("a"), store.create(wanted("a")))
        stranger("content/b.md", "theirs")
        with pytest.raises(TargetError):
            store.update(entry, wanted("a", place="content/b.md"))
        assert (store.read("content/a.md"), store.read("content/b.md")) == (b"text", b"theirs")

    def test_deleting_twice_is_deleting_once(self, store):
        entry = entry_of(wanted("a"), store.create(wanted("a")))
        other = wanted("b")
        store.create(other)
        store.delete(entry)
        store.delete(entry)
        assert store.observe([wanted("a"), other], {Key("a"): entry}).keys() == {"b"}

    def test_a_strangers_edit_is_seen(self, store, stranger):
        entry = entry_of(wanted("a", "12345"), store.create(wanted("a", "12345")))
        stranger("content/a.md", "54321")
        assert store.observe([], {entry.key: entry})[entry.key].digest == digest_of("54321")
        stranger("content/a.md", None)
        assert store.observe([], {entry.key: entry}) == {}

    def test_what_a_stranger_made_is_seen(self, store, stranger):
        stranger("content/a.md", "theirs")
        assert store.observe([wanted("a")], {})[Key("a")].digest == digest_of("theirs")
        assert store.occupied(["content/a.md", "content/b.md"]) == {"content/a.md"}

    def test_odd_names(self, store):
        for place in (
            "content/сайт/жаңалық.kk.md",
            "content/a b (1)/é+%20.md",
            "static/.well-known/x",
            "UP/Down.MD",
        ):
            resource = wanted(place, place=place)
            entry = entry_of(resource, store.create(resource))
            assert store.observe([], {entry.key: entry})[entry.key].digest == resource.digest
            assert store.occupied([place]) == {place}

    @pytest.mark.parametrize(
        "place", ["../out.md", "content/../../out.md", "/etc/out.md", "content//a.md", "."]
    )
    def test_a_name_that_leads_out_is_refused(self, store, place):
        with pytest.raises(TargetError):
            store.create(wanted("a", place=place))

    def test_a_copy_holds_what_its_source_holds(self, store, tmp_path):
        source = tmp_path / "photo.jpg"
        source.write_bytes(b"picture")
        wish = Resource(
            key=Key("m"),
            kind="media",
            natural_key="content/photo.jpg",
            fields={"copy": str(source)},
            digest="",
        )
        [resource] = store.settle([wish], {})
        assert resource.digest == digest_of("picture")
        entry = entry_of(resource, store.create(resource))
        assert entry.observed == resource.digest
        assert store.settle([wish], {entry.key: entry}) == (resource,)
        source.write_bytes(b"another picture")
        [resource] = store.settle([wish], {entry.key: entry})
        assert store.update(entry, resource).digest == digest_of("another picture")
        assert store.read("content/photo.jpg") == b"another picture"

    def test_a_copy_without_its_source_is_refused(self, store, tmp_path):
        wish = Resource(
            key=Key("m"),
            kind="media",
            natural_key="content/photo.jpg",
            fields={"copy": str(tmp_path / "gone.jpg")},
            digest="",
        )
        with pytest.raises(TargetError):
            store.create(store.settle([wish], {})[0])
        assert store.read("content/photo.jpg") is None

    def test_closing_keeps_what_was_made(self, store):
        store.create(wanted("a"))
        store.close()
        assert store.read("content/a.md") == b"text"
