#!/bin/sh
# Makes a site with Blosxom, a blog as one Perl CGI program, in the folder "sites/blosxom.localhost" here, from
# Debian's packages, and makes Perl for it; does nothing if it is there.
# Blosxom is under the MIT licence, CGI.pm under the Artistic. Needs apt-get and dpkg (and npm for Perl), root is not needed.
#
#   examples/blosxom/setup.sh
set -eu
cd "$(dirname "$0")"
site=sites/blosxom.localhost

fail() { echo "setup.sh: $1" >&2; exit 1; }

../perl/fetch.sh
[ -d "$site" ] && exit 0
for tool in apt-get dpkg; do
    command -v "$tool" >/dev/null || fail "$tool is missing: this example is made of Debian's packages"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q blosxom libcgi-pm-perl >log 2>&1) ||
    fail "the packages cannot be fetched (run 'apt-get update' first): $(tail -n 1 "$work/log")"
for package in "$work"/*.deb; do
    dpkg -x "$package" "$work/tree"
done

new=$work/site
mkdir -p "$new/cgi-bin" "$new/public" "$new/data/entries/travel" "$new/data/state" "$new/data/plugins"
cp "$work/tree/usr/lib/cgi-bin/blosxom" "$new/cgi-bin/blosxom.cgi"
cp -R ../awstats/stand-ins "$new/data/perl"
cp -R "$work/tree/usr/share/perl5/." "$new/data/perl/"
sed -E 's#^(.)datadir = .*#\1datadir = "/home/data/entries";#; s#^(.)plugin_dir = .*#\1plugin_dir = "/home/data/plugins";#;
    s#^(.)plugin_state_dir = .*#\1plugin_state_dir = "/home/data/state";#; s#^(.)static_dir = .*#\1static_dir = "/home/data/static";#' \
    "$work/tree/etc/blosxom/blosxom.conf" >"$new/data/blosxom.conf"
printf 'Hello\n\n<p>The first entry.</p>\n' >"$new/data/entries/hello.txt"
printf 'Far away\n\n<p>An entry in a category.</p>\n' >"$new/data/entries/travel/far.txt"
mkdir -p sites
mv "$new" "$site"
echo "made examples/blosxom/$site"
