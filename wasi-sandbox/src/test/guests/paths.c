// paths all FOLDER, or paths make FOLDER and then paths try FOLDER: what each operation says of each spelling of each kind of
// name. The same source is a program of Linux, whose answers stand in src/test/resources: paths.txt,
// and paths-read-only.txt for a file system that may only be read. Nothing in it leads above the
// folder that an operation begins in: there a guest is told EPERM, and Linux has no such end.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int here;
static const char *name;

// The answers.

static const char *word(int result) {
    static char number[16];
    if (result >= 0) return "ok";
    switch (errno) {
    case EACCES: return "ACCES";
    case EBADF: return "BADF";
    case EBUSY: return "BUSY";
    case EEXIST: return "EXIST";
    case EINVAL: return "INVAL";
    case EISDIR: return "ISDIR";
    case ELOOP: return "LOOP";
    case ENAMETOOLONG: return "LONG";
    case ENOENT: return "NOENT";
    case ENOTDIR: return "NOTDIR";
    case ENOTEMPTY: return "NOTEMPTY";
    case EPERM: return "PERM";
    case EROFS: return "ROFS";
    case EXDEV: return "XDEV";
    default: snprintf(number, sizeof number, "%d", errno); return number;
    }
}

// The operations.

static int opened(int flags) {
    int fd = openat(here, name, flags, 0644);
    return fd < 0 ? fd : close(fd);
}

static int open_read(void) { return opened(O_RDONLY); }
static int open_write(void) { return opened(O_RDWR); }
static int open_truncate(void) { return opened(O_WRONLY | O_TRUNC); }
static int open_directory(void) { return opened(O_RDONLY | O_DIRECTORY); }
static int open_nofollow(void) { return opened(O_RDONLY | O_NOFOLLOW); }
static int open_create(void) { return opened(O_RDWR | O_CREAT); }
static int open_create_read(void) { return opened(O_RDONLY | O_CREAT); }
static int open_create_nofollow(void) { return opened(O_RDWR | O_CREAT | O_NOFOLLOW); }
static int open_exclusive(void) { return opened(O_RDWR | O_CREAT | O_EXCL); }
static int make_directory(void) { return mkdirat(here, name, 0755); }
static int remove_file(void) { return unlinkat(here, name, 0); }
static int remove_directory(void) { return unlinkat(here, name, AT_REMOVEDIR); }
static int make_link(void) { return symlinkat("file", here, name); }
static int read_link(void) { char text[64]; return readlinkat(here, name, text, sizeof text) < 0 ? -1 : 0; }
static int status(void) { struct stat s; return fstatat(here, name, &s, 0); }
static int status_nofollow(void) { struct stat s; return fstatat(here, name, &s, AT_SYMLINK_NOFOLLOW); }
static int link_from(void) { return linkat(here, name, here, "new", 0); }
static int link_to(void) { return linkat(here, "other", here, name, 0); }
static int rename_from(void) { return renameat(here, name, here, "new"); }
static int rename_from_slash(void) { return renameat(here, name, here, "new/"); }
static int rename_file_to(void) { return renameat(here, "other", here, name); }
static int rename_directory_to(void) { return renameat(here, "folder", here, name); }
static int rename_link_to(void) { return renameat(here, "otherlink", here, name); }
static int set_times(void) { return utimensat(here, name, NULL, 0); }
static int set_times_nofollow(void) { return utimensat(here, name, NULL, AT_SYMLINK_NOFOLLOW); }

static const struct { const char *name; int (*call)(void); int changes; } operations[] = {
    {"open-read", open_read, 0}, {"open-write", open_write, 1}, {"open-truncate", open_truncate, 1},
    {"open-directory", open_directory, 0}, {"open-nofollow", open_nofollow, 0},
    {"open-create", open_create, 1}, {"open-create-read", open_create_read, 1},
    {"open-create-nofollow", open_create_nofollow, 1}, {"open-exclusive", open_exclusive, 1},
    {"mkdir", make_directory, 1}, {"unlink", remove_file, 1}, {"rmdir", remove_directory, 1},
    {"symlink", make_link, 1}, {"readlink", read_link, 0}, {"stat", status, 0},
    {"lstat", status_nofollow, 0}, {"link-from", link_from, 1}, {"link-to", link_to, 1},
    {"rename-from", rename_from, 1}, {"rename-from-to-slash", rename_from_slash, 1},
    {"rename-file-to", rename_file_to, 1}, {"rename-directory-to", rename_directory_to, 1},
    {"rename-link-to", rename_link_to, 1}, {"utimes", set_times, 0},
    {"lutimes", set_times_nofollow, 0},
};

