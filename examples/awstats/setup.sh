#!/bin/sh
# Makes a site with AWStats, a Perl CGI program, in the folder "sites/stats.localhost" here, from Debian's
# packages, which reports on the access log that the server writes, and makes Perl for it; does nothing
# if it is there.
# AWStats is under the GPL. Needs apt-get and dpkg (and npm for Perl), root is not needed.
#
#   examples/awstats/setup.sh
set -eu
cd "$(dirname "$0")"
site=sites/stats.localhost

fail() { echo "setup.sh: $1" >&2; exit 1; }

../perl/fetch.sh
[ -d "$site" ] && exit 0
for tool in apt-get dpkg; do
    command -v "$tool" >/dev/null || fail "$tool is missing: this example is made of Debian's packages"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q awstats >log 2>&1) ||
    fail "the package cannot be fetched (run 'apt-get update' first): $(tail -n 1 "$work/log")"
dpkg -x "$work"/awstats_*.deb "$work/tree"

new=$work/site
mkdir -p "$new/cgi-bin" "$new/public" "$new/data/awstats" "$new/logs"
cp "$work/tree/usr/lib/cgi-bin/awstats.pl" "$new/cgi-bin/"
for part in lib lang plugins; do
    cp -RL "$work/tree/usr/share/awstats/$part" "$new/cgi-bin/$part"
done
cp -RL "$work/tree/usr/share/awstats/icon" "$new/public/awstats-icon"
cp -R stand-ins "$new/data/perl"
sed -E "s#^LogFile=.*#LogFile=\"/home/logs/access.log\"#; s#^SiteDomain=.*#SiteDomain=\"stats.localhost\"#;
    s#^DNSLookup=.*#DNSLookup=0#; s#^DirData=.*#DirData=\"/home/data/awstats\"#;
    s#^LogFormat *=.*#LogFormat=1#; /^Include/d; s#^AllowToUpdateStatsFromBrowser=.*#AllowToUpdateStatsFromBrowser=1#;
    s#^DirLang=.*#DirLang=\"/home/cgi-bin/lang\"#" \
    "$work/tree/etc/awstats/awstats.conf" >"$new/cgi-bin/awstats.site.conf"
# The log that the server writes, with some visits of today before the first one.
day=$(LC_ALL=C date -u +%d/%b/%Y)
i=0
while [ "$i" -lt 500 ]; do
    echo "192.0.2.$((i % 200 + 1)) - - [$day:00:00:$((i / 10 + 10)) +0000] \"GET /page$((i % 20)).html HTTP/1.1\" 200 $((i * 7 + 100)) \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\""
    i=$((i + 1))
done >"$new/logs/access.log"
mkdir -p sites
mv "$new" "$site"
echo "made examples/awstats/$site"
