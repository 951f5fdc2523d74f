"""Tree → Markdown that Goldmark shows in the same way.

The HTML that Grav shows (`html.py`) is the truth. The author's own text, with the decisions patched in, is
rendered as Goldmark would (`preview.py`) and compared with it: equal, and nothing else is touched. Where it differs
the page is taken block by block (`units.py`, `writer.py`): the author's text, else the block written anew, else raw
HTML; then the whole page again (`mending.py`), because blocks act on their neighbours. What still differs is a
finding.
"""

from migrate.content.goldmark.rendering import Rendered, render
from migrate.content.goldmark_options import GoldmarkOptions, hugo_markup

__all__ = ["GoldmarkOptions", "Rendered", "hugo_markup", "render"]
