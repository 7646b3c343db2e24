// The functions of WASI preview 1 as they are imported, and what a check needs.
#ifndef WASI_H
#define WASI_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))

typedef struct { void *at; uint32_t length; } vec_t;
typedef struct { uint8_t type; uint16_t flags; uint64_t rights, inheriting; } fdstat_t;
typedef struct {
    uint64_t dev, ino;
    uint8_t type;
    uint64_t links, size, atim, mtim, ctim;
} filestat_t;
typedef struct { uint64_t next, ino; uint32_t length; uint8_t type; } dirent_t;
typedef struct {
    uint64_t userdata;
    uint8_t tag;
    union {
        struct { uint32_t id; uint64_t timeout, precision; uint16_t flags; } clock;
        uint32_t fd;
    } u;
} subscription_t;
typedef struct { uint64_t userdata; uint16_t error; uint8_t type; uint64_t bytes; uint16_t flags; } event_t;

WASI(args_get) int w_args_get(void *, void *);
WASI(args_sizes_get) int w_args_sizes_get(uint32_t *, uint32_t *);
WASI(environ_get) int w_environ_get(void *, void *);
WASI(environ_sizes_get) int w_environ_sizes_get(uint32_t *, uint32_t *);
WASI(clock_res_get) int w_clock_res_get(int, uint64_t *);
WASI(clock_time_get) int w_clock_time_get(int, uint64_t, uint64_t *);
WASI(fd_advise) int w_fd_advise(int, uint64_t, uint64_t, int);
WASI(fd_allocate) int w_fd_allocate(int, uint64_t, uint64_t);
WASI(fd_close) int w_fd_close(int);
WASI(fd_datasync) int w_fd_datasync(int);
WASI(fd_fdstat_get) int w_fd_fdstat_get(int, fdstat_t *);
WASI(fd_fdstat_set_flags) int w_fd_fdstat_set_flags(int, int);
WASI(fd_fdstat_set_rights) int w_fd_fdstat_set_rights(int, uint64_t, uint64_t);
WASI(fd_filestat_get) int w_fd_filestat_get(int, filestat_t *);
WASI(fd_filestat_set_size) int w_fd_filestat_set_size(int, uint64_t);
WASI(fd_filestat_set_times) int w_fd_filestat_set_times(int, uint64_t, uint64_t, int);
WASI(fd_pread) int w_fd_pread(int, const vec_t *, uint32_t, uint64_t, uint32_t *);
WASI(fd_prestat_get) int w_fd_prestat_get(int, void *);
WASI(fd_prestat_dir_name) int w_fd_prestat_dir_name(int, void *, uint32_t);
WASI(fd_pwrite) int w_fd_pwrite(int, const vec_t *, uint32_t, uint64_t, uint32_t *);
WASI(fd_read) int w_fd_read(int, const vec_t *, uint32_t, uint32_t *);
WASI(fd_readdir) int w_fd_readdir(int, void *, uint32_t, uint64_t, uint32_t *);
WASI(fd_renumber) int w_fd_renumber(int, int);
WASI(fd_seek) int w_fd_seek(int, int64_t, int, uint64_t *);
WASI(fd_sync) int w_fd_sync(int);
WASI(fd_tell) int w_fd_tell(int, uint64_t *);
WASI(fd_write) int w_fd_write(int, const vec_t *, uint32_t, uint32_t *);
WASI(path_create_directory) int w_mkdir(int, const char *, uint32_t);
WASI(path_filestat_get) int w_stat(int, int, const char *, uint32_t, filestat_t *);
WASI(path_filestat_set_times)
int w_set_times(int, int, const char *, uint32_t, uint64_t, uint64_t, int);
WASI(path_link) int w_link(int, int, const char *, uint32_t, int, const char *, uint32_t);
WASI(path_open)
int w_open(int, int, const char *, uint32_t, int, uint64_t, uint64_t, int, int *);
WASI(path_readlink) int w_readlink(int, const char *, uint32_t, void *, uint32_t, uint32_t *);
WASI(path_remove_directory) int w_rmdir(int, const char *, uint32_t);
WASI(path_rename) int w_rename(int, const char *, uint32_t, int, const char *, uint32_t);
WASI(path_symlink) int w_symlink(const char *, uint32_t, int, const char *, uint32_t);
WASI(path_unlink_file) int w_unlink(int, const char *, uint32_t);
WASI(poll_oneoff) int w_poll(const subscription_t *, event_t *, uint32_t, uint32_t *);
WASI(proc_raise) int w_proc_raise(int);
WASI(sched_yield) int w_sched_yield(void);
WASI(random_get) int w_random_get(void *, uint32_t);
WASI(sock_accept) int w_sock_accept(int, int, int *);
WASI(sock_recv) int w_sock_recv(int, const vec_t *, uint32_t, int, uint32_t *, uint16_t *);
WASI(sock_send) int w_sock_send(int, const vec_t *, uint32_t, int, uint32_t *);
WASI(sock_shutdown) int w_sock_shutdown(int, int);

