"""The stores that we have, each through the same suite."""

from __future__ import annotations

import pytest

from migrate.apply import entry_of
from migrate.errors import TargetError
from migrate.writers.hugo.store import FolderStore
from tests.resources import wanted
from tests.writers.memory_store import MemoryStore
from tests.writers.store_contract import FileContract


class TestMemory(FileContract):
    @pytest.fixture
    def store(self):
        return MemoryStore()

    @pytest.fixture
    def stranger(self, store):
        def change(what):
            if isinstance(what, str):
                store.files.pop(what)
            else:
                store.files[what.natural_key] = what.fields["text"]

        return change

    @pytest.fixture
    def again(self, store):
        return lambda: MemoryStore(store.files)


class TestFolder(FileContract):
    @pytest.fixture
    def root(self, tmp_path):
        return tmp_path / "site"

    @pytest.fixture
    def store(self, root):
        return FolderStore(root)

    @pytest.fixture
    def stranger(self, root):
        def change(what):
            if isinstance(what, str):
                (root / what).unlink()
                return
            path = root / what.natural_key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(what.fields["text"], encoding="utf-8")

        return change

    @pytest.fixture
    def again(self, root):
        return lambda: FolderStore(root)

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
