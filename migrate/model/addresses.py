"""What browsers make of an address before they ask for it."""

from __future__ import annotations


def asked_for(path: str) -> str:
    """A path without `.` and `..`, as browsers ask for it: `/blog/./first` → `/blog/first` (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[max(1, len(parts) - 1):]
        elif part != ".":
            parts.append(part)
    return "/".join(parts) + ("/" if path.endswith(("/.", "/..")) else "") or "/"
