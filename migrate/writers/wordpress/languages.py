"""Several languages on one site: a line of links between translations, and scripts that tell plug-ins of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING

from migrate.mappers.language_names import name_of
from migrate.mappers.standing import SHOWN
from migrate.model.document import Document, Key
from migrate.model.reference import token

if TYPE_CHECKING:
    from migrate.writers.wordpress.layout import Layout

SCRIPT = "link-translations.php"
CLASS = "translations"


def label_of(code: str, layout: Layout) -> str:
    """What a language calls itself."""
    names = layout.mapping.languages.names.get(code)
    return (names.label if names else "") or name_of(code)


def with_language_line(text: str, document: Document, layout: Layout) -> str:
    """The blocks of a page with a line of links to its translations, where the mapping wants one."""
    where = layout.mapping.wordpress.languages.links
    if where == "none" or layout.mode == "polylang":
        return text
    line = language_line(document, layout)
    if not line:
        return text
    parts = (line, text) if where == "top" else (text.rstrip("\n"), line)
    return "\n\n".join(part for part in parts if part.strip())


def language_line(document: Document, layout: Layout) -> str:
    """A paragraph block with a link to each translation that visitors can see; "" where there is none."""
    group = layout.translations.get(document.translation_group, {})
    documents = {page.key: page for page in layout.site.documents if page.key in group.values()}
    links = []
    for language in layout.site.languages:
        key = group.get(language.code)
        if key is None or key == document.key or documents[key].standing not in SHOWN:
            continue
        code = escape(language.code)
        links.append(f'<a href="{token(key, "url")}" hreflang="{code}" lang="{code}">'
                     f"{escape(label_of(language.code, layout))}</a>")
    if not links:
        return ""
    return (f'<!-- wp:paragraph {{"className":"{CLASS}"}} -->\n<p class="{CLASS}">{" · ".join(links)}</p>\n'
            "<!-- /wp:paragraph -->")


def translations_script(layout: Layout, number_of: Callable[[Key], int | None]) -> str:
    """A script for `wp eval-file` that tells Polylang (free too) or WPML which posts are translations; "" where there
    are none. `number_of`: what WordPress numbered a document."""
    if not layout.translations:
        return ""
    groups = []
    for keys in layout.translations.values():
        numbers = {code: number for code, key in keys.items() if (number := number_of(key))}
        if len(numbers) > 1:
            groups.append(numbers)
    languages = _languages(layout, number_of)
    return _SCRIPT.replace("@GROUPS@", _literal(groups)).replace("@LANGUAGES@", _literal(languages))


def _languages(layout: Layout, number_of: Callable[[Key], int | None]) -> dict[str, list[int]]:
    """Language → numbers of all that is written in it."""
    found: dict[str, list[int]] = {}
    for document in layout.site.documents:
        number = number_of(document.key) if document.key in layout.statuses and document.language else None
        if number:
            found.setdefault(document.language, []).append(number)
    return found


def _literal(value: list[dict[str, int]] | Mapping[str, list[int]]) -> str:
    """Plain data as a PHP string that holds JSON: language codes come from file names."""
    return "'" + json.dumps(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


_SCRIPT = """<?php
/*
 * Tells Polylang (free or Pro) or WPML which posts and pages are translations of each other.
 *
 * Copy this file to the server and run it once, in the folder of WordPress:
 *     wp eval-file link-translations.php
 * Without WP-CLI: put it into wp-content/mu-plugins/, open any page of the site, and remove it.
 *
 * The languages must exist in the plug-in already, under the same codes. Run again, it changes nothing.
 */
$groups = json_decode( @GROUPS@, true );
$languages = json_decode( @LANGUAGES@, true );

$link_translations = function () use ( $groups, $languages ) {
	if ( function_exists( 'pll_set_post_language' ) ) {
		foreach ( $languages as $code => $posts ) {
			foreach ( $posts as $post ) {
				if ( pll_get_post_language( $post ) !== $code ) {
					pll_set_post_language( $post, $code );
				}
			}
		}
		foreach ( $groups as $group ) {
			pll_save_post_translations( $group );
		}
		return 'Groups of translations linked for Polylang: ' . count( $groups ) . '.';
	}
	if ( has_filter( 'wpml_element_trid' ) || defined( 'ICL_SITEPRESS_VERSION' ) ) {
		foreach ( $groups as $group ) {
			$first  = reset( $group );
			$source = key( $group );
			$type   = 'post_' . get_post_type( $first );
			$trid   = apply_filters( 'wpml_element_trid', null, $first, $type );
			foreach ( $group as $code => $post ) {
				do_action( 'wpml_set_element_language_details', array(
					'element_id'           => $post,
					'element_type'         => 'post_' . get_post_type( $post ),
					'trid'                 => $trid,
					'language_code'        => $code,
					'source_language_code' => $code === $source ? null : $source,
				) );
				$trid = $trid ?: apply_filters( 'wpml_element_trid', null, $first, $type ); // made by the first call
			}
		}
		return 'Groups of translations linked for WPML: ' . count( $groups ) . '.';
	}
	return 'Neither Polylang nor WPML is active: nothing was done.';
};

if ( defined( 'WP_CLI' ) && WP_CLI ) {
	WP_CLI::log( $link_translations() );
} else {
	add_action( 'wp_loaded', function () use ( $link_translations ) {
		error_log( $link_translations() );
	} );
}
"""
