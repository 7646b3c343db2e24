// Does one thing as often or as long as its arguments say; prints "ok" or what failed and errno.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))

WASI(fd_readdir) int w_fd_readdir(int, void *, uint32_t, uint64_t, uint32_t *);
WASI(fd_prestat_get) int w_fd_prestat_get(int, void *);
WASI(fd_prestat_dir_name) int w_fd_prestat_dir_name(int, void *, uint32_t);

static int result(const char *what, int error) {
    if (error) {
        printf("%s: %d\n", what, error);
    } else {
        puts("ok");
    }
    return 0;
}

static int open_many(int count) {
    for (int i = 0; i < count; i++) {
        if (open("/data/file", O_RDONLY) < 0) return result("open", errno);
    }
    return result("open", 0);
}

static int list(void) {
    static char buffer[65536];
    uint32_t used;
    return result("list", w_fd_readdir(3, buffer, sizeof buffer, 0, &used));
}

static int path(int length) {
    char *text = calloc(1, length + 1 + strlen("/data/"));
    strcpy(text, "/data/");
    // The path that the host sees leads from the volume on.
    memset(text + strlen(text), 'a', length);
    for (int i = strlen("/data/") + 1; i + 1 < (int) strlen(text); i += 2) text[i] = '/';
    int failed = access(text, F_OK);
    return result("path", failed && errno != ENOENT ? errno : 0);
}

static int preopens(void) {
    uint32_t stat[2];
    for (int fd = 3; w_fd_prestat_get(fd, stat) == 0; fd++) {
        char name[64] = {0};
        w_fd_prestat_dir_name(fd, name, stat[1]);
        puts(name);
    }
    return 0;
}

static int fill(int blocks) {
    static char block[4096];
    int fd = open("/tmp/filled", O_CREAT | O_WRONLY, 0666);
    if (fd < 0) return result("open", errno);
    for (int i = 0; i < blocks; i++) {
        ssize_t written = write(fd, block, sizeof block);
        if (written < 0) return result("fill", errno);
        if (written < (ssize_t) sizeof block) return puts("fill: in part") < 0;
    }
    return result("fill", 0);
}

static int names(int count) {
    for (int i = 0; i < count; i++) {
        char name[32];
        sprintf(name, "/tmp/dir%d", i);
        if (mkdir(name, 0777)) return result("names", errno);
    }
    return result("names", 0);
}

// Writes, cuts, renames and removes files of the same names as others do at the same time.
static int churn(const char *name, int count) {
    static char block[4096];
    char path[64], other[64];
    int refused = 0;
    sprintf(path, "/tmp/%s", name);
    sprintf(other, "/tmp/%s.other", name);
    for (int i = 0; i < count; i++) {
        int fd = open(path, O_CREAT | O_RDWR | (i % 3 ? O_APPEND : 0), 0666);
        if (fd < 0) continue;
        for (int b = 0; b < i % 7; b++) refused += write(fd, block, sizeof block) < 0;
        if (i % 5 == 1) refused += ftruncate(fd, i * 100) < 0;
        if (i % 4 == 0) rename(path, other);
        if (i % 4 == 1) unlink(other);
        if (i % 4 == 2) link(path, other);
        if (i % 4 == 3) unlink(path);
        refused += write(fd, block, 10) < 0;
        close(fd);
    }
    printf("churned, %d refused\n", refused);
    return 0;
}

int main(int argc, char **argv) {
    int count = argc > 2 ? atoi(argv[2]) : 0;
    if (argc < 2) return 2;
    if (!strcmp(argv[1], "open")) return open_many(count);
    if (!strcmp(argv[1], "list")) return list();
    if (!strcmp(argv[1], "path")) return path(count);
    if (!strcmp(argv[1], "preopens")) return preopens();
    if (!strcmp(argv[1], "fill")) return fill(count);
    if (!strcmp(argv[1], "names")) return names(count);
    if (!strcmp(argv[1], "churn") && argc > 3) return churn(argv[2], atoi(argv[3]));
    return 2;
}
