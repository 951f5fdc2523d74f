"""Style for the theme's additional CSS: what Grav's plug-ins brought along, and a carousel that needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

STYLES: Mapping[str, str] = MappingProxyType({
    # The next picture peeps out, so that one sees there are more.
    "carousel": """\
.grav-carousel{display:flex!important;flex-flow:row nowrap!important;gap:1em!important;overflow-x:auto;\
scroll-snap-type:x mandatory;overscroll-behavior-x:contain}
.grav-carousel>*{flex:0 0 100%!important;width:auto!important;max-width:100%;margin:0!important;\
scroll-snap-align:center}
.grav-carousel>:not(:only-child){flex-basis:92%!important}
@media(min-width:600px){.grav-carousel.columns-2>*{flex-basis:calc(50% - .5em)!important}
.grav-carousel.columns-3>*{flex-basis:calc(33.333% - .667em)!important}
.grav-carousel.columns-4>*{flex-basis:calc(25% - .75em)!important}
.grav-carousel:is(.columns-5,.columns-6,.columns-7,.columns-8)>*{flex-basis:calc(20% - .8em)!important}}
.grav-carousel.grav-rtl{direction:rtl}
@media(prefers-reduced-motion:no-preference){.grav-carousel{scroll-behavior:smooth}}
""",
    "captions": """\
figcaption [data-caption]::after{content:attr(data-caption)}
""",
    "justify": """\
.has-text-align-justify{text-align:justify}
""",
    "notices": """\
.notices{padding:.9em 1.1em;border-inline-start:4px solid #4a7ebb;background:#8881}
.notices.yellow{border-color:#d9a300}.notices.red{border-color:#d0453e}.notices.green{border-color:#2e9e5b}
""",
    "tabs": """\
.tabs-wrapper .tabs-nav{display:flex;flex-wrap:wrap;gap:.25em 1em;padding:0;list-style:none}
.tabs-wrapper:has(.tab:target) .tab:not(:target),\
.tabs-wrapper:not(:has(.tab:target)) .tab:not(:first-child){display:none}
""",
})
"""Name → rules. `to_blocks` tells which ones a page needs."""


def style_of(names: Iterable[str] = STYLES) -> str:
    """The rules of these names; of all, where none are named."""
    wanted = set(names)
    return "".join(text for name, text in STYLES.items() if name in wanted)
