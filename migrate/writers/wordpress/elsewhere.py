"""What is ours though it stands under another name than it was given: the site has put a number behind its slug.

WordPress does that where a picture, or a plug-in's page, has the slug already (`wp_unique_post_slug`). The ledger knows
such a thing by its id. Where the ledger has been lost, or an interrupted run never learned the id, it is found by the
numbered slug and the date; what belongs below it is found below the name that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from migrate.model.document import EMPTY, Key
from migrate.model.plan import Entry
from migrate.model.resource import Resource
from migrate.writers.wordpress.inventory import Inventory, Row

NUMBERED = ("post", "page")


class Elsewhere:
    """Looks under numbered slugs. In question comes what stood there when the run began, is in no ledger, and has a
    name that nothing of ours of its date wants for itself: among the names that are wanted, for those above may have
    got others."""

    def __init__(self, inventory: Inventory) -> None:
        """Nothing is wanted yet."""
        self._inventory = inventory
        self._places: Mapping[Key, str] = EMPTY
        self._date: Callable[[Key], str] = lambda _: ""
        self._wanted: Mapping[str, Key] = EMPTY

    def expect(self, places: Mapping[Key, str], date: Callable[[Key], str]) -> None:
        """The natural keys that are wanted, and the date of what shall have one, as the site writes it."""
        self._places, self._date = places, date
        self._wanted = {place: key for key, place in places.items()}

    def standing(self, key: Key, entries: Mapping[Key, Entry]) -> Row | None:
        """What it is already, under another name than was wanted."""
        place = self._places.get(key)
        if not place or self._inventory.by_place(place) is not None:
            return None
        rows = (row for row in self._like(place) if row.date == self._date(key) and _is_nobodys(row, entries))
        return next(rows, None)

    def exactly(self, resource: Resource) -> Row | None:
        """What has the slug that is wanted: below the page that it shall stand below, whatever name that one has."""
        return self._inventory.by_place(self._place(resource))

    def numbered(self, resource: Resource, entries: Mapping[Key, Entry]) -> list[Row]:
        """What may be this resource, of the same date, under its slug with a number behind; the oldest first."""
        if resource.kind not in NUMBERED or not resource.fields.get("slug"):
            return []
        date = resource.fields.get("date_gmt")
        rows = self._variants(self._place(resource), resource.natural_key)
        return [row for row in rows if row.date == date and _is_nobodys(row, entries)]

    def left(self, natural_key: str, entries: Mapping[Key, Entry]) -> tuple[Row | None, list[Row]]:
        """What an interrupted write may have made, of which only the name is known: what stands below a page of
        another name, and what is numbered, the oldest first."""
        parent = self._known_parent(natural_key, entries)
        place = self._below(parent, natural_key) if parent else natural_key
        exact = self._inventory.by_place(place) if place != natural_key else None
        return (exact if exact is not None and _is_nobodys(exact, entries) else None,
                [row for row in self._variants(place, natural_key) if _is_nobodys(row, entries)])

    def _place(self, resource: Resource) -> str:
        """Where it would stand by now."""
        parent = self._parent(resource)
        return self._below(parent, resource.natural_key) if parent else resource.natural_key

    def _parent(self, resource: Resource) -> Row | None:
        number = resource.fields.get("parent")
        return self._inventory.by_id("page", number) if resource.kind == "page" and isinstance(number, int) else None

    def _known_parent(self, natural_key: str, entries: Mapping[Key, Entry]) -> Row | None:
        above = natural_key.rpartition("/")[0]
        entry = next((entry for entry in entries.values() if entry.natural_key == above), None) if above else None
        return self._inventory.by_id("page", int(entry.target_id)) if entry and entry.target_id.isdigit() else None

    def _below(self, parent: Row, natural_key: str) -> str:
        return f"page:{self._inventory.place_of(parent)}/{natural_key.rpartition(':')[2].rpartition('/')[2]}"

    def _like(self, place: str) -> Iterator[Row]:
        """What stands at a place, or where some of its names have a number behind."""
        for there in self._read_as(place):
            if (row := self._inventory.by_place(there)) is not None:
                yield row
            yield from self._variants(there, place)

    def _read_as(self, place: str) -> Iterator[str]:
        above = place.rpartition("/")[0]
        if not above:
            yield place
            return
        for parent in self._like(above):
            yield self._below(parent, place)

    def _variants(self, place: str, wanted: str) -> list[Row]:
        """What stands at a place with a number behind; `wanted`: the name of that place in the plan."""
        return [row for row in self._inventory.numbered(place) if not self._is_wanted(row, wanted)]

    def _is_wanted(self, row: Row, sibling: str) -> bool:
        """Whether another of ours, of the same date, wants the name of a row, by that of a sibling in the plan."""
        joint = "/" if "/" in sibling else ":"
        other = self._wanted.get(f"{sibling.rpartition(joint)[0]}{joint}{row.slug}")
        return other is not None and self._date(other) in ("", row.date)


def _is_nobodys(row: Row, entries: Mapping[Key, Entry]) -> bool:
    return not any(entry.target_id == str(row.id) and entry.kind == row.kind for entry in entries.values())
