# shellcheck shell=sh
# Sourced: the hostile corpus as a site.

# hostile_volume FOLDER: what its guests with a volume find.
hostile_volume() {
    mkdir -p "$1/many"
    printf inside >"$1/file"
    printf outside >"$1/../secret"
    truncate -s 16G "$1/large"
    (cd "$1/many" && seq -f 'a-file-with-a-name-%g' 2000 | xargs touch)
    ln -s .. "$1/out"
    ln -s /etc "$1/etc"
    ln -s /proc/self/root "$1/proc"
    ln -s /dev/zero "$1/zero"
    ln -s self "$1/self"
    mkfifo "$1/fifo"
}

# hostile_site FOLDER VOLUME: the site "hostile" with a route for each guest of FOLDER.
hostile_site() {
    printf '[[site]]\nname = "hostile"\nhosts = ["hostile.test"]\n'
    awk -F ' [|] ' -v folder="$1" -v volume="$2" '
        /^#/ || !NF { next }
        {
            file = folder "/" $1 ".wasm"
            if ((getline line <file) < 0) file = folder "/" $1 ".wat"
            close(file)
            printf "[[site.route]]\npath = \"/%s\"\nmodule = \"%s\"\n", $1, file
            if ($4 != "-") printf "%s = { \"/data\" = \"%s\" }\n",
                $4 == "rw" ? "writable-volumes" : "volumes", volume
        }' "$1/expected.txt"
}
