<?php
/* Reads texts as JSON, one a line; prints what WordPress makes of each. Argument: the folder with wp-load.php. */
define('ABSPATH', $argv[1] . '/');
define('WPINC', 'wp-includes');
function get_locale() { return 'en_US'; }
function mbstring_binary_safe_encoding() {}
function reset_mbstring_encoding() {}
function apply_filters($name, $value, ...$rest) {
	return $name === 'sanitize_title' ? sanitize_title_with_dashes($value, ...$rest) : $value;
}
require ABSPATH . WPINC . '/formatting.php';
while (($line = fgets(STDIN)) !== false) {
	echo json_encode(sanitize_title(json_decode($line))), "\n";
}
