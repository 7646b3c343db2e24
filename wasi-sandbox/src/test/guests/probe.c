// A guest that tests instruct: each argument is an operation, OP|PATH or OP|PATH|PATH, whose error
// number it prints, with what was read after it.
#include "wasi.h"

static char text[70000];

static int read_file(int dir, const char *path, int follow, uint32_t *size) {
    int fd;
    int error = open_at(dir, follow, path, 0, R_READ, 0, &fd);
    if (error) return error;
    vec_t vec = {text, sizeof text - 1};
    error = w_fd_read(fd, &vec, 1, size);
    text[error ? 0 : *size] = 0;
    if (w_fd_close(fd)) return BADF;
    return error;
}

static int write_file(int dir, const char *path, int how, const char *content) {
    int fd;
    int error = open_at(dir, FOLLOW, path, how, R_WRITE, 0, &fd);
    if (error) return error;
    int done = put(fd, content);
    if (w_fd_close(fd)) return BADF;
    return done < 0 ? -done : 0;
}

static int list(int dir, const char *path, uint32_t *size) {
    int fd;
    int error = open_at(dir, FOLLOW, path, DIRECTORY, 0, 0, &fd);
    if (error) return error;
    static uint8_t buffer[65536];
    uint32_t used;
    error = w_fd_readdir(fd, buffer, sizeof buffer, 0, &used);
    *size = 0;
    for (uint32_t at = 0; !error && at < used;) {
        dirent_t entry;
        memcpy(&entry, buffer + at, sizeof entry);
        memcpy(text + *size, buffer + at + sizeof entry, entry.length);
        *size += entry.length;
        text[(*size)++] = ' ';
        at += sizeof entry + entry.length;
    }
    text[*size] = 0;
    if (w_fd_close(fd)) return BADF;
    return error;
}

// Waits for standard input, and for a clock of so many milliseconds if there is a number.
static int poll_input(const char *millis) {
    subscription_t subscriptions[2] = {{.userdata = 5, .tag = 1}, {.userdata = 6, .tag = 0}};
    subscriptions[1].u.clock.id = 1;
    subscriptions[1].u.clock.timeout = millis ? atoi(millis) * 1000000ull : 0;
    event_t events[2];
    uint32_t count = 0;
    int error = w_poll(subscriptions, events, millis ? 2 : 1, &count);
    for (uint32_t i = 0; !error && i < count; i++) {
        if (events[i].error || events[i].userdata != 6u - events[i].type) return INVAL;
        char *end = text + strlen(text);
        if (events[i].type == 0) strcpy(end, "clock ");
        else sprintf(end, "%llu bytes%s ", events[i].bytes, events[i].flags ? ", the end" : "");
    }
    return error;
}

static int run(const char *op, const char *path, const char *other) {
    filestat_t stat;
    uint32_t size = 0;
    int fd, error;
    text[0] = 0;
    if (!strcmp(op, "read")) return read_file(ROOT, path, FOLLOW, &size);
    if (!strcmp(op, "write")) return write_file(ROOT, path, 0, other);
    if (!strcmp(op, "create")) return write_file(ROOT, path, CREAT, other);
    if (!strcmp(op, "truncate")) return write_file(ROOT, path, TRUNC, "");
    if (!strcmp(op, "list")) return list(ROOT, path, &size);
    if (!strcmp(op, "stat")) return w_stat(ROOT, FOLLOW, TEXT(path), &stat);
    if (!strcmp(op, "lstat")) return w_stat(ROOT, 0, TEXT(path), &stat);
    if (!strcmp(op, "touch")) return w_set_times(ROOT, FOLLOW, TEXT(path), 1, 1, ATIM | MTIM);
    if (!strcmp(op, "mkdir")) return w_mkdir(ROOT, TEXT(path));
    if (!strcmp(op, "rmdir")) return w_rmdir(ROOT, TEXT(path));
    if (!strcmp(op, "unlink")) return w_unlink(ROOT, TEXT(path));
    if (!strcmp(op, "symlink")) return w_symlink(TEXT(other), ROOT, TEXT(path));
    if (!strcmp(op, "link")) return w_link(ROOT, 0, TEXT(path), ROOT, TEXT(other));
    if (!strcmp(op, "rename")) return w_rename(ROOT, TEXT(path), ROOT, TEXT(other));
    if (!strcmp(op, "readlink")) {
        error = w_readlink(ROOT, TEXT(path), text, sizeof text - 1, &size);
        text[error ? 0 : size] = 0;
        return error;
    }
    if (!strcmp(op, "trap")) __builtin_trap();
    if (!strcmp(op, "spin")) for (volatile int i = 0;; i++) {}
    if (!strcmp(op, "exit")) exit(atoi(path));
    if (!strcmp(op, "keep")) return open_at(ROOT, FOLLOW, path, 0, 0, 0, &fd);
    if (!strcmp(op, "sleep")) {
        subscription_t s = {.tag = 0};
        s.u.clock.id = 1;
        s.u.clock.timeout = ~0ull;
        event_t event;
        return w_poll(&s, &event, 1, &size);
    }
    if (!strcmp(op, "poll")) return poll_input(path);
    if (!strcmp(op, "nonblock")) return w_fd_fdstat_set_flags(0, NONBLOCK);
    if (!strcmp(op, "take")) {
        // Into two buffers, the first of which what there is may fill.
        vec_t vecs[2] = {{text, 2}, {text + 2, 8}};
        error = w_fd_read(0, vecs, 2, &size);
        text[error ? 0 : size] = 0;
        return error;
    }
    if (!strcmp(op, "drain")) {
        // All of a file that has no end, in one call.
        error = open_at(ROOT, 0, path, 0, R_READ, 0, &fd);
        static vec_t vecs[1000];
        for (int i = 0; i < 1000; i++) vecs[i] = (vec_t){text, 65536};
        while (!error) {
            error = w_fd_read(fd, vecs, 1000, &size);
            if (!error && size == 0) error = w_fd_seek(fd, 0, SET, (uint64_t *)text);
        }
        return error;
    }
    if (!strcmp(op, "relist")) {
        while (!(error = list(ROOT, path, &size))) {}
        return error;
    }
    if (!strcmp(op, "input")) return -get(0, text, sizeof text - 1);
    if (!strcmp(op, "random")) {
        while (!(error = w_random_get(text, sizeof text))) {}
        return error;
    }
    return -1;
}

