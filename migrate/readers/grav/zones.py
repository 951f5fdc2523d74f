"""Time zones as PHP names them: identifiers, abbreviations, single letters and offsets."""

from __future__ import annotations

import re
import zoneinfo
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache

_TABLE = """
acdt 630 acst 570 adt -180 aedt 660 aest 600 ahst -600 akdt -480 akst -540 apt -180 ast -240 awdt 540 awst 480
awt -180 bdst 120 bst 60 cast 570 cat 120 cddt -240 cdt -300 cemt 180 cest 120 cet 60 cpt -300 cst -360 cwt -300
chst 600 eat 180 eddt -180 edt -240 eest 180 eet 120 ept -240 est -300 ewt -240 gdt 660 gmt 0 gst 600 hdt -570
hkst 540 hkt 480 hpt -570 hst -600 hwt -570 iddt 240 idt 180 ist 120 jdt 600 jst 540 kdt 600 kst 510 mddt -300
mdt -360 mest 120 met 60 mpt -360 msd 240 msk 180 mst -420 mwt -360 nddt -90 npt -150 nst -210 nwt -150 nzdt 780
nzmt 690 nzst 720 pddt -360 pdt -420 pkst 360 pkt 300 ppt -420 pst -480 pwt -420 sast 120 sst -660 uct 0 utc 0
wast 120 wat 60 wemt 120 west 60 wet 0 wib 420 wita 480 wit 540 yddt -420 ydt -480 ypt -480 yst -540 ywt -480
a 60 b 120 c 180 d 240 e 300 f 360 g 420 h 480 i 540 k 600 l 660 m 720 n -60 o -120 p -180 q -240 r -300 s -360
t -420 u -480 v -540 w -600 x -660 y -720 z 0
"""
ABBREVIATIONS = {name: int(minutes) for name, minutes in re.findall(r"(\S+) (\S+)", _TABLE)}
"""Abbreviation → minutes east of Greenwich, as PHP 8 gives them. Where several places use one, PHP takes the first."""

_OFFSET = re.compile(r"(?:GMT)?([+-])(?:(\d\d):?(\d\d):?(\d\d)|(\d{1,2}):(\d{1,2})|(\d{3,4})|(\d{1,2}))")


def zone_named(text: str) -> tzinfo | None:
    """A zone by name, abbreviation or offset (`Europe/Paris`, `CET`, `+05:30`, `GMT-3`); None where there is none."""
    name = text.strip("() \t")
    offset = _OFFSET.fullmatch(name)
    if offset:
        return _of_offset(offset)
    minutes = ABBREVIATIONS.get(name.lower()) if len(name) < 6 else None
    if minutes is not None:
        return timezone(timedelta(minutes=minutes))
    known = _identifiers().get(name.lower())
    return zoneinfo.ZoneInfo(known) if known else None


def _of_offset(match: re.Match[str]) -> tzinfo | None:
    sign, hours, minutes, seconds, hour, minute, digits, alone = match.groups()
    if hours:
        shift = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    elif hour:
        shift = timedelta(hours=int(hour), minutes=int(minute))
    elif digits:
        shift = timedelta(hours=int(digits) // 100, minutes=int(digits) % 100)
    else:
        shift = timedelta(hours=int(alone))
    if shift >= timedelta(days=1):
        return None
    return timezone(-shift if sign == "-" else shift)


@lru_cache(maxsize=1)
def _identifiers() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}