// The names: each stands for another kind of thing.

static const char *const names[] = {
    "none", "file", "empty", "full", "to-file", "to-empty", "to-none", "to-self", "to-file-slash", "to-none-slash",
    ".", "empty/..", "full/inner", "full/none", "none/below", "file/below", "to-self/below", "to-none/below", "",
};

static const char *const endings[] = {"", "/", "//", "/.", "/..", "/./"};

static void file(const char *path) { close(openat(here, path, O_WRONLY | O_CREAT, 0644)); }

static void fixture(void) {
    file("file");
    file("other");
    mkdirat(here, "empty", 0755);
    mkdirat(here, "folder", 0755);
    mkdirat(here, "full", 0755);
    file("full/inner");
    symlinkat("file", here, "to-file");
    symlinkat("file", here, "otherlink");
    symlinkat("empty", here, "to-empty");
    symlinkat("gone", here, "to-none");
    symlinkat("to-self", here, "to-self");
    symlinkat("file/", here, "to-file-slash");
    symlinkat("gone/", here, "to-none-slash");
}

static int root, number, making;

// In what has been changed the next answer could be another.
static void renew(void) {
    char folder[16];
    snprintf(folder, sizeof folder, "case%d", number++);
    if (number > 1) close(here);
    if (making) mkdirat(root, folder, 0755);
    here = openat(root, folder, O_RDONLY | O_DIRECTORY);
    if (making) fixture();
}

static void run(int operation, const char *path) {
    name = path;
    errno = 0;
    int result = operations[operation].call();
    printf(" %s", word(result));
    if (making && result >= 0 && operations[operation].changes) renew();
}

static void say(const char *text) { fputs(text, stdout); }

static int leads_above(const char *path) {
    return !strcmp(path, "./..") || !strcmp(path, "empty/../..");
}

static char *repeated(char c, int times, const char *more) {
    char *text = malloc(times + strlen(more) + 1);
    memset(text, c, times);
    strcpy(text + times, more);
    return text;
}

// N times "./" and a name.
static char *far(int times, const char *more) {
    char *text = malloc(2 * times + strlen(more) + 1);
    for (int i = 0; i < times; i++) memcpy(text + 2 * i, "./", 2);
    strcpy(text + 2 * times, more);
    return text;
}

static void each(const char *const *lengths, int count) {
    for (unsigned o = 0; o < sizeof operations / sizeof *operations; o++) {
        for (unsigned n = 0; n < sizeof names / sizeof *names; n++) {
            say(operations[o].name), say(" \""), say(names[n]), say("\":");
            for (unsigned e = 0; e < (*names[n] ? sizeof endings / sizeof *endings : 1); e++) {
                char path[64];
                snprintf(path, sizeof path, "%s%s", names[n], endings[e]);
                if (leads_above(path)) say(" -");
                else run(o, path);
            }
            say("\n");
        }
        say(operations[o].name), say(" lengths:");
        for (int l = 0; l < count; l++) run(o, lengths[l]);
        say("\n");
    }
}

int main(int count, char **words) {
    root = count == 3 ? open(words[2], O_RDONLY | O_DIRECTORY) : -1;
    if (root < 0) return 2;
    const char *lengths[] = {
        repeated('n', 255, ""), repeated('n', 255, "/"), repeated('n', 256, "/below"),
        far(2045, "file"), far(2047, "file"), far(2045, "none"), far(2047, "none"), "full////inner", "./none/",
    };
    making = strcmp(words[1], "try");
    renew();
    if (strcmp(words[1], "make")) each(lengths, sizeof lengths / sizeof *lengths);
    return 0;
}
