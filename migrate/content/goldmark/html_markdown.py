"""Raw HTML → Markdown by markdownify, for those who ask for it; the judge decides whether anything is lost."""

from __future__ import annotations


def markdown_of(html: str) -> str:
    """The HTML as Markdown, headings with `#`; whatever Markdown has no words for is missing from it."""
    from markdownify import markdownify  # a tenth of a second, for those who ask for it

    text: str = markdownify(html, heading_style="ATX", bullets="-", escape_misc=True, strip_document=None)
    return text.strip("\n")
