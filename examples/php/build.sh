#!/bin/sh
# Builds php-cgi as a WebAssembly module (16 MB) from Debian 12's source package of PHP 8.2, with OPcache, zlib and
# iconv, which fetch.sh's has not; does nothing if it is there and newer than what it is made of. It takes 5 to 15
# minutes on 2 cores and 1 GB of disk. PHP is under the PHP licence 3.01.
#
#   apt-get install --no-install-recommends clang-19 lld-19 llvm-19 libclang-rt-19-dev-wasm32 gcc libc6-dev make \
#       autoconf automake libtool bison re2c tcl pkg-config patch dpkg-dev npm
#   examples/php/build.sh [FOLDER]
#
# With a FOLDER it works there, goes on where it stopped, and leaves it; else in a temporary one. It need not be
# root and changes nothing else of the machine: sources and the newer wasi-libc of backports come by an apt
# configuration of its own. PHP=VERSION takes another version of Debian's package, a newer one of its security
# archive for example; apt verifies its signature either way.
set -eu
cd "$(dirname "$0")"
here=$(pwd)
known_php=8.2.32-1~deb12u1
php=${PHP:-$known_php}
module=php-cgi-${php%%-*}.wasm
# Packages: name, version, digest of the source's description or of the package itself.
packages="php8.2 $php 2dd58aea6324c0d6bd3da32bb1b6e2c10a9cf201c2587a7f6dd1acff7cef52fe
libxml2 2.9.14+dfsg-1.3~deb12u6 d86ce3efb1b75d2781f72f5cdd187474c148a915d610295c85162681bb070a65
libonig 6.9.8-1 5f834eab1fb4cce8ba8869c64b52358615daa726235eb106e1cd0c4051fafe4c
zlib 1:1.2.13.dfsg-1 3fa1e6b2fc525062aa88207dda52fed8e045373c809d362fe8a2bfbf7cf515a8
sqlite3 3.40.1-2+deb12u2 ee3459ae9d00939741c7708fc1b8ce1bde12d8c3fb1dfa005bbbc8651d884e23"
wasi_libc=0.0~git20240708.3f43ea9-2~bpo12+1
wasi_libc_digest=ab95a83896093f1f640f9954a5a64ef8e9635332e56fdbb3ed396aed13fe627f
binaryen=132.0.0
binaryen_digest=6543555fb29bb92548f325c7dc18e9ab7dbb1215edda25993d1e3f71d85b8618

fail() { echo "build.sh: $1" >&2; exit 1; }
right() { echo "$2  $1" | sha256sum --check --status 2>/dev/null; }

[ ! -f "$module" ] || [ -n "$(find build.sh posix -newer "$module")" ] || exit 0

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f $keyring ] || fail "this is no Debian: there is no $keyring"
missing=
for tool in clang-19 wasm-ld-19:lld-19 llvm-ar-19:llvm-19 gcc make autoconf automake libtoolize:libtool bison re2c \
    tclsh:tcl pkg-config patch dpkg-source:dpkg-dev npm; do
    command -v "${tool%:*}" >/dev/null || missing="$missing ${tool#*:}"
done
[ -f /usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a ] ||
    missing="$missing libclang-rt-19-dev-wasm32"
[ -z "$missing" ] || fail "missing: apt-get install --no-install-recommends$missing"

