"""The kinds of findings about the source, its content and the mapping; those about targets are in target_codes.

Codes are never used again for something else. G1xx source · G2xx content · G3xx mapping · G4xx target ·
G5xx verification · G6xx WordPress. Severity: `info` nothing a reader of the page would notice · `warning` something
looks or works differently · `error` something did not come over.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Severity(StrEnum):
    """How much a reader of the page would notice."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 info, 1 warning, 2 error: for comparing."""
        return ("info", "warning", "error").index(self.value)


class Code(NamedTuple):
    """A kind of finding: its usual severity, the message with its fields in braces, and the advice."""

    severity: Severity
    message: str
    advice: str


INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

SOURCE_CODES: MappingProxyType[str, Code] = MappingProxyType({
    # G10x: front matter.
    "G101": Code(WARNING, "the file is not UTF-8; it was read as {encoding}",
                 "Look at its accents, then save it as UTF-8."),
    "G102": Code(INFO, "{count} control characters, which no page can show, were left out", "Nothing to do."),
    "G103": Code(WARNING, "the front matter is broken ({why}), so Grav shows an error page; it was read key by key",
                 "Look at this page's title, date and terms, and mend the front matter."),
    "G104": Code(ERROR, "this part of the front matter could not be read: {text}", "Mend it and run again."),
    "G105": Code(WARNING, "the key “{key}” is there twice; the first counts, as in Grav, and this does not: {text}",
                 "Remove one of the two."),
    "G106": Code(WARNING, "the value of “{key}” is broken; it was read as: {text}", "Mend it, run again."),
    "G107": Code(WARNING, "Grav reads over this text in the front matter: {text}", "Put the whole value in quotes."),
    "G108": Code(WARNING, "the front matter is empty or not closed; Grav shows it as text, and so does the new page",
                 "Remove the dashes, or close the block with a line of three dashes."),
    "G109": Code(WARNING, "the front matter holds no keys, so the page has no title",
                 "Write it as `key: value` lines."),
    # Dates.
    "G110": Code(WARNING, "{key}: “{value}” is no date that PHP can read, so the page has none from there (Grav took "
                          "the file's own time)",
                 "Write it as '2019-07-22 10:00', or name its form in pages.dateformat.default."),
    "G111": Code(WARNING, "{key}: “{value}” is read as the year {year}, which is hardly meant",
                 "Write the year with four digits, the year first."),
    "G112": Code(WARNING, "{key} is written without quotes, which Grav misreads; it was taken as the date that it says",
                 "Nothing to do, unless the file's own time, which Grav shows, was wanted."),
    "G113": Code(WARNING, "{key}: “{value}” is a year only (a time of day for Grav); 1 January was taken",
                 "Write the whole date."),
    "G114": Code(WARNING, "{key}: “{value}” depends on the day on which it is read", "Write the whole date."),
    "G115": Code(INFO, "{key}: “{value}” has a year of two digits and is read as {date}, as Grav did",
                 "If another order was meant, write the year with four digits."),
    "G116": Code(INFO, "{key}: “{value}” is read month first, as {date}; PHP reads slashes so, and so did Grav",
                 "If the day stands first, name the form in pages.dateformat.default (d/m/Y)."),
    "G117": Code(WARNING, "{key}: “{value}” names a day that the calendar does not have; {date} was taken, as in Grav",
                 "Write the right day."),
    "G118": Code(WARNING, "{key}: the weekday in “{value}” is not that of its date, so PHP goes on to {date}, as Grav did",
                 "Write the date without a weekday."),
    "G119": Code(INFO, "{key}: “{value}” is read by a format without a time of day; 00:00 was taken (Grav took the time "
                       "at which it read the page)", "Nothing to do."),
    # G12x: configuration.
    "G120": Code(WARNING, "this configuration file is not used: {why}", "Mend the file and run again."),
    "G121": Code(ERROR, "there is no environment “{name}” here (known: {known}); its settings are not used",
                 "Name one of the folders that hold a config folder of their own."),
    "G122": Code(INFO, "the configuration of the environment “{name}” is laid over the site's own",
                 "Set source.environment in your mapping file to choose another."),
    "G123": Code(WARNING, "several environments have configuration of their own ({names}); none of them is used",
                 "Set source.environment in your mapping file to the host that visitors use."),
    "G124": Code(INFO, "this file is not read, as Grav itself does not read it (some themes do)",
                 "If the old site's titles came from it, set languages.names.CODE.title in your mapping file."),
    "G125": Code(WARNING, "the setting “{key}” is not {wanted}, so Grav's default stands", "Mend the file and run again."),
    "G126": Code(WARNING, "there is no time zone “{name}”, so the site has none",
                 "Mend system.timezone, or name the zone with --timezone."),
    "G127": Code(WARNING, "{name}: {value} is written without quotes, which Grav misreads; taken as it is meant, it decides "
                          "otherwise than in Grav whether the page is published",
                 "Put quotes around it if it is meant so, or take it out."),
    "G128": Code(WARNING, "“{name}: {value}” is written without quotes, so Grav shows the number {number}; here it is the text",
                 "Put quotes around it."),
    "G129": Code(WARNING, "process.{engine}: a plug-in makes Markdown here in Grav's stead; its text is read as Grav's own "
                          "Markdown, so what only that plug-in knows stays as it is written",
                 "Look at a few pages; switch markdown.extra on if they use footnotes or the like."),
    # G1xx: the source. Filled by the reader; see docs/findings.md.
    "G130": Code(ERROR, "the symlink is not followed: {reason}", "Put the file or folder itself in its place."),
    "G131": Code(ERROR, "folders nested deeper than {depth} are not read", "Move what lies there further up."),
    "G132": Code(ERROR, "it cannot be read: {reason}", "Mend that and run again."),
    "G133": Code(INFO, "Grav ignores folders with “{separator}” in their name, so its pages were never shown",
                 "Rename the folder if its pages should come over."),
    "G134": Code(INFO, "Grav never shows this file: {reason}", "Rename it if it should come over."),
    "G135": Code(WARNING, "the folder holds several page files; {shown} is taken, this one is not",
                 "Remove one of them, or move it to a folder of its own."),
    "G136": Code(WARNING, "no languages are configured; the files' names show {languages} ({pages} files), {default} "
                          "first; Grav shows them only where it is told of them",
                 "Name them with languages.supported in system.yaml; an empty list if there are none."),
    "G137": Code(INFO, "nothing says whether the plug-in {plugin} was on; {pages} pages use it, so it counts as on",
                 "If it was off, put {plugin}: off under plugins in the mapping file."),
    "G138": Code(INFO, "the same page as {winner}, at the same address {route}: merged", "Nothing to do."),
    "G139": Code(WARNING, "{winner} has the same address {route} and is shown instead ({differences})",
                 "Give one of the two another slug, or remove it."),
    "G140": Code(WARNING, "“{name}” is no {wanted}; Grav itself fails on it", "Write {wanted} there."),
    "G141": Code(INFO, "“{name}: {value}” means yes, as any word does", "Write true or false."),
    "G142": Code(WARNING, "taxonomy is no map of types ({value}); Grav itself fails on it",
                 "Write “taxonomy: {{tag: [{value}]}}” or the like."),
    "G143": Code(INFO, "terms of “{kind}” are nested; they are taken as one list", "Write them as a plain list."),
    "G144": Code(WARNING, "“{value}” is no path that a page can have; it is not used", "Write a plain slug or route."),
    "G145": Code(WARNING, "the header holds Twig, which Grav runs and this program does not; it stays text",
                 "Write the result there."),
    "G146": Code(WARNING, "there is no page at {home}, the home of {language}", "Set home.alias in system.yaml."),
    "G147": Code(INFO, "its alias {alias} leads to {winner}, which claims it too", "Remove one of the two aliases."),
    "G148": Code(WARNING, "no collection of this page names its module {module}; Grav shows it only if the theme does",
                 "If it was shown, put “content: {{items: '@self.modular'}}” into the page."),
    "G149": Code(WARNING, "its module “{module}” is not published, so it is part of no page and was not carried over",
                 "Publish it in the source and run again, if it is wanted."),
    "G150": Code(INFO, "also shown in {languages}, which have no file of their own", "Nothing to do."),
    "G151": Code(WARNING, "no languages are configured, so Grav shows it at {path}; that address leads to {url} now",
                 "Name the languages in system.yaml, if that is wrong."),
    "G152": Code(WARNING, "no languages are configured, so files named for one ({languages}: {pages} files) are never shown "
                          "in Grav, and are not carried over",
                 "If they should come over, name the languages, the site's own one too, under source.languages in your "
                 "mapping file."),
    "G153": Code(WARNING, "a login is needed to see this page in Grav; the new site has none, so the page is not published",
                 "Protect its address on the server and publish it, or set pages.protected in your mapping file."),
    "G154": Code(INFO, "an empty term of “{kind}” is left out", "Remove it."),
    "G155": Code(WARNING, "shortcode-core: {{enabled: false}} made Grav show nothing of the page; its text is shown here",
                 "Write active: false, if only its shortcodes are to be off."),
    "G156": Code(WARNING, "no page is in this language, so there is nothing to do for it; the site has {known}",
                 "Name one of those, as its files do: item.en.md is en."),
    "G157": Code(WARNING, "no page matches, so there is nothing to do for it",
                 "Write it as the path under pages/, folder, route or address: --only '02.news/*'."),
    "G160": Code(INFO, "“{name}” is no kind of file that Grav serves; it is not carried over",
                 "Give it another extension, or add its own to media.yaml."),
    "G161": Code(INFO, "there is no {name} of plain density; this one takes its place", "Nothing to do."),
    "G162": Code(WARNING, "this configuration file is broken ({why}); it was read key by key", "Mend it and run again."),
    "G163": Code(ERROR, "this part of the configuration file could not be read, so it is not used: {text}",
                 "Mend it and run again."),
    # G200–G219: Markdown for Hugo.
    "G200": Code(WARNING, "lists and quotes stand more than {most} deep in each other; from here on their text is plain",
                 "Write them less deep."),
    "G201": Code(WARNING, "more asterisks or underscores mark emphasis here than are looked at; the rest are plain text",
                 "Take out those that mean nothing, or put a backslash before each."),
    "G206": Code(INFO, "{what} is written as HTML here, because Hugo's Markdown has no way to say it",
                 "Nothing to do; it looks as it did."),
    "G207": Code(WARNING, "from here on the page may look different from what Grav showed",
                 "Look at the page from this line on; write the paragraph there in simpler Markdown."),
    "G208": Code(WARNING, "the summary's end stands inside another block; Hugo cuts the summary by itself",
                 "Put the divider on a line of its own, outside of lists and HTML."),
    "G209": Code(INFO, "code has several blank lines in a row, of which Grav showed one; Hugo shows them all",
                 "Nothing to do."),
    "G210": Code(INFO, "a line that Grav showed without a paragraph around it is a paragraph now", "Nothing to do."),
    "G211": Code(WARNING, "“{{{{<” or “{{{{%” stands in a script or style; Hugo would take it for a shortcode, so it is "
                 "written as a character reference, which a script does not read", "Write it in two pieces."),
    "G212": Code(WARNING, "{tag} is opened and never closed; browsers take the rest of the page for a part of it",
                 "Close it, or write &lt; for < where it is meant as text."),
    "G213": Code(INFO, "the tag {tag} has no partner; browsers guess what is meant, and show nothing of the tag itself",
                 "Close it, take it out, or write &lt; for < where it is meant as text."),
    # G22x: links and pictures. G23x: Twig. G24x: shortcodes. G25x: pages inside pages.
    "G220": Code(INFO, "the link to “{url}” leads nowhere ({problem}), as it did before",
                 "Mend it in the source or after the migration; it was left as it is."),
    "G222": Code(INFO, "the picture “{url}” is missing ({problem}), as it was before",
                 "Put the file beside the page, or take the picture out; it was left as it is."),
    "G223": Code(WARNING, "“{name}” is played from its new address; the old one under /user/pages/ is gone",
                 "Nothing to do, unless other sites play the file from its old address."),
    "G224": Code(WARNING, "“{name}” was written as a picture but is no picture: Grav showed words only, now they link "
                          "to the file",
                 "If no link is wanted, write the words without the exclamation mark and address."),
    "G225": Code(WARNING, "the address “{url}” was found in spite of this: {problem}", "Nothing to do."),
    "G226": Code(INFO, "“{url}” in raw HTML now points to {goal}",
                 "Nothing to do: it would not have worked from the page's new place."),
    "G227": Code(WARNING, "Grav printed the link to “{url}” wrongly ({printed}); now it leads where its author meant",
                 "Nothing to do, unless the old way was wanted."),
    "G228": Code(WARNING, "Grav showed a thumbnail of “{name}” here, or an icon; the new page shows the file itself",
                 "Make a small picture and name that one instead."),
    "G229": Code(WARNING, "the link to “{url}” leads to the page without its parameters, which only Grav understood",
                 "Nothing to do, unless the page showed something else with them; that needs a page of its own."),
    "G230": Code(WARNING, "Twig that only the old site could work out stands in the text: {text}",
                 "Write what it printed in its place."),
    "G231": Code(WARNING, "a link's address is made by Twig: {text}", "Write the address in its place."),
    "G232": Code(WARNING, "{text} prints nothing: neither Twig nor Grav knows “{name}”, only a theme or plug-in could",
                 "Look at the old page; if something stood there, write it in its place."),
    "G233": Code(WARNING, "{text} was carried out before the Markdown around it was read, as its author meant it; Grav did "
                          "it afterwards, which tears lists and paragraphs apart", "Look at the page once."),
    "G234": Code(WARNING, "Grav printed {text} as garbage, because another tag follows at once; here it is carried out",
                 "Look at the page once."),
    "G235": Code(WARNING, "Grav read {text} as Markdown before it was carried out (never_cache_twig); here it was not",
                 "Look at the page once."),
    "G240": Code(WARNING, "[{name}]: {warning}", "Look at the page; a rule for it in your mapping file can do better."),
    "G241": Code(WARNING, "no rule says what becomes of the shortcode {text}",
                 "Add an entry “{name}” under shortcodes in your mapping file."),
    "G242": Code(WARNING, "the shortcode {text} has no value that its rule can read, so it stays as text",
                 "Check its attributes, or change the rule “{name}” in your mapping file."),
    "G243": Code(WARNING, "the section “{name}” was not part of the text: the old theme showed it elsewhere",
                 "Hugo: it is in the front matter under params.sections, for a layout to show. WordPress: put it where it belongs by hand."),
    "G244": Code(WARNING, "the tabs of [{name}] have other addresses than in Grav, whose depended on its resized pictures",
                 "Nothing to do, unless something links to a single tab."),
    "G245": Code(INFO, "what looks like the shortcode [{name}] is plain text, no plug-in that is on knows it",
                 "If it should do something, switch its plug-in on under source.plugins in your mapping file."),
    "G246": Code(WARNING, "[{name}] moved by itself or by the mouse; here its parts stand still beside each other",
                 "Look at the page; a rule for it in your mapping file can name a shortcode of your theme."),
    "G247": Code(WARNING, "[{name}] stands in an attribute, where Grav carried it out and tore the tag apart; here it is text",
                 "Take it out there."),
    "G248": Code(WARNING, "Grav showed no caption for “{text}”, because of its ampersand; the new page does",
                 "Nothing to do."),
    "G250": Code(INFO, "the text of “{goal}” is put in here, as the page-inject plug-in did",
                 "Nothing to do; later changes of that page will not show here."),
    "G251": Code(WARNING, "there is no page “{goal}” to put in here; Grav showed a link instead",
                 "Mend the address in the source."),
    "G253": Code(WARNING, "the page “{goal}” was put in through a template of the old theme; only its text is here",
                 "Look at the page once."),
    "G254": Code(WARNING, "“{goal}” has other Markdown, Twig or shortcode settings than this page, whose settings read it here",
                 "Look at the page once."),
    # G30x: front matter. G31x: terms. G32x: addresses. G33x: redirects.
    "G300": Code(WARNING, "no rule says what becomes of {keys}; the mapping drops such keys",
                 "Name them in frontmatter.rename, keep or drop, or set unknown.header: params."),
    "G301": Code(WARNING, "“{key}” is not carried over: “{target}” has a value already",
                 "Give one of the two another name in frontmatter.rename."),
    "G303": Code(WARNING, "the page has a form, and nothing on the new site receives it",
                 "Build the form anew with a form service, a plug-in or your theme."),
    "G304": Code(WARNING, "“{key}: {value}” cannot be read as a date",
                 "Correct it in the source, or name its format in dates.formats."),
    "G305": Code(INFO, "the picture “{name}”, which the header names, is not there",
                 "Add the file, or correct the header."),
    "G306": Code(WARNING, "texts in this module's header ({keys}), which the old theme could show, are not on the new page",
                 "Write them into the module's text, or build them into the new theme."),
    "G310": Code(INFO, "the taxonomy “{kind}” ({count} terms) is declared nowhere, so Grav makes no use of it, "
                       "and neither does the new site",
                 "Set taxonomies.types.{kind} to make it a taxonomy."),
    "G311": Code(WARNING, "“{name}” has no letter or digit to make an address of, so it is "
                          "no term on the new site", "Rename it in taxonomies.rename."),
    "G312": Code(INFO, "the taxonomy “{kind}” is called “{plural}”: the target uses that name itself",
                 "Choose another name in taxonomies.types."),
    "G313": Code(WARNING, "{others} and “{name}” ({plural}) would have one address, so they are one term now",
                 "Tell them apart in taxonomies.rename, if they are not the same."),
    "G314": Code(INFO, "the list of {plural} is at {address}: a page has the plain address",
                 "Nothing to do, unless your theme links to it by its address."),
    "G315": Code(WARNING, "the taxonomy “{kind}” ({count} terms) is dropped, as the mapping says", "Nothing to do."),
    "G320": Code(WARNING, "its address is {address}, because {wish} is also that of {other}",
                 "Give one of the two another slug in the source, or use addresses.overrides."),
    "G321": Code(WARNING, "its address {url} holds parts that no address may have; it is {address} now",
                 "Mind the old address if anybody uses it."),
    "G322": Code(WARNING, "Grav answered 404 at {url} (routable: false), so nobody sees the page on the new "
                          "site either; its text is kept there", "To show it all the same, set pages.unroutable: unlisted."),
    "G323": Code(WARNING, "Grav never showed this page, because {other} has the same address; it is at {address} now",
                 "Remove it, or give it a slug of its own."),
    "G325": Code(WARNING, "not carried over, as the mapping says: the page is {reason}",
                 "Change the policy in the section `pages` of the mapping."),
    "G326": Code(WARNING, "Grav answered 404 at {url} (routable: false); here the page can be seen by those who "
                          "know its address", "To keep it back, set pages.unroutable: hidden."),
    "G330": Code(WARNING, "the redirect {origin} → {goal} cannot be said without a regular expression",
                 "Add it to the settings of your web server."),
    "G331": Code(WARNING, "the redirect {origin} leads to {goal}, where nothing is",
                 "Remove it in the source, or correct where it leads."),
    "G332": Code(WARNING, "the redirect {origin} → {goal} runs in a circle, so it is left out",
                 "Remove it in the source, or correct where it leads."),
    "G333": Code(INFO, "its old path {path} is the address of {other}, which is shown there", "Nothing to do."),
})
