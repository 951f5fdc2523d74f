"""What a target would not have, so that the next run need not send it again: a file of a type that it takes no part of.

The memory ends when the target is another one: other plug-ins, another version, other rights of the user.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from migrate.ledger import Ledger
from migrate.model.document import Key
from migrate.model.resource import digest_of
from migrate.report_rows import Line

NAME = "refused"
TAKEN = frozenset({"create", "keep", "adopt", "update"})


def refusals(ledger: Ledger, facts: str) -> dict[Key, str]:
    """Key → the target's reason, as the last run has noted it. `facts`: what the target is now."""
    note = ledger.note(NAME)
    memory = json.loads(note) if note else {}
    return {Key(key): why for key, why in memory["why"].items()} if memory.get("facts") == digest_of(facts) else {}


def refusals_note(refused: Mapping[Key, str], facts: str, lines: Iterable[Line]) -> bytes | None:
    """The note for the next run; None where nothing was refused, or everything: then the target itself is at fault."""
    if not refused or not any(line.kind == "media" and line.action in TAKEN for line in lines):
        return None
    return json.dumps({"facts": digest_of(facts), "why": dict(refused)}).encode()
