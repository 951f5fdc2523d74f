"""The stores that we have, each through the same suite."""

from __future__ import annotations

import pytest

from migrate.apply import entry_of
from migrate.errors import TargetError
from migrate.writers.hugo.store import FolderStore
from tests.resources import wanted
from tests.writers.memory_store import MemoryStore
from tests.writers.store_contract import StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self):
        return MemoryStore()

    @pytest.fixture
    def stranger(self, store):
        def change(natural_key, text):
            if text is None:
                store.files.pop(natural_key)
            else:
                store.files[natural_key] = text

        return change


class TestFolder(StoreContract):
    @pytest.fixture
    def root(self, tmp_path):
        return tmp_path / "site"

    @pytest.fixture
    def store(self, root):
        return FolderStore(root)

    @pytest.fixture
    def stranger(self, root):
        def change(natural_key, text):
            path = root / natural_key
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")

        return change

    def test_nothing_half_written_stays(self, store, root):
        store.create(wanted("a"))
        (root / ".grav-migrate" / "parts" / "left.part").write_text("half", encoding="utf-8")
        store.close()
        assert [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()] == ["content/a.md"]

    def test_a_link_out_of_the_project_is_not_followed(self, store, root, tmp_path):
        (tmp_path / "elsewhere").mkdir()
        root.mkdir()
        (root / "content").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(TargetError):
            store.create(wanted("a"))
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_a_link_in_a_files_place_is_something_else(self, store, root, tmp_path):
        (tmp_path / "theirs.md").write_text("text", encoding="utf-8")
        (root / "content").mkdir(parents=True)
        (root / "content" / "a.md").symlink_to(tmp_path / "theirs.md")
        resource = wanted("a")
        assert store.observe([resource], {})[resource.key].digest != resource.digest
        with pytest.raises(TargetError):
            store.create(resource)
        assert (tmp_path / "theirs.md").read_text(encoding="utf-8") == "text"

    def test_folders_that_become_empty_go(self, store, root):
        resource = wanted("a", place="content/deep/er/a.md")
        store.delete(entry_of(resource, store.create(resource)))
        assert not (root / "content").exists()
