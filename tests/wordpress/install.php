<?php
// Install WordPress without a browser: php install.php wishes.json prints users and version as JSON.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING);
define('WP_INSTALLING', true);
$wish = json_decode(file_get_contents($argv[1]), true);
(new mysqli(null, 'root', '', null, 0, $wish['socket']))->query('CREATE DATABASE wp CHARACTER SET utf8mb4');
$url = parse_url($wish['url']);
$_SERVER['HTTP_HOST'] = $url['host'] . ':' . $url['port'];
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['PHP_SELF'] = '/index.php';
function wp_new_blog_notification() {}  // it would send mail
require $wish['root'] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
$pretty = fn() => '/%postname%/';  // or the installer would ask the server, which is not up yet
add_filter('pre_option_permalink_structure', $pretty);
wp_install($wish['title'], 'admin', 'admin@example.invalid', true, '', wp_slash($wish['password']));
remove_filter('pre_option_permalink_structure', $pretty);
$themes = array_keys(wp_get_themes());
if ($themes && !in_array(get_stylesheet(), $themes, true)) {
    switch_theme($themes[0]);
}
update_option('timezone_string', $wish['timezone']);
$GLOBALS['wp_rewrite']->set_permalink_structure($wish['permalinks']);
update_option('rewrite_rules', '');
foreach ([1, 2, 3] as $sample) {  // an empty site: without the post, page and draft that come with it
    wp_delete_post($sample, true);
}
$roles = ['admin' => 'administrator', 'editor' => 'editor', 'author' => 'author',
          'contributor' => 'contributor', 'subscriber' => 'subscriber'];
$users = [];
foreach ($roles as $login => $role) {
    $id = username_exists($login) ?: wp_insert_user(['user_login' => $login, 'user_pass' => $wish['password'],
        'user_email' => "$login@example.invalid", 'role' => $role, 'display_name' => ucfirst($login)]);
    [$users[$login]] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'migration']);
}
echo json_encode(['users' => $users, 'version' => $GLOBALS['wp_version']]);