// Everything that a guest can do through a path whose directory is changing under it.
static void hammer(int rounds) {
    char name[32];
    int dir;
    uint32_t size;
    filestat_t stat;
    for (int i = 0; i < rounds; i++) {
        snprintf(name, sizeof name, "d/new%d", i % 7);
        if (read_file(ROOT, "d/secret", i % 2, &size) == OK && strncmp(text, "inside", 6) != 0)
            printf("read: %s\n", text);
        if (read_file(ROOT, "d/e/../secret", 1, &size) == OK && strncmp(text, "inside", 6) != 0)
            printf("read over ..: %s\n", text);
        if (read_file(ROOT, "f", 1, &size) == OK && strncmp(text, "inside", 6) != 0)
            printf("read a file: %s\n", text);
        if (list(ROOT, "d", &size) == OK && strstr(text, "marker")) printf("list: %s\n", text);
        if (w_stat(ROOT, 1, TEXT("d/marker"), &stat) == OK) printf("stat\n");
        if (w_readlink(ROOT, TEXT("l"), text, sizeof text, &size) == OK && text[0] == '/')
            printf("readlink\n");
        write_file(ROOT, name, CREAT | TRUNC, "guest");
        write_file(ROOT, "f", CREAT, "inside");
        write_file(ROOT, "d/secret", 0, "inside");
        w_mkdir(ROOT, TEXT("d/dir"));
        w_rmdir(ROOT, TEXT("d/dir"));
        w_set_times(ROOT, 1, TEXT("d/secret"), 1, 1, MTIM);
        w_symlink(TEXT("secret"), ROOT, TEXT("d/sym"));
        if (w_link(ROOT, 0, TEXT("d/secret"), ROOT, TEXT("d/hard")) == OK) {
            if (read_file(ROOT, "d/hard", 0, &size) == OK && strncmp(text, "inside", 6) != 0)
                printf("hard link: %s\n", text);
        }
        w_rename(ROOT, TEXT(name), ROOT, TEXT("d/moved"));
        if (w_rename(ROOT, TEXT("d/marker"), ROOT, TEXT("stolen")) == OK) printf("rename\n");
        w_unlink(ROOT, TEXT("d/sym"));
        w_unlink(ROOT, TEXT("d/hard"));
        if (w_unlink(ROOT, TEXT("d/marker")) == OK) printf("unlink\n");
        if (open_at(ROOT, FOLLOW, "d", DIRECTORY, 0, 0, &dir) == OK) {
            if (read_file(dir, "marker", 1, &size) == OK) printf("read by handle: %s\n", text);
            if (w_stat(dir, 1, TEXT("../outside/marker"), &stat) == OK) printf("above\n");
            if (w_fd_close(dir)) printf("close\n");
        }
    }
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "hammer")) {
        hammer(atoi(argv[2]));
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        char *op = argv[i], *path = strchr(op, '|'), *other = NULL;
        if (path) *path++ = 0;
        if (path) other = strchr(path, '|');
        if (other) *other++ = 0;
        int error = run(op, path, other);
        printf("%d%s%s\n", error, *text ? " " : "", text);
        fflush(stdout);
    }
    return 0;
}
