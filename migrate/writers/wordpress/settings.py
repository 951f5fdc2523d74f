"""The site's settings: always there, so that none of ours stands there before we have written it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrate.aside import Aside
from migrate.errors import TargetError
from migrate.model.document import Key
from migrate.model.plan import Action, Observed
from migrate.model.resource import Resource
from migrate.writers import Write
from migrate.writers.wordpress.client import FORBIDDEN, Client, Refusal, Unsure
from migrate.writers.wordpress.kinds import SETTINGS, digest_shown, names_in

ROUTE = "wp/v2/settings"
TRIES = 4


class Settings:
    """Reads and writes settings: rare, small, and the same however often they are sent."""

    def __init__(self, client: Client) -> None:
        """Nothing is asked yet."""
        self._client = client
        self._asked: Aside[Mapping[str, object]] | None = None

    def expect(self) -> None:
        """Ask already: the first look gets this answer."""
        self._asked = Aside(lambda: self._client.get(ROUTE))

    def observed(self, key: Key, names: Sequence[str]) -> dict[Key, Observed]:
        """How these settings are now; nothing where only an administrator may see them, and we are none (any more)."""
        asked, self._asked = self._asked, None
        try:
            said = asked.result() if asked else self._client.get(ROUTE)
        except Refusal as refusal:
            if refusal.status not in FORBIDDEN:
                raise
            return {}
        return {key: _seen(names, said)}

    def standing(self, resource: Resource) -> dict[Key, Observed]:
        """How they are, where that is of somebody's making: as we want it, or with a page on the front."""
        try:
            said = self._client.get(ROUTE)
        except Refusal:  # the writing will say it
            return {}
        seen = _seen(names_in(resource.digest), said)
        chosen = "page_on_front" in seen.digest and said.get("show_on_front") == "page"
        return {resource.key: seen} if chosen or seen.digest == resource.digest else {}

    def written(self, write: Write) -> Observed | TargetError | None:
        """Send them. They stay when what wanted them is gone."""
        if write.action is Action.DELETE or write.resource is None:
            return None
        self._asked = None
        for _ in range(TRIES):
            try:
                said = self._client.reply("POST", ROUTE, None, dict(write.resource.fields)).json
            except Unsure as error:
                doubt = error
            except Refusal as error:
                return TargetError(f"{write.resource.natural_key}: {error}")
            else:
                return _seen(names_in(write.resource.digest), said)
        return TargetError(f"{write.resource.natural_key}: {doubt}")


def _seen(names: Sequence[str], said: Mapping[str, object]) -> Observed:
    return Observed(target_id=SETTINGS, digest=digest_shown(SETTINGS, names, said))
