"""The last step from checked Markdown to the page's text: what Hugo itself reads before Goldmark does."""

from __future__ import annotations

from migrate.content.decisions import Decisions
from migrate.content.goldmark.openers import whole_shortcodes
from migrate.content.goldmark.tokens import DIVIDER, HUGO_DIVIDER, all_tokens, fill_tokens


def finish(text: str, decisions: Decisions) -> str:
    """The text as Hugo shall read it: the author's `{{< … >}}` printed, ours run, and the summary's divider."""
    if "{{" in text:
        text = _printed(text)
    last_line = text[text.rfind("\n") + 1:-1]
    if "```" in last_line or "~~~" in last_line:
        text += "\n"                         # else Goldmark loses a fence's language of one letter
    if DIVIDER in text:
        text = text.replace(DIVIDER, HUGO_DIVIDER)
    return fill_tokens(text, all_tokens(decisions)) if "\ue010" in text else text


def _printed(text: str) -> str:
    """Hugo's own way to show a shortcode instead of running it; taken back before Goldmark reads the text."""
    out, place = [], 0
    for start, end in whole_shortcodes(text):
        out += [text[place:start + 3], "/*", text[start + 3:end - 3], "*/", text[end - 3:end]]
        place = end
    return "".join([*out, text[place:]])
