<?php
// Commands for the WordPress in the folder named first, each with JSON on standard input and, as
// its answer, JSON on standard output. WordPress itself does all the work.
[, $root, $command] = $argv;
$given = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
$_SERVER['HTTP_HOST'] = parse_url($given['url'], PHP_URL_HOST);
$_SERVER['REQUEST_METHOD'] = 'GET';
if ($command === 'install') {
    define('WP_INSTALLING', true);
}
require $root . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
remove_action('init', 'wp_cron');

function posted(int $id): array
{
    $post = get_post($id);
    return [
        'id' => $id,
        'url' => get_permalink($id),
        'status' => $post->post_status,
        'published' => get_post_datetime($id)->format('c'),
        'modified' => get_post_datetime($id, 'modified')->format('c'),
    ];
}

function insert(array $post): array
{
    static $authors = [];
    $name = $post['author'];
    if (!isset($authors[$name])) {
        $login = sanitize_user(strtolower(str_replace(' ', '', $name)), true);
        $user = get_user_by('login', $login);
        $authors[$name] = $user ? $user->ID : wp_insert_user([
            'user_login' => $login, 'user_pass' => wp_generate_password(), 'role' => 'author',
            'display_name' => $name, 'user_email' => $login . '@site.example',
        ]);
    }
    $categories = array_map(fn($one) => wp_create_category($one), $post['categories'] ?? []);
    $id = wp_insert_post(wp_slash([
        'post_type' => $post['type'] ?? 'post', 'post_status' => $post['status'] ?? 'publish',
        'post_title' => $post['title'], 'post_name' => $post['slug'],
        'post_content' => $post['content'], 'post_author' => $authors[$name],
        'post_category' => $categories, 'tags_input' => $post['tags'] ?? [],
        'post_date' => (new DateTimeImmutable($post['date'], wp_timezone()))->format('Y-m-d H:i:s'), 'post_password' => $post['password'] ?? '',
        'comment_status' => $post['comments'] ?? 'closed',
    ]), true);
    if (is_wp_error($id)) {
        throw new RuntimeException($id->get_error_message());
    }
    foreach ($post['said'] ?? [] as $comment) {
        wp_insert_comment(['comment_post_ID' => $id, 'comment_author' => 'A reader',
            'comment_content' => $comment, 'comment_approved' => 1]);
    }
    if (isset($post['picture'])) {
        $file = wp_upload_bits($post['slug'] . '.png', null, base64_decode($post['picture']));
        $picture = wp_insert_attachment(['post_mime_type' => 'image/png', 'post_title' => 'Picture',
            'post_status' => 'inherit'], $file['file'], $id);
        wp_update_attachment_metadata($picture, wp_generate_attachment_metadata($picture, $file['file']));
        set_post_thumbnail($id, $picture);
    }
    return posted($id);
}

switch ($command) {
    case 'install':
        wp_install($given['title'], 'admin', 'admin@site.example', true, '', 'not-a-secret');
        $answer = ['version' => get_bloginfo('version')];
        break;
    case 'settle':
        update_option('timezone_string', 'Australia/Sydney');
        update_option('blogdescription', 'An invented journal');
        update_option('permalink_structure', '/%year%/%monthnum%/%day%/%postname%/');
        delete_option('rewrite_rules');  // made anew by the next request, with all plugins' rules
        wp_delete_post(1, true);
        wp_delete_post(2, true);
        $answer = ['themes' => array_keys(wp_get_themes())];
        break;
    case 'insert':
        $answer = array_map('insert', $given['posts']);
        break;
    case 'edit':
        wp_update_post(wp_slash(['ID' => $given['id']] + $given['changes']));
        $answer = posted($given['id']);
        break;
    case 'delete':
        wp_delete_post($given['id'], true);
        $answer = null;
        break;
    case 'look':
        $answer = posted($given['id']);
        break;
    case 'due':  // as if the time of a scheduled post had come: cron has yet to publish it
        $now = ['post_date' => current_time('mysql'), 'post_date_gmt' => current_time('mysql', true)];
        $wpdb->update($wpdb->posts, $now, ['ID' => $given['id']]);
        clean_post_cache($given['id']);
        wp_clear_scheduled_hook('publish_future_post', [$given['id']]);
        wp_schedule_single_event(time() - 1, 'publish_future_post', [$given['id']]);
        $answer = posted($given['id']);
        break;
    case 'theme':
        switch_theme($given['name']);
        $answer = wp_get_theme()->get('Version');
        break;
}
echo json_encode($answer, JSON_THROW_ON_ERROR);
