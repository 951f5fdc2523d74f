"""What every Store must do. A target joins with a class that has `store`, `again` and `stranger`."""

from __future__ import annotations

import pytest

from migrate.apply import entry_of
from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.resource import Resource, digest_of
from tests.resources import wanted


class StoreContract:
    """`stranger(resource)` makes or changes something behind the store's back, `stranger(natural_key)` removes it.

    `again()` is the store as the next run opens it. `wish` and `NAMES` are the target's own.
    """

    NAMES = ("content/a.md", "content/b.md", "content/a/index.md")  # two things, and where the first one moves to

    def wish(self, key: str, text: str = "text", place: str | None = None) -> Resource:
        return wanted(key, text, place or f"content/{key}.md")

    def test_what_was_created_reads_back_with_the_same_digest(self, store, again):
        for text in ("plain", "", "қазақ тілі 🎉\r\n\ttab", "x" * 200_000):
            resource = self.wish(f"page-{len(text)}", text)
            entry = entry_of(resource, store.create(resource))
            assert entry.observed == resource.digest
            for looking in (store, again()):
                assert looking.observe([resource], {})[resource.key].digest == resource.digest
                assert looking.observe([resource], {resource.key: entry})[resource.key].digest == resource.digest
                assert looking.read(resource.natural_key) == text.encode()

    def test_where_nothing_stands_nothing_is_seen(self, store):
        a = self.NAMES[0]
        assert store.observe([self.wish("a")], {}) == {}
        assert store.read(a) is None
        assert store.occupied([a]) == frozenset()

    def test_creating_never_replaces(self, store, stranger):
        stranger(self.wish("a", "theirs"))
        with pytest.raises(TargetError):
            store.create(self.wish("a", "ours"))
        assert store.read(self.NAMES[0]) == b"theirs"

    def test_an_update_replaces(self, store):
        entry = entry_of(self.wish("a", "old"), store.create(self.wish("a", "old")))
        observed = store.update(entry, self.wish("a", "new"))
        assert observed.digest == self.wish("a", "new").digest
        assert store.read(self.NAMES[0]) == b"new"

    def test_an_update_of_the_place_moves(self, store, again):
        a, _, there = self.NAMES
        entry = entry_of(self.wish("a"), store.create(self.wish("a")))
        moved = self.wish("a", place=there)
        entry = entry_of(moved, store.update(entry, moved))
        for looking in (store, again()):
            assert looking.read(there) == b"text"
            assert looking.read(a) is None
            assert looking.observe([], {entry.key: entry})[entry.key].digest == moved.digest

    def test_a_move_replaces_nothing_else(self, store, stranger):
        a, b, _ = self.NAMES
        entry = entry_of(self.wish("a"), store.create(self.wish("a")))
        stranger(self.wish("b", "theirs"))
        with pytest.raises(TargetError):
            store.update(entry, self.wish("a", place=b))
        assert (store.read(a), store.read(b)) == (b"text", b"theirs")

    def test_deleting_twice_is_deleting_once(self, store, again):
        entry = entry_of(self.wish("a"), store.create(self.wish("a")))
        other = self.wish("b")
        store.create(other)
        store.delete(entry)
        store.delete(entry)
        for looking in (store, again()):
            assert looking.observe([self.wish("a"), other], {Key("a"): entry}).keys() == {"b"}

    def test_a_strangers_edit_is_seen(self, store, stranger, again):
        entry = entry_of(self.wish("a", "12345"), store.create(self.wish("a", "12345")))
        stranger(self.wish("a", "54321"))
        assert again().observe([], {entry.key: entry})[entry.key].digest == self.wish("a", "54321").digest
        stranger(self.NAMES[0])
        assert again().observe([], {entry.key: entry}) == {}

    def test_what_a_stranger_made_is_seen(self, store, stranger):
        a, b, _ = self.NAMES
        stranger(self.wish("a", "theirs"))
        assert store.observe([self.wish("a")], {})[Key("a")].digest == self.wish("a", "theirs").digest
        assert store.occupied([a, b]) == {a}

    def test_closing_keeps_what_was_made(self, store, again):
        store.create(self.wish("a"))
        store.close()
        assert again().read(self.NAMES[0]) == b"text"


class FileContract(StoreContract):
    """What every Store of files must do as well: any name inside, none outside, and copies."""

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