if [ $# -gt 0 ]; then
    mkdir -p "$1"
    work=$(cd "$1" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work/done" "$work/log" "$work/include/sys" "$work/lib" "$work/bin"
chmod 755 "$work"

# step NAME FUNCTION: once, with its output in a log.
step() {
    [ ! -e "$work/done/$1" ] || return 0
    echo "$(date +%T) $1"
    # Not "if ! …": that would switch -e off in the function.
    (set -e && cd "$work" && "$2") >"$work/log/$1" 2>&1 &
    wait $! || fail "$1 failed: $(tail -n 5 "$work/log/$1")"
    touch "$work/done/$1"
}

# apt COMMAND ARGUMENT…: apt-get or another one, over our own sources.
apt() {
    command=$1
    shift
    "$command" -q -o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User=root "$@"
}

# versions NAME: those of a source package that there are.
versions() { apt apt-cache showsrc "$1" | sed -n 's/^Version: //p' | sort -u | paste -sd ' '; }

fetch() {
    mkdir -p apt/lists/partial apt/cache/archives/partial
    # shellcheck disable=SC2016 # apt's own variables
    apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' | sort -u >apt/archives
    mirror=$(sed -n 's/ bookworm$//p' apt/archives | head -n 1)
    [ -n "$mirror" ] || { echo "this is no Debian 12"; return 1; }
    {
        echo "deb [signed-by=$keyring] $mirror bookworm-backports main"
        echo "deb-src [signed-by=$keyring] $mirror bookworm main"
        sed -n "s|^\(.*\) bookworm-security\$|deb-src [signed-by=$keyring] \1 bookworm-security main|p" apt/archives
    } >apt/sources.list
    apt apt-get update
    apt apt-get download "wasi-libc=$wasi_libc"
    right "wasi-libc_${wasi_libc}_all.deb" $wasi_libc_digest || { echo "wasi-libc's digest differs"; return 1; }
    dpkg -x "wasi-libc_${wasi_libc}_all.deb" system
    echo "$packages" | while read -r name version digest; do
        rm -rf "$name" "$name"_*
        apt apt-get source --download-only "$name=$version" ||
            { echo "cannot fetch the source of $name $version; Debian lists $(versions "$name")"; exit 1; }
        description=$(echo "$name"_*.dsc)
        if [ "$name $version" != "php8.2 $php" ] || [ "$php" = "$known_php" ]; then
            right "$description" "$digest" || { echo "$description: its digest differs"; exit 1; }
        fi
        dpkg-source --extract "$description" "$name"
    done
    patch -d php8.2 -p1 <"$here/posix/php.patch"
    npm pack --silent "binaryen@$binaryen"
    right "binaryen-$binaryen.tgz" $binaryen_digest || { echo "binaryen's digest differs"; return 1; }
    tar -xzf "binaryen-$binaryen.tgz"
}

# ---- The compiler. Optimised for speed; setjmp and longjmp are exceptions. ----

target="clang-19 --target=wasm32-wasi --sysroot=$work/system/usr"
optimise="-O2 -mbulk-memory -mnontrapping-fptoint -ffile-prefix-map=$work=. -w"
emulate="-D_GNU_SOURCE -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_GETPID -D_WASI_EMULATED_MMAN"
headers="-I$work/include -I$here/posix"
wrap="-Wl,--wrap=open,--wrap=close,--wrap=stat,--wrap=lstat,--wrap=fstat,--wrap=chmod,--wrap=fchmod"
link="-L$work/lib $wrap -Wl,--stack-first,-z,stack-size=4194304"
libraries="-lposix -lwasi-emulated-signal -lwasi-emulated-process-clocks -lwasi-emulated-getpid -lsetjmp"
export CC="$target" AR=llvm-ar-19 RANLIB=llvm-ranlib-19 NM=llvm-nm-19
# clang would run a wasm-opt that it finds on the machine: another module, and one whose preg_* is slower.
ln -sf /bin/true "$work/bin/wasm-opt"
export PATH="$work/bin:$PATH"
export PKG_CONFIG_LIBDIR="$work/lib/pkgconfig" SOURCE_DATE_EPOCH=1700000000

# What wasi-libc has no header for is in posix.h.
posix() {
    for header in netdb pwd grp syslog ucontext sys/wait sys/ipc; do
        echo '#include "posix.h"' >"include/$header.h"
    done
    # shellcheck disable=SC2086 # options are words
    $target $optimise $emulate $headers -c "$here/posix/posix.c" -o posix.o
    llvm-ar-19 rc lib/libposix.a posix.o
}

# Runs the test of its memory, with as much as it asks for and with 48 MiB.
memory() {
    cat >memory-test.mjs <<'JS'
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
const module = await WebAssembly.compile(await readFile('memory-test.wasm'));
const wasi = new WASI({ version: 'preview1', returnOnExit: true });
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
JS
    for most in 4294967296 50331648; do
        # shellcheck disable=SC2086 # options are words
        $target $optimise $emulate $headers $link "-Wl,--max-memory=$most" "$here/posix/memory-test.c" $libraries \
            -o memory-test.wasm
        node --no-warnings memory-test.mjs
    done
}

zlib() {
    cd zlib
    CHOST=wasm32 CFLAGS="$optimise" ./configure --static --prefix="$work"
    make -j2 libz.a
    make install
}

onig() {
    cd libonig
    autoreconf -fi
    ./configure --host=wasm32-wasi --disable-shared --prefix="$work" CFLAGS="$optimise"
    make -C src -j2 install
    make install-pkgconfigDATA
}

# Its variables for debugging would make each start look at its environment.
xml() {
    cd libxml2
    sed -i 's/getenv("XML_MEM_[A-Z]*")/NULL/' xmlmemory.c
    autoreconf -fi
    ./configure --host=wasm32-wasi --disable-shared --prefix="$work" CFLAGS="$optimise" --without-threads \
        --without-python --without-lzma --without-zlib --without-http --without-ftp --without-iconv \
        --without-modules --without-debug --without-catalog --without-history --without-readline
    make -j2 libxml2.la
    make install-libLTLIBRARIES install-data
}

# Locks by a folder beside the data base, as there are no others.
sqlite() {
    cd sqlite3
    CC=gcc ./configure --disable-tcl --disable-readline
    make sqlite3.c
    # shellcheck disable=SC2086 # options are words
    $target $optimise $emulate $headers -include "$here/posix/posix.h" -c sqlite3.c -o wasm.o \
        -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_WAL -DSQLITE_OMIT_SHARED_CACHE \
        -DSQLITE_MAX_MMAP_SIZE=0 -DSQLITE_ENABLE_LOCKING_STYLE=0 '-DSQLITE_DEFAULT_UNIX_VFS="unix-dotfile"' \
        -DHAVE_USLEEP=1 -DSQLITE_TEMP_STORE=2 -DSQLITE_USE_URI=1 -DSQLITE_SOUNDEX=1 -DSQLITE_ENABLE_FTS3 \
        -DSQLITE_ENABLE_FTS3_PARENTHESIS -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE \
        -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ENABLE_MATH_FUNCTIONS
    llvm-ar-19 rc "$work/lib/libsqlite3.a" wasm.o
    cp sqlite3.h "$work/include/"
    printf 'Name: SQLite\nDescription: SQLite\nVersion: 3.40.1\nLibs: -L%s/lib -lsqlite3\n' "$work" \
        >"$work/lib/pkgconfig/sqlite3.pc"
}

# posix.h declares what configure's tests declare in their own way: it comes in with make only.
configure() {
    cd php8.2
    ./buildconf --force
    ./configure --host=wasm32-unknown-wasi --prefix=/usr --disable-all --enable-cgi --disable-cli --disable-phpdbg \
        --disable-fiber-asm --disable-zend-signals --without-pcre-jit --enable-opcache --disable-opcache-jit \
        --disable-huge-code-pages --enable-session --enable-ctype --enable-tokenizer --enable-filter \
        --enable-mbstring --with-zlib --with-libxml --enable-xml --enable-dom --enable-simplexml \
        --enable-xmlreader --enable-xmlwriter --enable-pdo --with-pdo-sqlite --with-sqlite3 --enable-fileinfo \
        --enable-posix --enable-bcmath --enable-calendar --enable-exif --with-iconv \
        CFLAGS="$optimise $emulate -fno-strict-aliasing -fvisibility=hidden -mllvm -wasm-enable-sjlj" \
        CPPFLAGS="$headers" LDFLAGS="$link" LIBS="$libraries" \
        ac_cv_func_fork=no ac_cv_func_mmap=no ax_cv_have_func_attribute_ifunc=no
    sed -i 's/^#define CONFIGURE_COMMAND .*/#define CONFIGURE_COMMAND "examples\/php\/build.sh"/' main/build-defs.h
}

compile() {
    cd php8.2
    # Without libtool, which gives the linker options that it does not have.
    # shellcheck disable=SC2016 # make's own variables
    make -j2 EXTRA_INCLUDES="-include $here/posix/posix.h" \
        BUILD_CGI='$(CC) -O2 '"$link"' $(PHP_GLOBAL_OBJS:.lo=.o) $(PHP_BINARY_OBJS:.lo=.o) $(PHP_FASTCGI_OBJS:.lo=.o) $(PHP_CGI_OBJS:.lo=.o) $(EXTRA_LDFLAGS) $(EXTRA_LIBS) -o $(SAPI_CGI_PATH)' \
        cgi
}

# clang 19 writes exceptions in their old form.
translate() {
    features=
    for feature in exception-handling reference-types bulk-memory sign-ext mutable-globals \
        nontrapping-float-to-int multivalue; do
        features="$features --enable-$feature"
    done
    # shellcheck disable=SC2086 # options are words
    node package/bin/wasm-opt $features --translate-to-exnref --strip-debug --strip-producers \
        php8.2/sapi/cgi/php-cgi -o php-cgi.wasm
}

begin=$(date +%s)
step fetch fetch
step posix posix
step memory memory
step zlib zlib
step onig onig
step xml xml
step sqlite sqlite
step configure configure
step compile compile
step translate translate
cp "$work/php-cgi.wasm" "$module.new"
mv "$module.new" "$module"
echo "built examples/php/$module in $((($(date +%s) - begin) / 60)) minutes"
