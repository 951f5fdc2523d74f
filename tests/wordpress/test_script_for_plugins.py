"""`link-translations.php`, run inside a real WordPress beside stand-ins for Polylang and WPML.

The stand-ins have the functions and hooks that the plug-ins document, and keep what they are told.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrate.model.document import Key
from migrate.writers.wordpress.languages import SCRIPT, translations_script
from tests.mappers.sites import page
from tests.wordpress.layouts import DAY, KAZAKH, laid
from tests.wordpress.server import Site

pytestmark = pytest.mark.wordpress

POLYLANG = """
$GLOBALS['told'] = ['languages' => [], 'groups' => [], 'calls' => 0];
function pll_get_post_language($post) { return $GLOBALS['told']['languages'][$post] ?? false; }
function pll_set_post_language($post, $code) {
    $GLOBALS['told']['languages'][$post] = $code;
    $GLOBALS['told']['calls']++;
}
function pll_save_post_translations($group) { $GLOBALS['told']['groups'][] = $group; }
"""

WPML = """
$GLOBALS['told'] = [];
add_filter('wpml_element_trid', fn($trid, $post, $type) => $GLOBALS['told'][$post]['trid'] ?? null, 10, 3);
add_action('wpml_set_element_language_details', function ($said) {
    $trid = $said['trid'] ?: 100 + count($GLOBALS['told']);
    $GLOBALS['told'][$said['element_id']] = [
        'trid' => $trid, 'type' => $said['element_type'], 'code' => $said['language_code'], 'from' => $said['source_language_code'],
    ];
});
"""


@pytest.fixture
def script(empty_site: Site, tmp_path: Path) -> tuple[Path, dict[str, int]]:
    """The script for two posts that are translations of each other, and their numbers by language."""
    numbers = {code: int(empty_site.run(f"echo wp_insert_post(['post_title' => '{code}', 'post_status' => 'publish']);"))
               for code in ("kk", "en")}
    layout = laid(*(page("01.tea", language=code, dates=DAY) for code in numbers), languages=KAZAKH)
    number_of = {Key(f"document:/tea@{code}"): number for code, number in numbers.items()}.get
    file = tmp_path / SCRIPT
    file.write_text(translations_script(layout, number_of), encoding="utf-8")
    return file, numbers


def told_by(site: Site, file: Path, times: int = 1) -> tuple[Any, str]:
    """What the plug-in knows after so many runs, and what the script says, as `wp eval-file` runs it."""
    logged = "define('WP_CLI', true); class WP_CLI { static function log($line) { $GLOBALS['said'] = $line; } }"
    runs = f"require '{file}';" * times
    return tuple(json.loads(site.run(f"{logged} {runs} echo json_encode([$GLOBALS['told'] ?? null, $GLOBALS['said']]);")))


def test_polylang_learns_languages_and_groups_once(empty_site: Site, script: tuple[Path, dict[str, int]]) -> None:
    file, numbers = script
    empty_site.plugin("polylang", POLYLANG)
    told, said = told_by(empty_site, file, times=2)
    assert told["languages"] == {str(number): code for code, number in numbers.items()}
    assert told["groups"] == [numbers, numbers] and told["calls"] == 2
    assert said == "Groups of translations linked for Polylang: 1."


def test_wpml_gets_one_group(empty_site: Site, script: tuple[Path, dict[str, int]]) -> None:
    file, numbers = script
    empty_site.plugin("wpml", WPML)
    told, said = told_by(empty_site, file, times=2)
    first, second = told[str(numbers["kk"])], told[str(numbers["en"])]
    assert first["trid"] == second["trid"]
    assert (first["code"], first["from"], second["code"], second["from"]) == ("kk", None, "en", "kk")
    assert first["type"] == "post_post"
    assert said == "Groups of translations linked for WPML: 1."


def test_without_a_plugin_it_says_so(empty_site: Site, script: tuple[Path, dict[str, int]]) -> None:
    told, said = told_by(empty_site, script[0])
    assert told is None and said.startswith("Neither Polylang nor WPML is active")


def test_without_wp_cli_it_runs_when_wordpress_has_loaded(empty_site: Site, script: tuple[Path, dict[str, int]]) -> None:
    empty_site.plugin("polylang", POLYLANG)
    empty_site.plugin("zz-link-translations", script[0].read_text(encoding="utf-8").removeprefix("<?php"))
    told = json.loads(empty_site.run("echo json_encode($GLOBALS['told']['groups']);"))
    assert told == [script[1]]
