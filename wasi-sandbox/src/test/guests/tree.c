// tree OPERATION|PATH|PATH ...: what each operation on absolute paths answers where volumes are mounted below a root. The same
// source is a program of Linux, whose answers stand in src/test/resources: mounts.txt.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char text[4096];

static const char *word(int result) {
    static char number[16];
    if (result >= 0) return "ok";
    switch (errno) {
    case EBUSY: return "BUSY";
    case EEXIST: return "EXIST";
    case EINVAL: return "INVAL";
    case EISDIR: return "ISDIR";
    case ENOENT: return "NOENT";
    case ENOTDIR: return "NOTDIR";
    case ENOTEMPTY: return "NOTEMPTY";
    case EPERM: return "PERM";
    case EROFS: return "ROFS";
    case EXDEV: return "XDEV";
#ifdef ENOTCAPABLE
    case ENOTCAPABLE: return "NOTCAPABLE";
#endif
    default: snprintf(number, sizeof number, "%d", errno); return number;
    }
}

static int read_from(int fd) {
    if (fd < 0) return fd;
    int count = read(fd, text, sizeof text - 1);
    text[count < 0 ? 0 : count] = 0;
    close(fd);
    return count;
}

static int open_close(const char *path, int flags) {
    int fd = open(path, flags, 0666);
    return fd < 0 ? fd : close(fd);
}

static int write_to(const char *path, int flags) {
    int fd = open(path, O_WRONLY | flags, 0666);
    if (fd < 0) return fd;
    int count = write(fd, "written", 7);
    close(fd);
    return count;
}

static int order(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }

static int list(const char *path) {
    DIR *dir = opendir(path);
    if (!dir) return -1;
    char *names[64];
    int count = 0;
    for (struct dirent *entry; count < 64 && (entry = readdir(dir));)
        names[count++] = strdup(entry->d_name);
    closedir(dir);
    qsort(names, count, sizeof *names, order);
    for (int i = 0; i < count; i++) strcat(strcat(text, i ? " " : ""), names[i]);
    return 0;
}

// Whether the entry of the folder above has the number of the folder above.
static int above(const char *path) {
    char up[1024];
    struct stat stats;
    snprintf(up, sizeof up, "%s/..", path);
    if (stat(up, &stats)) return -1;
    DIR *dir = opendir(path);
    if (!dir) return -1;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (!strcmp(entry->d_name, "..")) strcpy(text, entry->d_ino == stats.st_ino ? "same" : "other");
    closedir(dir);
    return 0;
}

static int look(const char *path, int links) {
    struct stat stats;
    int result = links ? stat(path, &stats) : lstat(path, &stats);
    if (!result) strcpy(text, S_ISDIR(stats.st_mode) ? "dir" : S_ISREG(stats.st_mode) ? "file" : "link");
    if (!result && links > 1) sprintf(text, "%d", (int)stats.st_nlink);
    return result;
}

static int same(const char *path, const char *other) {
    struct stat a, b;
    if (stat(path, &a) || stat(other, &b)) return -1;
    strcpy(text, a.st_ino == b.st_ino && a.st_dev == b.st_dev ? "same" : "other");
    return 0;
}

// Beneath an open folder.
static int beneath(const char *path, const char *name) {
    int dir = open(path, O_RDONLY | O_DIRECTORY);
    if (dir < 0) return dir;
    int result = read_from(openat(dir, name, O_RDONLY));
    close(dir);
    return result;
}

static int run(const char *op, const char *path, const char *other) {
    struct timespec times[2] = {{1, 0}, {1, 0}};
    if (!strcmp(op, "stat")) return look(path, 1);
    if (!strcmp(op, "lstat")) return look(path, 0);
    if (!strcmp(op, "links")) return look(path, 2);
    if (!strcmp(op, "same")) return same(path, other);
    if (!strcmp(op, "list")) return list(path);
    if (!strcmp(op, "above")) return above(path);
    if (!strcmp(op, "read")) return read_from(open(path, O_RDONLY));
    if (!strcmp(op, "beneath")) return beneath(path, other);
    if (!strcmp(op, "write")) return write_to(path, 0);
    if (!strcmp(op, "append")) return write_to(path, O_APPEND);
    if (!strcmp(op, "truncate")) return write_to(path, O_TRUNC);
    if (!strcmp(op, "create")) return write_to(path, O_CREAT);
    if (!strcmp(op, "exclusive")) return write_to(path, O_CREAT | O_EXCL);
    if (!strcmp(op, "maybe")) return open_close(path, O_RDONLY | O_CREAT);
    if (!strcmp(op, "folder")) return open_close(path, O_RDONLY | O_DIRECTORY);
    if (!strcmp(op, "mkdir")) return mkdir(path, 0777);
    if (!strcmp(op, "rmdir")) return rmdir(path);
    if (!strcmp(op, "unlink")) return unlink(path);
    if (!strcmp(op, "rename")) return rename(path, other);
    if (!strcmp(op, "link")) return link(path, other);
    if (!strcmp(op, "symlink")) return symlink(other, path);
    if (!strcmp(op, "touch")) return utimensat(AT_FDCWD, path, times, 0);
    if (!strcmp(op, "readlink")) return readlink(path, text, sizeof text - 1) < 0 ? -1 : 0;
    if (!strcmp(op, "chdir")) return chdir(path) ? -1 : read_from(open(other, O_RDONLY));
    return strcpy(text, "what?"), 0;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        char *path = strchr(argv[i], '|'), *other = NULL;
        printf("%s ", argv[i]);
        if (path) *path++ = 0;
        if (path) other = strchr(path, '|');
        if (other) *other++ = 0;
        memset(text, 0, sizeof text);
        const char *answer = word(run(argv[i], path, other));
        printf("%s%s%s\n", answer, *text ? " " : "", text);
    }
    return 0;
}
