// Tries to leave its volume by links, renames and copies of links.
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include "say.h"

static int leads_out(const char *path) {
    char text[64];
    int fd = open(path, O_RDONLY);
    int size = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (fd >= 0) close(fd);
    return size > 0 && strncmp(text, "inside", 6) ? 1 : 0;
}

int main(void) {
    int out = 0;
    mkdir("/data/a", 0777);
    mkdir("/data/a/b", 0777);
    // What is harmless below a/b leads out from above.
    symlink("../../secret", "/data/a/b/link");
    out += leads_out("/data/a/b/link");
    rename("/data/a/b/link", "/data/a/link");
    out += leads_out("/data/a/link");
    rename("/data/a/b", "/data/b");
    out += leads_out("/data/b/link");
    link("/data/a/link", "/data/link");
    out += leads_out("/data/link");
    symlink("..", "/data/a/up");
    out += leads_out("/data/a/up/up/../secret");
    out += leads_out("/data/a/up/out/secret");
    symlink("/etc/passwd", "/data/a/absolute");
    out += leads_out("/data/a/absolute");
    rename("/data/out", "/data/a/out");
    out += leads_out("/data/a/out/secret");
    rename("/data/a/out", "/data/out");
    if (!rename("/data/out/secret", "/data/stolen")) out++;
    if (!rename("/data/a/up", "/data/../up")) out++;
    if (!link("/data/out/secret", "/data/stolen")) out++;
    if (!unlink("/data/out/secret")) out++;
    if (!mkdir("/data/out/made", 0777)) out++;
    answer("out", out);
}
