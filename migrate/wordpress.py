"""WordPress as a target: the site that an address leads to, seen as one user.

It is asked while this program is still loading, and what converts pages is loaded only where there is something to
convert: a run with nothing to do is over before that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from migrate.aside import Aside
from migrate.errors import ConfigError
from migrate.findings import Finding
from migrate.ledger import Ledger
from migrate.model.site import Site
from migrate.options import Options
from migrate.places import state_folder
from migrate.writers import Store
from migrate.writers.wordpress.client import Account, Client, Manners, connect
from migrate.writers.wordpress.facts import TargetFacts
from migrate.writers.wordpress.preflight import Seen, look_before, with_menus, zone_findings
from migrate.writers.wordpress.store import WordPressStore

if TYPE_CHECKING:
    from migrate.mappers.tables import Mapping as MappingFile
    from migrate.workshop import WordPressWorkshop

AS_IT_IS = "source"
"""`--status`: publish what the source publishes, even where plug-ins would tell subscribers."""

USUAL = ("page", "post", "category", "tag")
"""Kinds that nearly every run will want to see listed."""


class WordPress:
    """One WordPress site. Nothing is asked before `begin`, `store`, `facts` or a workshop."""

    def __init__(self, options: Options) -> None:
        """`options.out` is the site's address."""
        self._options = options
        self._connecting: Aside[Client] | None = None
        self._looking: Aside[Seen] | None = None
        self._asking: Aside[TargetFacts] | None = None
        self._has_menus = False
        self.state = self.report = state_folder(options)

    def begin(self) -> None:
        """Connect and look, in a thread; what goes wrong is raised where the answer is wanted."""
        self._connecting = connecting = Aside(self._connected)
        self._looking = Aside(lambda: look_before(connecting.result(), self._options.user))

    @cached_property
    def client(self) -> Client:
        """The connection; refuses to show the password where others could read it."""
        return self._connecting.result() if self._connecting else self._connected()

    def _connected(self) -> Client:
        options = self._options
        if not options.user or not options.password:
            raise ConfigError("Name the user with --user, and its application password in GRAV_MIGRATE_PASSWORD.")
        manners = partial(Manners, insecure_http=options.insecure_http)
        if options.connections:
            manners = partial(manners, connections=options.connections)
        return connect(options.out, Account(options.user, options.password), manners())

    @cached_property
    def seen(self) -> Seen:
        """What a look at the site has found. Without an address (`inspect`) that of a usual site."""
        if not self._options.out:
            return Seen(TargetFacts(capabilities=frozenset({"manage_options", "unfiltered_html"})), (), ())
        return self._looking.result() if self._looking else look_before(self.client, self._options.user)

    def facts(self) -> str:
        """What the site is and what we may do there; its permalinks show in every address that was written."""
        facts = self.seen.facts
        steady = replace(facts, structure="", structure_known=True, capabilities=frozenset())
        menus = self._has_menus or bool(self.with_menus.menu_day)
        return repr((steady, sorted(facts.capabilities), self.seen.announces, menus))

    @cached_property
    def with_menus(self) -> TargetFacts:
        """The facts, and whether menus can be made: what a run that finds its own menus need not ask."""
        return self._asking.result() if self._asking else with_menus(self.client, self.seen.facts)

    def store(self, kinds: Collection[str] = ()) -> Store:
        """The site, looked at first."""
        self._store = WordPressStore(self.client)
        self._store.expect(kinds or USUAL)
        facts = self.seen.facts
        self._has_menus = "navigation" in kinds
        if not self._has_menus:
            self._asking = Aside(lambda: with_menus(self.client, facts))
        return self._store

    def workshop(self, site: Site, mapping: MappingFile) -> WordPressWorkshop:
        """Lay out the site."""
        from migrate.workshop import WordPressWorkshop
        from migrate.writers.wordpress.fingerprints import look_at
        from migrate.writers.wordpress.layout import lay_out
        from migrate.writers.wordpress.render import date_of, names_of

        seen = self.seen
        status = self._options.status
        if not status and seen.announces:
            status = "draft"
        facts = self.with_menus if self._options.out else seen.facts
        layout = lay_out(site, mapping, facts, look_at(site), status="" if status == AS_IT_IS else status)
        if self._options.out:
            self._store.predict(layout.predicted_links, names_of(layout), partial(date_of, layout=layout))
        now = site.now
        clocks = zone_findings(seen.facts, site.timezone, now) if now and self._options.out else ()
        return WordPressWorkshop(layout, (*seen.findings, *clocks))

    def check(self, rows: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
        """The replies to our writes are the check; each is compared with what was sent."""
        del rows
        return ()

    def leave(self, workshop: Any, ledger: Ledger) -> None:
        """Redirects, a script for plug-ins, and files that WordPress does not take."""
        from migrate.writers.wordpress.leavings import leave_files

        leave_files(self.state, workshop.layout, ledger.entries)
