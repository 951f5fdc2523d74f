"""The kinds of findings about targets: the plan, what they show, WordPress."""

from __future__ import annotations

from types import MappingProxyType

from migrate.codes import ERROR, INFO, WARNING, Code

TARGET_CODES: MappingProxyType[str, Code] = MappingProxyType({
    # G40x: the Hugo project.
    "G403": Code(INFO, "“{name}” lies in static/: beside its page Hugo would not publish it, or not under this name",
                 "Nothing to do."),
    "G404": Code(INFO, "“{name}” now lies at {place} in its page's folder: Hugo takes its name for another file's",
                 "Nothing to do."),
    "G405": Code(WARNING, "the term “{name}” is left out: Hugo would give its list the address of another page",
                 "Give the term another name under taxonomies.rename in your mapping file."),
    "G406": Code(WARNING, "Hugo warns: {text}", "Look at what it names; a theme or a setting of yours may be the cause."),
    # G44x: plan and apply.
    "G440": Code(INFO, "“{why}” was edited on the target; its source has not changed, so it is left alone",
                 "Nothing to do. To have the migrated text back, run again with --force {why}."),
    "G441": Code(ERROR, "“{why}” exists already and was not made by this program; it is not overwritten",
                 "Move it out of the way and run again, or give it up with --force {why}."),
    "G442": Code(ERROR, "“{why}” was edited on the target and its source has changed too; the edit is kept",
                 "Look at the difference (--dry-run). Put your edit into the source, or give it up with --force {why}."),
    "G443": Code(ERROR, "“{why}” was made by an earlier run and is gone from the target; it is not made again",
                 "If it should come back, run again with --force {why}."),
    "G444": Code(ERROR, "it would be written to the same place as {why}, so only that one was",
                 "Give one of the two another folder name or slug in the source."),
    "G445": Code(ERROR, "its new place is still taken by {why}",
                 "If that one is gone from the source, run with --prune; else give one of the two another name."),
    "G446": Code(WARNING, "“{why}” was made by an earlier run and nothing in the source wants it any more",
                 "Run with --prune to remove it, or remove it yourself."),
    "G447": Code(WARNING, "“{why}” is gone from the source, but was edited on the target; it is not removed",
                 "Remove it yourself, or name it: --prune --force {why}."),
    "G448": Code(ERROR, "the target refused it: {why}", "Mend that and run the same command again: it goes on."),
    "G449": Code(ERROR, "the page could not be converted, by a mistake of this program ({why})",
                 "The other pages are not affected. Please report it, with this page if you may."),
    "G450": Code(WARNING, "--force {why} named nothing that is in conflict",
                 "Name a conflict by its key, its path on the target or its source path, as the report shows them."),
    "G451": Code(WARNING, "no page shows this module, and nothing is written for it by itself: its text is not carried over",
                 "Nothing to do where it is only put into other pages; else name it in its page's collection."),
    # G50x: what the target shows.
    "G500": Code(ERROR, "“{path}” was written, but the target does not show it (planned: {address})",
                 "Look whether something else has its place or its address, and whether a theme leaves it out."),
    "G501": Code(ERROR, "“{path}” is shown at {address} instead of {planned}",
                 "Look for `permalinks`, `url` or `slug` that were added to the project; old links lead to {planned}."),
    "G502": Code(ERROR, "it is published at {address} like {other}, so one of the two cannot be seen",
                 "Give one of the two another address in the source (slug) or in the project (url)."),
    "G503": Code(ERROR, "the target could not be built: {why}",
                 "Build it yourself to see all of it. What was migrated is in place."),
    # G60x: blocks of WordPress.
    "G600": Code(INFO, "{names}: no block can say this, so it is in a block of HTML",
                 "Nothing to do; in the editor it can be changed as HTML only."),
    "G601": Code(INFO, "its HTML was mended in {count} places: tags that were not closed, or closed nothing",
                 "Look at the page once."),
    "G602": Code(INFO, "a carousel is a gallery here; it slides with the style that the report offers",
                 "Put the style into your theme's additional CSS, or name a plug-in's block in the mapping."),
    "G603": Code(WARNING, "the picture “{name}” is shown as it is: WordPress cannot do {actions}",
                 "Edit the picture itself, if that matters."),
    "G604": Code(WARNING, "the block {name} could not be written: {why}",
                 "Give it a template in wordpress.blocks of your mapping file; a gallery stands there now."),
    "G605": Code(INFO, "its footnotes are a list at the end: this WordPress is older than 6.3, which knows them",
                 "Nothing to do."),
    # G62x, G63x: what a site becomes in WordPress.
    "G620": Code(WARNING, "its slug is “{new}” in WordPress, because {other} has “{slug}”",
                 "Give one of the two another slug in the source, if you want another one."),
    "G621": Code(WARNING, "its slug is “{new}”: WordPress keeps “{slug}” for itself", "Nothing to do."),
    "G622": Code(INFO, "the {kind} “{name}” has the slug “{slug}”: another one has the plain one",
                 "Name a slug for it in taxonomies.slugs, if you want another one."),
    "G623": Code(WARNING, "the term “{name}…” is longer than the 200 letters that WordPress takes, and was cut",
                 "Give it a shorter name in taxonomies.rename."),
    "G624": Code(WARNING, "WordPress takes no files like “{name}”; links lead to where you are to copy it",
                 "Copy the folder “files” in the state folder to {place}/ on the server. If WordPress does take them, "
                 "name the extension in wordpress.media.further."),
    "G625": Code(ERROR, "“{name}” cannot be read, so it was not carried over", "Mend that and run again."),
    "G626": Code(ERROR, "“{name}” is empty, and WordPress takes no empty files", "Put the right file in its place."),
    "G627": Code(INFO, "no user of the target is “{name}”, who wrote {count} pages; they belong to who runs the migration",
                 "Make that user first, or name one in wordpress.authors, and run again."),
    "G628": Code(WARNING, "pages of WordPress have no categories or tags; this one loses {names}",
                 "If it should be a post, say so in wordpress.kinds."),
    "G629": Code(WARNING, "WordPress has no field for the header key “{key}” (pages: {count})",
                 "If it means nothing to you, name it in frontmatter.drop, and it is not mentioned again."),
    "G630": Code(WARNING, "its date lies ahead: Grav shows it already, WordPress will from then on",
                 "Give it an earlier date in the source, if it is to be seen now."),
    "G631": Code(WARNING, "its unpublish_date has passed; WordPress knows no such date, so it is not published",
                 "Nothing to do, unless it should be seen."),
    "G632": Code(WARNING, "its picture “{name}” cannot be a featured image in WordPress",
                 "Name another one in the header, as a JPEG, PNG or WebP file."),
    "G633": Code(INFO, "the draft “{title}” ({slug}) stands for a folder without a page, so that the pages below it keep "
                       "their addresses", "Leave it a draft; visitors do not see it."),
    "G634": Code(WARNING, "the theme has no template “{name}”; pages get its usual one",
                 "Correct it in wordpress.kinds, or activate the theme and run again."),
    "G635": Code(WARNING, "its file “{name}” is called “{new}” in WordPress, which leaves such letters out",
                 "Nothing to do; texts use the new name."),
    "G636": Code(WARNING, "its file “{name}” has the same content as “{other}”, and is in WordPress under that name",
                 "Nothing to do: each content is there once, and texts lead to it."),
    "G637": Code(WARNING, "the menu{language} ({names}) is not made there: {why}",
                 "Make it by hand under Appearance → Menus (with a block theme: Appearance → Editor → Navigation), or run "
                 "once as an administrator."),
    "G638": Code(INFO, "the menu of {language} is there as “{title}”; WordPress shows one menu, that of the default "
                       "language", "Choose it in the editor for templates that this language has of its own."),
    "G639": Code(INFO, "the {what} of the whole site is not carried over: “{value}”{there}",
                 "Write title and description under Settings → General, if you want them; for other metadata there are "
                 "plug-ins."),
    "G640": Code(WARNING, "{user} may not write unfiltered HTML (no unfiltered_html), so WordPress takes out scripts, "
                          "iframes, forms, inline SVG, srcset and sizes, and event attributes",
                 "Run as an administrator, or as an editor of a single site (on a network only super administrators "
                 "may); else look at the pages that have such things."),
    "G641": Code(INFO, "{user} may not change settings, so the front page stays what it is",
                 "Choose it under Settings → Reading, or run once as an administrator."),
    "G642": Code(WARNING, "{names} may tell subscribers of everything that is published, so all pages come as drafts",
                 "Switch that off in the plug-in and run again with --status source, or publish by hand."),
    "G643": Code(INFO, "there is no published post that shows the form of permalinks; links are mended as soon as they "
                       "are known", "Nothing to do."),
    "G644": Code(INFO, "{name} is active, but its REST fields are not there, so languages come as on a plain site",
                 "Run link-translations.php in the state folder once, and the plug-in knows the translations."),
    "G645": Code(WARNING, "its clocks ({there}) differ from the source's ({here}): dates are the same moments, and are "
                          "shown as another hour or day",
                 "Set the time zone under Settings → General before the run: addresses may have the date in them."),
    "G646": Code(WARNING, "the text leads to “{url}”: {problem}",
                 "Correct the address in the source and run again, or in WordPress."),
    # G65x: what WordPress made of what was sent.
    "G650": Code(WARNING, "WordPress gave it the slug “{why}” instead of the one that was asked for",
                 "Something else has that slug: a file in the media library, or a word that WordPress keeps for itself. "
                 "Links lead to the new address."),
    "G651": Code(WARNING, "WordPress keeps another {why} than was sent",
                 "Compare it with the source: the user's role may not write all HTML, or a plug-in changes what is saved."),
    "G652": Code(INFO, "WordPress has a term of this name under the slug “{why}”, which is used", "Nothing to do."),
})
