#!/bin/sh
# Makes a DokuWiki in the folder "sites/wiki.localhost" here, from Debian's packages, and fetches
# php-cgi for it; does nothing if it is there. DokuWiki is under the GPL. Needs apt-get and dpkg, root
# is not needed. The administrator is "admin" with the password "password": change it before others
# can reach the wiki.
#
#   examples/dokuwiki/setup.sh
set -eu
cd "$(dirname "$0")"
site=sites/wiki.localhost

fail() { echo "setup.sh: $1" >&2; exit 1; }

../php/fetch.sh
[ -d "$site" ] && exit 0
for tool in apt-get dpkg; do
    command -v "$tool" >/dev/null || fail "$tool is missing: this example is made of Debian's packages"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
    cd "$work"
    apt-get download -q dokuwiki php-geshi libphp-simplepie php-phpseclib php-random-compat \
        libjs-jquery libjs-jquery-cookie libjs-jquery-ui >log 2>&1
) || fail "the packages cannot be fetched (run 'apt-get update' first): $(tail -n 1 "$work/log")"
for package in "$work"/*.deb; do
    dpkg -x "$package" "$work/tree"
done

# Debian spreads the program over the file system; a site has its documents and its data.
new=$work/site
mkdir -p "$new/data/share" "$new/tmp" "$new/logs"
tree=$work/tree
rm "$tree/usr/share/dokuwiki/.htaccess" "$tree/usr/share/dokuwiki/lib/plugins" \
    "$tree/usr/share/dokuwiki/lib/tpl" "$tree/var/lib/dokuwiki/inc" \
    "$tree/etc/dokuwiki/acl.auth.php" "$tree/etc/dokuwiki/users.auth.php"
mv "$tree/usr/share/dokuwiki" "$new/public"
mv "$tree/var/lib/dokuwiki/lib/plugins" "$tree/var/lib/dokuwiki/lib/tpl" "$new/public/lib/"
mv "$tree/etc/dokuwiki" "$new/data/etc"
mv "$tree/var/lib/dokuwiki" "$new/data/var"
for part in php php-geshi javascript; do
    # Links between the packages become copies: none may lead out of the site.
    cp -RL "$tree/usr/share/$part" "$new/data/share/" 2>/dev/null || true
done
grep -rlE '/etc/dokuwiki|/var/lib/dokuwiki|/usr/share/(php|php-geshi|javascript)' \
    "$new/public" "$new/data" --include='*.php' --include='*.inc' | while read -r file; do
    # shellcheck disable=SC2016 # PHP's variable.
    sed -i -E 's#\$vendorDir \. ./usr#'"'"'/usr#;
        s#/etc/dokuwiki#/home/data/etc#g; s#/var/lib/dokuwiki#/home/data/var#g;
        s#/usr/share/(php-geshi|php|javascript)#/home/data/share/\1#g' "$file"
done
cat >"$new/data/etc/local.php" <<'PHP'
<?php
$conf['title'] = 'A wiki in a sandbox';
$conf['useacl'] = 1;
$conf['superuser'] = '@admin';
$conf['disableactions'] = 'register';
$conf['allowdebug'] = 0;
PHP
cp "$new/data/etc/acl.auth.php.dist" "$new/data/etc/acl.auth.php"
# The hash of "password", by DokuWiki's own salted MD5.
# shellcheck disable=SC2016 # A hash.
printf '%s\n' 'admin:$1$jetway00$5.wOV1mtQ6pn1G2Rg3gsQ0:Administrator:admin@example.org:admin,user' \
    >"$new/data/etc/users.auth.php"
mkdir -p sites
mv "$new" "$site"
echo "made examples/dokuwiki/$site"
