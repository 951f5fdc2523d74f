<?php
// What `php -S` asks first: files as they are, everything else to WordPress.
$folder = $_SERVER['DOCUMENT_ROOT'];
$base = getenv('WORDPRESS_BASE') ?: '';
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
$file = $folder . $path;
if (is_file($file) && substr($file, -4) !== '.php') {
    return false;
}
if (is_dir($file) && is_file(rtrim($file, '/') . '/index.php')) {
    $file = rtrim($file, '/') . '/index.php';
}
if (!is_file($file)) {
    $file = "$folder$base/index.php";
}
$_SERVER['SCRIPT_FILENAME'] = $file;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = substr($file, strlen($folder));
chdir(dirname($file));
require $file;