enum {
    OK = 0, ACCES = 2, BADF = 8, EXIST = 20, ILSEQ = 25, INVAL = 28, ISDIR = 31, LOOP = 32,
    MFILE = 33, NAMETOOLONG = 37, NOENT = 44, NOTDIR = 54, NOTEMPTY = 55, NOTSOCK = 57,
    NOTSUP = 58, PERM = 63, ROFS = 69, SPIPE = 70, XDEV = 75, NOTCAPABLE = 76,
};
enum { CREAT = 1, DIRECTORY = 2, EXCL = 4, TRUNC = 8 };
enum { APPEND = 1, DSYNC = 2, NONBLOCK = 4, RSYNC = 8, SYNC = 16 };
enum { FOLLOW = 1 };
enum { HANGUP = 1 };
enum { SET, CUR, END };
enum { T_UNKNOWN, T_BLOCK, T_CHAR, T_DIR, T_FILE, T_DGRAM, T_STREAM, T_LINK };
enum { ATIM = 1, ATIM_NOW = 2, MTIM = 4, MTIM_NOW = 8 };
#define R_READ 2ull
#define R_SEEK 4ull
#define R_TELL 0x20ull
#define R_WRITE 0x40ull
#define R_CREATE_FILE 0x400ull
#define R_OPEN 0x2000ull
#define R_SET_SIZE 0x80000ull
#define R_FD_SET_SIZE 0x400000ull
// To write, allocate, make, link, rename, set sizes and times, remove.
#define R_CHANGING 0x7db1f40ull

// The directory that a case works in.
#define ROOT 3

#define CHECK(condition)                                               \
    do {                                                               \
        if (!(condition)) {                                            \
            fprintf(stderr, "%s:%d: %s", __FILE__, __LINE__, #condition); \
            exit(1);                                                   \
        }                                                              \
    } while (0)

#define IS(expected, call)                                                                  \
    do {                                                                                    \
        int got_ = (call);                                                                  \
        if (got_ != (expected)) {                                                           \
            fprintf(stderr, "%s:%d: %s is %d, not %d", __FILE__, __LINE__, #call, got_, expected); \
            exit(1);                                                                        \
        }                                                                                   \
    } while (0)

#define TEXT(s) (s), (uint32_t)strlen(s)

static inline int open_at(int dir, int follow, const char *path, int how, uint64_t rights,
                          int flags, int *fd) {
    return w_open(dir, follow, TEXT(path), how, rights, 0, flags, fd);
}

// Opens what must be there to be opened.
static inline int opened(int dir, const char *path, int how, uint64_t rights) {
    int fd = -1;
    int error = open_at(dir, 0, path, how, rights, 0, &fd);
    if (error != OK || fd <= 2) {
        fprintf(stderr, "opening %s: %d", path, error);
        exit(1);
    }
    return fd;
}

static inline void make(const char *path) { CHECK(w_fd_close(opened(ROOT, path, CREAT, 0)) == OK); }

static inline int put(int fd, const char *text) {
    vec_t vec = {(void *)text, (uint32_t)strlen(text)};
    uint32_t done = 0;
    int error = w_fd_write(fd, &vec, 1, &done);
    return error ? -error : (int)done;
}

static inline int get(int fd, char *to, uint32_t size) {
    vec_t vec = {to, size};
    uint32_t done = 0;
    int error = w_fd_read(fd, &vec, 1, &done);
    return error ? -error : (int)done;
}

static inline filestat_t stat_of(const char *path) {
    filestat_t stat;
    IS(OK, w_stat(ROOT, 0, TEXT(path), &stat));
    return stat;
}

#endif
