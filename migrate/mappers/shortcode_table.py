"""What a mapping file says about one shortcode: the models of the section `shortcodes`."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from migrate.mappers.placeholders import TemplateError, read_template

HandlerName = Literal[
    "content-inject", "figure", "gallery", "lang", "lorem", "page-inject", "prism", "raw", "safe-email",
    "section", "ui-accordion", "ui-accordion-item", "ui-animated-text", "ui-callout", "ui-callout-item",
    "ui-image-compare", "ui-tab", "ui-tabs",
]
"""Shortcodes that need thought: functions of mappers/shortcodes.py."""

ACTIONS = ("html", "shortcode", "handler", "unwrap", "drop", "keep")


class Row(BaseModel):
    """A part of a mapping file: unknown keys are mistakes, and nothing changes once it is read.

    The text below a key says what it means; `reference.py` reads it there, so that no run has to.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True)


def checked_template(text: str) -> str:
    """The text if it is a readable template; raises ValueError as pydantic wants it."""
    try:
        read_template(text)
    except TemplateError as error:
        raise ValueError(str(error)) from error
    return text


class Html(Row):
    """HTML around the shortcode's body, with placeholders for its attributes."""

    open: str
    """What stands where the opening tag stood: a template. `{name}` is an attribute, `{value}` the value of
    `[name=value]`, `{url}` the target of `[plugin:name](url)`, and what `extract` found has its own name."""
    close: str = ""
    """What stands where the closing tag stood: a template too."""
    block: bool = False
    """The HTML stands on lines of its own when the tags did (div, figure …); false for what runs along in a
    line (span, i …)."""
    body: Literal["keep", "drop"] = "keep"
    """`drop` leaves out what stood between the tags."""

    _templates = field_validator("open", "close")(checked_template)


class Extract(Row):
    """Takes named pieces out of an attribute, a link target or the body before the template is filled."""

    source: str = Field(default="value", alias="from")
    """Attribute name, `value`, `url` (of `[plugin:name](url)`) or `body`."""
    pattern: str
    """Regular expression searched in it; its named groups `(?P<id>…)` become placeholders. Where it does
    not match the shortcode stays as it is."""

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern


class Option(Row):
    """One attribute of a source shortcode as an argument of the target's shortcode."""

    name: str = ""
    """Its name in the target; empty: the same name."""
    type: Literal["text", "boolean", "number", "list", "json"] = "text"
    """How the value is written: a text in quotes, `boolean` (`yes`, `on` and `1` are true), `number`, `list` (a
    text, no blanks around its commas), `json` (Owl's relaxed JSON, `{0:{items:1}}`)."""
    default: Any = None
    """What the source does where the attribute is not given; without it nothing is written then."""
    implied: Any = None
    """What the target's shortcode does when it is told nothing: a value equal to it is not written."""
    drop: bool = False
    """Has no meaning for the target: left out."""


class ShortcodeRule(Row):
    """What becomes of one shortcode. Exactly one of html, shortcode, handler, unwrap, drop, keep is given."""

    html: Html | None = None
    """HTML around the body, as the source shows it."""
    shortcode: str = ""
    """Name of the target's shortcode."""
    handler: HandlerName | None = None
    """A function of this program, for what a template cannot say."""
    unwrap: bool = False
    """Only the body stays."""
    drop: bool = False
    """Nothing stays, neither tags nor body."""
    keep: bool = False
    """The text of the shortcode stays visible as it was written."""

    options: dict[str, Option] = {}
    """For `shortcode`: its attributes as arguments of the target's. For `handler`: settings of the
    function."""
    others: Literal["keep", "drop"] = "drop"
    """For `shortcode`: attributes that `options` does not name."""
    body: Literal["markdown", "slides", "text", "none"] = "markdown"
    """For `shortcode`: what its body is. `slides`: each picture or block is one slide; `text`: as written;
    `none`: the shortcode has no body."""
    extract: Extract | None = None
    """Named pieces taken out of a value first."""
    warn: str = ""
    """Said in a finding of severity warning on each page that uses it: what the reader of the page will
    miss."""
    plugin: str = ""
    """The Grav plug-in that registers it: where the site does not have that on, the shortcode is text. Empty: live
    wherever shortcodes are."""

    @model_validator(mode="after")
    def _one_action(self) -> ShortcodeRule:
        given = [name for name in ACTIONS if getattr(self, name)]
        if len(given) != 1:
            what = f"found {' and '.join(given)}" if given else "found none"
            raise ValueError(f"expected exactly one of {', '.join(ACTIONS)}; {what}")
        return self

    @property
    def action(self) -> str:
        """Which of ACTIONS it is."""
        return next(name for name in ACTIONS if getattr(self, name))
