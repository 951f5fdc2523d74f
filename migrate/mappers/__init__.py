"""What becomes what: a site as it was read → the same site, decided. One concern a module, in the order of MAPPERS."""

from __future__ import annotations

from collections.abc import Callable

from migrate.mappers.addresses import map_addresses
from migrate.mappers.copies import copy_missing
from migrate.mappers.dates import ReadDate, map_dates
from migrate.mappers.featured import map_featured
from migrate.mappers.fields import map_fields
from migrate.mappers.menus import map_menus
from migrate.mappers.redirects import map_redirects
from migrate.mappers.tables import Mapping
from migrate.mappers.taxonomies import map_taxonomies
from migrate.model.site import Site

Mapper = Callable[[Site, Mapping], Site]

MAPPERS: tuple[Mapper, ...] = (
    copy_missing,
    map_featured,
    map_fields,
    map_taxonomies,
    map_addresses,
    map_redirects,
    map_menus,
)


def map_site(site: Site, mapping: Mapping, read_date: ReadDate | None = None) -> Site:
    """Run all MAPPERS. `read_date` reads dates as the source does (see `map_dates`)."""
    site = map_dates(site, mapping, read_date)
    for mapper in MAPPERS:
        site = mapper(site, mapping)
    return site
