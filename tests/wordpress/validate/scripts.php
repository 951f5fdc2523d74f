<?php
/* Prints the scripts of WordPress' block library in the order in which they must run, as JSON.
 * Argument: the folder with wp-load.php. */
$root = rtrim($argv[1], '/') . '/wp-includes/';
foreach (['assets/script-loader-packages.min.php', 'assets/script-loader-packages.php'] as $name) {
	if (is_file($root . $name)) {
		$packages = require $root . $name;
		break;
	}
}
$needs = ['react' => [], 'react-dom' => ['react'], 'react-jsx-runtime' => ['react'], 'moment' => [], 'lodash' => [],
	'wp-polyfill' => [], 'regenerator-runtime' => []];
$files = [];
foreach (array_keys($needs) as $name) {
	$files[$name] = "js/dist/vendor/$name.min.js";
}
foreach ($packages as $file => $about) {
	$name = 'wp-' . preg_replace('/(\.min)?\.js$/', '', $file);
	$needs[$name] = array_map(fn($one) => is_array($one) ? $one['id'] : $one, $about['dependencies']);
	$files[$name] = "js/dist/$file";
}
$order = [];
function take(string $name): void {
	global $needs, $files, $order, $root;
	if (isset($order[$name]) || !isset($needs[$name])) {
		return;
	}
	$order[$name] = null;
	foreach ($needs[$name] as $other) {
		take($other);
	}
	unset($order[$name]);
	$found = array_filter([$files[$name], str_replace('.min.js', '.js', $files[$name])], fn($file) => is_file($root . $file));
	$order[$name] = $found ? realpath($root . reset($found)) : null;
}
take('wp-polyfill');
take('wp-block-library');
echo json_encode(array_values(array_filter($order)), JSON_UNESCAPED_SLASHES);
