// What a program may expect of WASI preview 1, function by function. Each case begins in an empty
// directory, descriptor 3, and ends with exit code 0; a check that fails prints where.
#include "wasi.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

// ---- process

static void arguments(void) {
    uint32_t count = 0, bytes = 0;
    IS(OK, w_args_sizes_get(&count, &bytes));
    CHECK(count == 4);
    CHECK(bytes == sizeof "suite arguments a \"b\"");
    char *list[4];
    char text[64];
    IS(OK, w_args_get(list, text));
    CHECK(strcmp(list[1], "arguments") == 0);
    CHECK(strcmp(list[3], "\"b\"") == 0);
    CHECK(list[1] == text + 6);
}

static void environment(void) {
    uint32_t count = 0, bytes = 0;
    IS(OK, w_environ_sizes_get(&count, &bytes));
    CHECK(count == 2);
    CHECK(bytes == sizeof "A=text" + sizeof "B=escap \" ing");
    CHECK(strcmp(getenv("B"), "escap \" ing") == 0);
    CHECK(environ[2] == NULL);
}

static void randomness(void) {
    static uint8_t bytes[200000], other[64];
    IS(OK, w_random_get(bytes, 0));
    CHECK(bytes[0] == 0);
    IS(OK, w_random_get(bytes, sizeof bytes));
    IS(OK, w_random_get(other, sizeof other));
    CHECK(memcmp(bytes, other, sizeof other) != 0);
    int seen[256] = {0}, kinds = 0;
    for (size_t i = 0; i < sizeof bytes; i++) kinds += seen[bytes[i]]++ == 0;
    CHECK(kinds == 256);
    CHECK(memcmp(bytes, bytes + 65536, 64) != 0);
}

static void signals_and_turns(void) {
    IS(NOTSUP, w_proc_raise(6));
    IS(OK, w_sched_yield());
}

static void clocks(void) {
    uint64_t resolution = 0, first = 0, second = 0;
    for (int id = 0; id < 2; id++) {
        IS(OK, w_clock_res_get(id, &resolution));
        CHECK(resolution > 0);
        IS(OK, w_clock_time_get(id, 0, &first));
        IS(OK, w_clock_time_get(id, 1, &second));
        CHECK(first <= second);
    }
    IS(INVAL, w_clock_res_get(4, &resolution));
    IS(INVAL, w_clock_time_get(4, 0, &first));
}

static void sockets(void) {
    vec_t vec = {0};
    uint32_t size;
    uint16_t flags;
    int fd;
    IS(BADF, w_sock_shutdown(99, 1));
    IS(NOTSOCK, w_sock_shutdown(1, 1));
    IS(NOTSOCK, w_sock_shutdown(ROOT, 1));
    IS(NOTSOCK, w_sock_accept(1, 0, &fd));
    IS(NOTSOCK, w_sock_recv(0, &vec, 1, 0, &size, &flags));
    IS(NOTSOCK, w_sock_send(1, &vec, 1, 0, &size));
    CHECK(shutdown(STDOUT_FILENO, SHUT_RD) == -1 && errno == ENOTSOCK);
}

// ---- standard streams

static void streams(void) {
    fdstat_t stat;
    for (int fd = 0; fd < 3; fd++) {
        IS(OK, w_fd_fdstat_get(fd, &stat));
        CHECK(stat.type == T_UNKNOWN && stat.flags == 0);
        CHECK((stat.rights & R_SEEK) == 0);
        uint64_t at;
        IS(SPIPE, w_fd_seek(fd, 0, CUR, &at));
        IS(SPIPE, w_fd_tell(fd, &at));
        CHECK(isatty(fd) == 0);
    }
    char text[16];
    vec_t vec = {text, sizeof text};
    uint32_t size;
    CHECK(get(0, text, sizeof text) == 5 && memcmp(text, "input", 5) == 0);
    CHECK(get(0, text, sizeof text) == 0);
    CHECK(get(1, text, sizeof text) == -BADF);
    CHECK(put(0, "x") == -BADF);
    CHECK(put(99, "x") == -BADF);
    IS(SPIPE, w_fd_pread(0, &vec, 1, 0, &size));
    IS(SPIPE, w_fd_pwrite(1, &vec, 1, 0, &size));
    CHECK(put(1, "output") == 6);
    IS(OK, w_fd_close(1));
    CHECK(put(1, "more") == -BADF);
}

static void many_buffers(void) {
    static vec_t vecs[1025];
    uint32_t size = 0;
    for (int i = 0; i < 1025; i++) vecs[i] = (vec_t){"x", 1};
    IS(OK, w_fd_write(1, vecs, 1024, &size));
    CHECK(size == 1024);
    IS(INVAL, w_fd_write(1, vecs, 1025, &size));
    IS(INVAL, w_fd_write(1, vecs, -1, &size));
    IS(OK, w_fd_write(1, vecs, 0, &size));
    CHECK(size == 0);
}

static void renumbered_streams(void) {
    for (int from = 0; from < 3; from++) {
        int to;
        fdstat_t stat;
        IS(OK, open_at(ROOT, 0, "file", CREAT, 0, 0, &to));
        IS(OK, w_fd_renumber(from, to));
        IS(OK, w_fd_fdstat_get(to, &stat));
        IS(BADF, w_fd_fdstat_get(from, &stat));
        IS(OK, w_unlink(ROOT, TEXT("file")));
        IS(OK, w_fd_renumber(to, to));
    }
}

// ---- poll_oneoff

static subscription_t timer(int id, uint64_t nanos, int absolute) {
    subscription_t s = {.userdata = 7, .tag = 0};
    s.u.clock.id = id;
    s.u.clock.timeout = nanos;
    s.u.clock.flags = absolute;
    return s;
}

static void polling_clocks(void) {
    uint64_t before, after;
    uint32_t count;
    event_t event;
    for (int id = 0; id < 2; id++) {
        IS(OK, w_clock_time_get(id, 0, &before));
        subscription_t relative = timer(id, 20000000, 0);
        IS(OK, w_poll(&relative, &event, 1, &count));
        IS(OK, w_clock_time_get(id, 0, &after));
        CHECK(count == 1 && event.userdata == 7 && event.error == OK && event.type == 0);
        CHECK(after - before >= 20000000);
        subscription_t absolute = timer(id, after + 20000000, 1);
        IS(OK, w_poll(&absolute, &event, 1, &count));
        IS(OK, w_clock_time_get(id, 0, &before));
        CHECK(count == 1 && before - after >= 20000000);
        subscription_t past = timer(id, 1, 1);
        IS(OK, w_poll(&past, &event, 1, &count));
        CHECK(count == 1);
    }
    subscription_t unknown = timer(9, 1, 0);
    IS(OK, w_poll(&unknown, &event, 1, &count));
    CHECK(count == 1 && event.error == INVAL);
    IS(INVAL, w_poll(&unknown, &event, 0, &count));
}

static void polling_both(void) {
    subscription_t list[2] = {timer(1, 3600000000000, 0), timer(1, 20000000, 0)};
    list[1].userdata = 8;
    event_t events[3];
    uint32_t count;
    IS(OK, w_poll(list, events, 2, &count));
    CHECK(count == 1 && events[0].userdata == 8);

    subscription_t all[3] = {timer(1, 3600000000000, 0)};
    all[1].userdata = 1;
    all[1].tag = 2;
    all[1].u.fd = 1;
    all[2].userdata = 2;
    all[2].tag = 1;
    all[2].u.fd = 99;
    IS(OK, w_poll(all, events, 3, &count));
    CHECK(count == 2);
    CHECK(events[0].userdata == 1 && events[0].type == 2 && events[0].error == OK);
    CHECK(events[1].userdata == 2 && events[1].type == 1 && events[1].error == BADF);

    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE);
    CHECK(put(fd, "hello") == 5);
    uint64_t at;
    IS(OK, w_fd_seek(fd, 2, SET, &at));
    all[2].u.fd = fd;
    IS(OK, w_poll(all + 2, events, 1, &count));
    CHECK(count == 1 && events[0].error == OK && events[0].bytes == 3);
    all[2].tag = 9;
    IS(INVAL, w_poll(all + 2, events, 1, &count));
}

static void polling_input(void) {
    subscription_t s = {.userdata = 3, .tag = 1};
    event_t event;
    uint32_t count;
    char text[8];
    s.u.fd = 0;
    IS(OK, w_poll(&s, &event, 1, &count));
    CHECK(count == 1 && event.error == OK && event.bytes == 5 && event.flags == 0);
    IS(OK, w_fd_fdstat_set_flags(0, NONBLOCK));
    CHECK(get(0, text, 3) == 3);
    IS(OK, w_poll(&s, &event, 1, &count));
    CHECK(count == 1 && event.bytes == 2 && event.flags == 0);
    CHECK(get(0, text, 8) == 2);
    // The end is there to be read, and says so.
    IS(OK, w_poll(&s, &event, 1, &count));
    CHECK(count == 1 && event.error == OK && event.bytes == 0 && event.flags == HANGUP);
    CHECK(get(0, text, 8) == 0);
    // Input cannot be written, nor output read.
    s.tag = 2;
    IS(OK, w_poll(&s, &event, 1, &count));
    CHECK(count == 1 && event.type == 2 && event.error == BADF);
    s.tag = 1;
    s.u.fd = 1;
    IS(OK, w_poll(&s, &event, 1, &count));
    CHECK(count == 1 && event.type == 1 && event.error == BADF);
}

static void polling_many(void) {
    static subscription_t list[1025];
    static event_t events[1025];
    uint32_t count;
    for (int i = 0; i < 1025; i++) {
        list[i].tag = 2;
        list[i].u.fd = 1;
    }
    IS(OK, w_poll(list, events, 1024, &count));
    CHECK(count == 1024);
    IS(INVAL, w_poll(list, events, 1025, &count));
}

// ---- descriptors

static void preopens(void) {
    uint32_t prestat[2];
    IS(OK, w_fd_prestat_get(ROOT, prestat));
    CHECK(prestat[0] == 0 && prestat[1] == 4);
    char name[16] = {0};
    IS(NAMETOOLONG, w_fd_prestat_dir_name(ROOT, name, 3));
    IS(NAMETOOLONG, w_fd_prestat_dir_name(ROOT, name, 0));
    IS(OK, w_fd_prestat_dir_name(ROOT, name, 5));
    CHECK(strcmp(name, "/tmp") == 0);
    IS(BADF, w_fd_prestat_get(0, prestat));
    IS(BADF, w_fd_prestat_get(99, prestat));
    int fd = opened(ROOT, ".", 0, 0);
    IS(BADF, w_fd_prestat_get(fd, prestat));

    fdstat_t stat;
    IS(OK, w_fd_fdstat_get(ROOT, &stat));
    CHECK(stat.type == T_DIR && stat.flags == 0);
    // Every path_* right, fd_readdir, fd_filestat_get and _set_times; to pass on, those of files too.
    CHECK((stat.rights & 0x7bffe00ull) == 0x7bffe00ull);
    CHECK((stat.inheriting & 0xfffffffull) == 0xfffffffull);
    IS(OK, w_open(ROOT, 0, TEXT("."), 0, stat.rights, stat.inheriting, 0, &fd));
    IS(ISDIR, open_at(ROOT, 0, ".", DIRECTORY, R_READ | R_WRITE, 0, &fd));
    IS(OK, open_at(ROOT, 0, ".", DIRECTORY, R_READ, 0, &fd));
    IS(OK, open_at(ROOT, 0, ".", 0, 0, NONBLOCK, &fd));
}

static void closed_preopen(void) {
    int fd = opened(ROOT, ".", DIRECTORY, 0);
    fdstat_t stat;
    filestat_t before, after;
    IS(OK, w_fd_filestat_get(ROOT, &before));
    IS(OK, w_fd_close(ROOT));
    IS(BADF, w_fd_fdstat_get(ROOT, &stat));
    IS(BADF, w_fd_close(ROOT));
    IS(OK, w_fd_fdstat_get(fd, &stat));
    IS(OK, w_mkdir(fd, TEXT("still")));
    // The lowest free number is used again.
    CHECK(opened(fd, ".", 0, 0) == ROOT);
    IS(OK, w_fd_renumber(fd, ROOT));
    IS(OK, w_fd_filestat_get(ROOT, &after));
    CHECK(before.dev == after.dev && before.ino == after.ino);
    IS(BADF, w_fd_fdstat_get(fd, &stat));
}

static void renumbering(void) {
    int from = opened(ROOT, "file1", CREAT, R_READ | R_WRITE);
    int to = opened(ROOT, "file2", CREAT, R_READ);
    fdstat_t before, after;
    IS(OK, w_fd_fdstat_get(from, &before));
    IS(OK, w_fd_renumber(from, to));
    IS(BADF, w_fd_close(from));
    IS(OK, w_fd_fdstat_get(to, &after));
    CHECK(before.type == after.type && before.flags == after.flags);
    CHECK(before.rights == after.rights && before.inheriting == after.inheriting);
    IS(BADF, w_fd_renumber(to, from));
    IS(BADF, w_fd_renumber(from, to));
    CHECK(put(to, "x") == 1);
    CHECK(stat_of("file1").size == 1);
    IS(OK, w_fd_close(to));
}

static void numbers_run_out(void) {
    int fd, last = 0;
    while (open_at(ROOT, 0, ".", DIRECTORY, 0, 0, &fd) == OK) last = fd;
    CHECK(last == 3 + 256);
    IS(MFILE, open_at(ROOT, 0, "new", CREAT, 0, 0, &fd));
    filestat_t stat;
    IS(NOENT, w_stat(ROOT, 0, TEXT("new"), &stat));
    IS(OK, w_fd_close(100));
    CHECK(opened(ROOT, "new", CREAT, 0) == 100);
}

static void lots(void) {
    make("file");
    for (int i = 0; i < 2000; i++) {
        int fd = opened(ROOT, "file", 0, R_READ);
        CHECK(fd == 4);
        IS(OK, w_fd_close(fd));
    }
}

static void directory_descriptors(void) {
    char text[16];
    vec_t vec = {text, sizeof text};
    uint32_t size;
    uint64_t at;
    CHECK(get(ROOT, text, 16) == -BADF);
    CHECK(put(ROOT, "x") == -BADF);
    IS(BADF, w_fd_pread(ROOT, &vec, 1, 0, &size));
    IS(BADF, w_fd_pwrite(ROOT, &vec, 1, 0, &size));
    for (int whence = 0; whence < 3; whence++) IS(BADF, w_fd_seek(ROOT, 0, whence, &at));
    IS(BADF, w_fd_tell(ROOT, &at));
    IS(BADF, w_fd_allocate(ROOT, 0, 1));
    IS(BADF, w_fd_filestat_set_size(ROOT, 0));
    IS(BADF, w_fd_advise(ROOT, 0, 1, 0));
    IS(BADF, w_fd_fdstat_set_flags(ROOT, NONBLOCK));
    IS(OK, w_fd_sync(ROOT));
    IS(OK, w_fd_datasync(ROOT));
    fdstat_t stat;
    int fd;
    IS(OK, open_at(ROOT, 0, ".", DIRECTORY, R_SEEK, 0, &fd));
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK(stat.type == T_DIR && (stat.rights & R_SEEK) == 0);
    IS(BADF, w_fd_seek(fd, 0, CUR, &at));
}

static void rights(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE | R_SEEK | R_TELL);
    fdstat_t stat;
    uint64_t at;
    char text[8];
    CHECK(put(fd, "1234") == 4);
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(get(fd, text, 8) == 4);
    IS(OK, w_fd_fdstat_get(fd, &stat));
    IS(OK, w_fd_fdstat_set_rights(fd, stat.rights, stat.inheriting));
    IS(OK, w_fd_fdstat_set_rights(fd, stat.rights & ~(R_READ | R_WRITE), stat.inheriting));
    CHECK(get(fd, text, 8) == -BADF);
    CHECK(put(fd, "x") == -BADF);
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    IS(NOTCAPABLE, w_fd_fdstat_set_rights(fd, stat.rights, stat.inheriting));
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK((stat.rights & (R_READ | R_WRITE)) == 0 && (stat.rights & R_SEEK) != 0);
}

static void directory_rights(void) {
    make("file");
    int dir = opened(ROOT, ".", DIRECTORY, 0), fd;
    fdstat_t stat;
    IS(OK, w_fd_fdstat_get(dir, &stat));
    CHECK((stat.rights & R_FD_SET_SIZE) == 0);
    IS(OK, open_at(dir, 0, "file", TRUNC, 0, 0, &fd));
    IS(OK, w_fd_fdstat_set_rights(dir, stat.rights, stat.inheriting & ~R_FD_SET_SIZE));
    IS(OK, open_at(dir, 0, "file", TRUNC, 0, 0, &fd));
    stat.rights &= ~R_SET_SIZE;
    IS(OK, w_fd_fdstat_set_rights(dir, stat.rights, stat.inheriting & ~R_FD_SET_SIZE));
    IS(NOTCAPABLE, open_at(dir, 0, "file", TRUNC, 0, 0, &fd));
    IS(OK, w_fd_fdstat_set_rights(dir, stat.rights & ~R_CREATE_FILE, R_READ));
    IS(NOTCAPABLE, open_at(dir, 0, "new", CREAT, 0, 0, &fd));
    IS(NOTCAPABLE, open_at(dir, 0, "file", 0, R_WRITE, 0, &fd));
    IS(OK, open_at(dir, 0, "file", 0, R_READ, 0, &fd));
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK(stat.rights == R_READ);
    IS(OK, w_fd_fdstat_set_rights(dir, 0, 0));
    IS(NOTCAPABLE, open_at(dir, 0, "file", 0, 0, 0, &fd));
    IS(NOTCAPABLE, w_mkdir(dir, TEXT("new")));
}

// ---- contents

static void reading_and_writing(void) {
    make("file");
    char text[100];
    fdstat_t stat;
    int fd = opened(ROOT, "file", 0, R_READ);
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK((stat.rights & R_READ) && !(stat.rights & R_WRITE) && stat.type == T_FILE);
    CHECK(get(fd, text, 100) == 0);
    CHECK(put(fd, "x") == -BADF);
    IS(NOTCAPABLE, w_fd_filestat_set_size(fd, 1));
    IS(NOTCAPABLE, w_fd_allocate(fd, 0, 1));
    IS(OK, w_fd_close(fd));
    fd = opened(ROOT, "file", 0, R_WRITE);
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK(!(stat.rights & R_READ) && (stat.rights & R_WRITE));
    CHECK(get(fd, text, 100) == -BADF);
    CHECK(put(fd, "1234567890") == 10);
    IS(OK, w_fd_close(fd));
    fd = opened(ROOT, "file", 0, R_READ | R_WRITE);
    CHECK(get(fd, text, 100) == 10);
    CHECK(put(fd, "abc") == 3);
    filestat_t file;
    IS(OK, w_fd_filestat_get(fd, &file));
    CHECK(file.size == 13 && file.type == T_FILE && file.links == 1);
    IS(OK, w_fd_sync(fd));
    IS(OK, w_fd_datasync(fd));
    IS(OK, w_fd_close(fd));
    IS(BADF, w_fd_close(fd));
    IS(BADF, w_fd_sync(fd));
}

static void scattered(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE);
    vec_t out[3] = {{"ab", 2}, {"", 0}, {"cde", 3}};
    uint32_t size = 0;
    IS(OK, w_fd_write(fd, out, 3, &size));
    CHECK(size == 5);
    uint64_t at;
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    char first[1], second[10] = {0};
    vec_t in[2] = {{first, 1}, {second, 10}};
    IS(OK, w_fd_read(fd, in, 2, &size));
    CHECK(size == 5 && first[0] == 'a' && strcmp(second, "bcde") == 0);
}

static void positioned(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE | R_SEEK);
    vec_t vec = {"0123", 4};
    uint32_t size = 0;
    uint64_t at;
    IS(OK, w_fd_pwrite(fd, &vec, 1, 0, &size));
    CHECK(size == 4);
    IS(OK, w_fd_tell(fd, &at));
    CHECK(at == 0);
    char text[8];
    vec_t in[2] = {{text, 1}, {text + 1, 7}};
    IS(OK, w_fd_pread(fd, in, 2, 1, &size));
    CHECK(size == 3 && memcmp(text, "123", 3) == 0);
    IS(OK, w_fd_pread(fd, in, 2, 4, &size));
    CHECK(size == 0);
    IS(OK, w_fd_pwrite(fd, &vec, 1, 10, &size));
    CHECK(stat_of("file").size == 14);
    IS(OK, w_fd_pread(fd, in, 2, 7, &size));
    CHECK(size == 7 && text[0] == 0 && memcmp(text + 3, "0123", 4) == 0);
    IS(INVAL, w_fd_pread(fd, in, 1, -1, &size));
    IS(INVAL, w_fd_pwrite(fd, &vec, 1, -1, &size));
    IS(OK, w_fd_tell(fd, &at));
    CHECK(at == 0);
}

static void seeking(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE | R_SEEK | R_TELL);
    char data[100] = {0};
    uint64_t at;
    IS(OK, w_fd_tell(fd, &at));
    CHECK(at == 0);
    vec_t vec = {data, 100};
    uint32_t size;
    IS(OK, w_fd_write(fd, &vec, 1, &size));
    IS(OK, w_fd_tell(fd, &at));
    CHECK(at == 100);
    IS(OK, w_fd_seek(fd, -50, CUR, &at));
    CHECK(at == 50);
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(at == 0);
    IS(OK, w_fd_seek(fd, 1000, CUR, &at));
    CHECK(at == 1000);
    IS(INVAL, w_fd_seek(fd, -2000, CUR, &at));
    IS(INVAL, w_fd_seek(fd, 0, 3, &at));
    IS(OK, w_fd_seek(fd, -1, END, &at));
    CHECK(at == 99);
    CHECK(get(fd, data, 100) == 1);
    IS(OK, w_fd_tell(fd, &at));
    CHECK(at == 100);
    IS(BADF, w_fd_seek(99, 0, SET, &at));
}

static void appending(void) {
    int fd;
    IS(OK, open_at(ROOT, 0, "file", CREAT, R_READ | R_WRITE | R_SEEK, APPEND, &fd));
    fdstat_t stat;
    uint64_t at;
    char text[8] = {0};
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK(stat.flags == APPEND);
    CHECK(put(fd, "ab") == 2);
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(put(fd, "cd") == 2);
    IS(OK, w_fd_tell(fd, &at));
    CHECK(at == 4);
    // A write with an offset goes there, and neither moves the position nor ends the appending.
    vec_t vec = {"ef", 2};
    uint32_t size = 0;
    IS(OK, w_fd_pwrite(fd, &vec, 1, 0, &size));
    IS(OK, w_fd_tell(fd, &at));
    CHECK(size == 2 && at == 4 && stat_of("file").size == 4);
    IS(OK, w_fd_pwrite(fd, &(vec_t){"ab", 2}, 1, 0, &size));
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(put(fd, "gh") == 2 && stat_of("file").size == 6);
    IS(OK, w_fd_filestat_set_size(fd, 4));
    IS(OK, w_fd_fdstat_set_flags(fd, 0));
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(put(fd, "X") == 1);
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(get(fd, text, 8) == 4 && strcmp(text, "Xbcd") == 0);
    IS(OK, w_fd_fdstat_set_flags(fd, APPEND | NONBLOCK));
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK(stat.flags == (APPEND | NONBLOCK));
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    CHECK(put(fd, "Y") == 1);
    CHECK(stat_of("file").size == 5);
    IS(INVAL, w_fd_fdstat_set_flags(fd, SYNC));
    IS(INVAL, w_fd_fdstat_set_flags(fd, 32));
    IS(OK, open_at(ROOT, 0, "file", 0, R_WRITE, APPEND | SYNC, &fd));
    IS(OK, w_fd_fdstat_get(fd, &stat));
    CHECK(stat.flags == (APPEND | SYNC));
    IS(OK, w_fd_fdstat_set_flags(fd, SYNC));
}

static void sizes(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE);
    filestat_t stat;
    IS(OK, w_fd_filestat_set_size(fd, 100));
    CHECK(stat_of("file").size == 100);
    IS(OK, w_fd_advise(fd, 10, 50, 0));
    IS(INVAL, w_fd_advise(fd, 10, 50, 6));
    IS(INVAL, w_fd_advise(fd, -1, 50, 0));
    CHECK(stat_of("file").size == 100);
    IS(OK, w_fd_allocate(fd, 10, 10));
    CHECK(stat_of("file").size == 100);
    IS(OK, w_fd_allocate(fd, 90, 20));
    CHECK(stat_of("file").size == 110);
    IS(INVAL, w_fd_allocate(fd, 0, 0));
    IS(INVAL, w_fd_filestat_set_size(fd, -1));
    IS(OK, w_fd_filestat_set_size(fd, 3));
    IS(OK, w_fd_filestat_get(fd, &stat));
    CHECK(stat.size == 3);
    IS(OK, w_fd_close(fd));
    fd = opened(ROOT, "file", CREAT | TRUNC, R_READ | R_WRITE);
    char text[8];
    CHECK(get(fd, text, 8) == 0);
}

static void times(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ);
    filestat_t before = stat_of("file"), after;
    uint64_t moment = before.mtim - 100;
    IS(OK, w_fd_filestat_set_times(fd, moment, moment, MTIM));
    IS(OK, w_fd_filestat_get(fd, &after));
    CHECK(after.mtim == moment && after.atim == before.atim);
    IS(INVAL, w_fd_filestat_set_times(fd, 1, 1, MTIM | MTIM_NOW));
    IS(INVAL, w_fd_filestat_set_times(fd, 1, 1, ATIM | ATIM_NOW));
    IS(INVAL, w_fd_filestat_set_times(fd, 1, 1, 16));
    IS(OK, w_set_times(ROOT, 0, TEXT("file"), 5000000007, 9, ATIM));
    after = stat_of("file");
    CHECK(after.mtim == moment && after.atim == 5000000007);
    IS(INVAL, w_set_times(ROOT, 0, TEXT("file"), 1, 1, MTIM | MTIM_NOW));
    CHECK(stat_of("file").mtim == moment);
    IS(OK, w_set_times(ROOT, 0, TEXT("file"), 0, 0, MTIM_NOW));
    CHECK(stat_of("file").mtim >= before.mtim);
    IS(OK, w_set_times(ROOT, 0, TEXT("."), 7, 7, MTIM | ATIM));
    IS(OK, w_fd_filestat_get(ROOT, &after));
    CHECK(after.mtim == 7);
    IS(OK, w_fd_filestat_set_times(ROOT, 8, 8, MTIM));
    CHECK(stat_of(".").mtim == 8);
    IS(NOENT, w_set_times(ROOT, 0, TEXT("none"), 0, 0, MTIM));
    IS(INVAL, w_fd_filestat_set_times(0, 0, 0, MTIM));
}

// ---- names

static void opening(void) {
    int fd;
    IS(NOENT, open_at(ROOT, 0, "none", 0, 0, 0, &fd));
    IS(NOENT, open_at(ROOT, 0, "", 0, 0, 0, &fd));
    IS(NOENT, open_at(ROOT, 0, "none/none", CREAT, 0, 0, &fd));
    make("file");
    IS(EXIST, open_at(ROOT, 0, "file", CREAT | EXCL, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "new", CREAT | EXCL, 0, 0, &fd));
    IS(NOTDIR, open_at(ROOT, 0, "file", DIRECTORY, 0, 0, &fd));
    IS(NOTDIR, open_at(fd, 0, "foo", CREAT, 0, 0, &fd));
    IS(NOTDIR, open_at(1, 0, "foo", CREAT, 0, 0, &fd));
    IS(BADF, open_at(99, 0, "foo", CREAT, 0, 0, &fd));
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    IS(ISDIR, open_at(ROOT, 0, "dir", 0, R_WRITE, 0, &fd));
    IS(ISDIR, open_at(ROOT, 0, "dir", TRUNC, 0, 0, &fd));
    IS(ISDIR, open_at(ROOT, 0, "dir", CREAT, 0, 0, &fd));
    IS(EXIST, open_at(ROOT, 0, "dir", CREAT | EXCL, 0, 0, &fd));
    IS(INVAL, open_at(ROOT, 0, "dir", CREAT | DIRECTORY, 0, 0, &fd));
    IS(INVAL, open_at(ROOT, 0, "file", 16, 0, 0, &fd));
    IS(INVAL, open_at(ROOT, 2, "file", 0, 0, 0, &fd));
    IS(INVAL, open_at(ROOT, 0, "file", 0, 0, 32, &fd));
    IS(OK, open_at(ROOT, 0, "dir", DIRECTORY, 0, 0, &fd));
    IS(PERM, open_at(fd, 0, "..", 0, 0, 0, &fd));
    IS(PERM, open_at(fd, 0, "../file", 0, 0, 0, &fd));
}

static void paths(void) {
    int fd;
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    IS(OK, w_mkdir(ROOT, TEXT("dir/nested")));
    make("dir/nested/file");
    IS(PERM, open_at(ROOT, 0, "/dir/nested/file", 0, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "dir/.//nested/../../dir/nested/../nested///./file", 0, 0, 0, &fd));
    IS(INVAL, w_open(ROOT, 0, "dir/nested/file", 16, 0, 0, 0, 0, &fd));
    IS(NOTDIR, open_at(ROOT, 0, "dir/nested/file/", 0, 0, 0, &fd));
    IS(NOTDIR, open_at(ROOT, 0, "dir/nested/file///", 0, 0, 0, &fd));
    IS(NOTDIR, open_at(ROOT, 0, "dir/nested/file/.", 0, 0, 0, &fd));
    IS(NOTDIR, open_at(ROOT, 0, "dir/nested/file/..", 0, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "dir/nested/", 0, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "dir/nested///", DIRECTORY, 0, 0, &fd));
    IS(ISDIR, open_at(ROOT, 0, "new/", CREAT, 0, 0, &fd));
    IS(PERM, open_at(ROOT, 0, "dir/nested/../../../tmp/dir/nested/file", 0, 0, 0, &fd));
    IS(ILSEQ, open_at(ROOT, 0, "\xff", CREAT, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "\xc3\xa9 \xe2\x82\xac", CREAT, 0, 0, &fd));
}

static void long_names(void) {
    int fd;
    static char name[4200];
    memset(name, 'x', sizeof name);
    IS(OK, w_open(ROOT, 0, name, 255, CREAT, 0, 0, 0, &fd));
    IS(NAMETOOLONG, w_open(ROOT, 0, name, 256, CREAT, 0, 0, 0, &fd));
    for (int i = 0; i < 4200; i++) name[i] = i % 2 ? '/' : '.';
    IS(OK, w_open(ROOT, 0, name, 4096, 0, 0, 0, 0, &fd));
    IS(NAMETOOLONG, w_open(ROOT, 0, name, 4097, 0, 0, 0, 0, &fd));
    IS(NAMETOOLONG, w_mkdir(ROOT, name, 4097));
    IS(NAMETOOLONG, w_symlink(name, 4097, ROOT, TEXT("link")));
}

static void deep(void) {
    static char path[1200];
    for (int i = 0; i < 256; i++) {
        memcpy(path + 2 * i, "d/", 2);
        IS(OK, w_mkdir(ROOT, path, 2 * i + 1));
    }
    filestat_t stat;
    IS(OK, w_stat(ROOT, 0, path, 511, &stat));
    memcpy(path + 512, "d", 1);
    IS(OK, w_mkdir(ROOT, path, 513));
    memcpy(path + 513, "/d", 2);
    IS(NAMETOOLONG, w_mkdir(ROOT, path, 515));
    for (int i = 256; i >= 0; i--) IS(OK, w_rmdir(ROOT, path, 2 * i + 1));
}

static void directories(void) {
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    IS(EXIST, w_mkdir(ROOT, TEXT("dir")));
    IS(EXIST, w_mkdir(ROOT, TEXT(".")));
    IS(NOENT, w_mkdir(ROOT, TEXT("none/dir")));
    IS(OK, w_mkdir(ROOT, TEXT("slash/")));
    make("file");
    make("dir/file");
    IS(NOTEMPTY, w_rmdir(ROOT, TEXT("dir")));
    IS(NOTDIR, w_rmdir(ROOT, TEXT("file")));
    IS(NOTDIR, w_rmdir(ROOT, TEXT("file/")));
    IS(INVAL, w_rmdir(ROOT, TEXT(".")));
    IS(PERM, w_rmdir(ROOT, TEXT("..")));
    IS(ISDIR, w_unlink(ROOT, TEXT("dir")));
    IS(ISDIR, w_unlink(ROOT, TEXT("dir/")));
    IS(NOTDIR, w_unlink(ROOT, TEXT("file/")));
    IS(NOENT, w_unlink(ROOT, TEXT("none")));
    IS(NOENT, w_unlink(ROOT, TEXT("none/")));
    IS(OK, w_unlink(ROOT, TEXT("dir/file")));
    IS(OK, w_rmdir(ROOT, TEXT("dir/")));
    IS(OK, w_rmdir(ROOT, TEXT("slash")));
    IS(OK, w_unlink(ROOT, TEXT("file")));
    IS(NOENT, w_rmdir(ROOT, TEXT("dir")));
}

static void deleted_while_open(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE);
    IS(OK, w_unlink(ROOT, TEXT("file")));
    CHECK(put(fd, "x") == 1);
    make("file");
    CHECK(stat_of("file").size == 0);
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    int dir = opened(ROOT, "dir", DIRECTORY, 0);
    IS(OK, w_rmdir(ROOT, TEXT("dir")));
    IS(NOENT, w_mkdir(dir, TEXT("new")));
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
}

static void renaming(void) {
    int fd;
    IS(OK, w_mkdir(ROOT, TEXT("source")));
    IS(OK, w_rename(ROOT, TEXT("source"), ROOT, TEXT("target")));
    IS(NOENT, open_at(ROOT, 0, "source", DIRECTORY, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "target", DIRECTORY, 0, 0, &fd));
    IS(OK, w_mkdir(ROOT, TEXT("source")));
    IS(OK, w_rename(ROOT, TEXT("source"), ROOT, TEXT("target")));
    IS(OK, w_mkdir(ROOT, TEXT("source")));
    make("target/file");
    IS(NOTEMPTY, w_rename(ROOT, TEXT("source"), ROOT, TEXT("target")));
    IS(NOTDIR, w_rename(ROOT, TEXT("source"), ROOT, TEXT("target/file")));
    IS(INVAL, w_rename(ROOT, TEXT("target"), ROOT, TEXT("target/below")));
    IS(OK, w_rmdir(ROOT, TEXT("source")));
    make("source");
    IS(OK, w_rename(ROOT, TEXT("source"), ROOT, TEXT("other")));
    make("source");
    IS(OK, w_rename(ROOT, TEXT("source"), ROOT, TEXT("other")));
    IS(NOENT, open_at(ROOT, 0, "source", 0, 0, 0, &fd));
    IS(ISDIR, w_rename(ROOT, TEXT("other"), ROOT, TEXT("target")));
    IS(NOTDIR, w_rename(ROOT, TEXT("other/"), ROOT, TEXT("new")));
    IS(NOTDIR, w_rename(ROOT, TEXT("other"), ROOT, TEXT("new/")));
    IS(NOENT, w_rename(ROOT, TEXT("none"), ROOT, TEXT("new")));
    IS(NOENT, w_rename(ROOT, TEXT("other"), ROOT, TEXT("none/new")));
    IS(PERM, w_rename(ROOT, TEXT("../other"), ROOT, TEXT("new")));
    IS(PERM, w_rename(ROOT, TEXT("other"), ROOT, TEXT("../new")));
    IS(PERM, w_rename(ROOT, TEXT("other"), ROOT, TEXT("/new")));
    int dir = opened(ROOT, "target", DIRECTORY, 0);
    IS(OK, w_rename(ROOT, TEXT("other"), dir, TEXT("moved")));
    CHECK(stat_of("target/moved").type == T_FILE);
    IS(OK, w_mkdir(ROOT, TEXT("source")));
    IS(OK, w_rename(ROOT, TEXT("source/"), ROOT, TEXT("dir")));
    IS(OK, w_rename(ROOT, TEXT("dir"), ROOT, TEXT("source/")));
    IS(OK, w_rename(ROOT, TEXT("source/"), ROOT, TEXT("dir/")));
    IS(OK, w_rmdir(ROOT, TEXT("dir")));
}

static void hard_links(void) {
    int fd = opened(ROOT, "file", CREAT, R_READ | R_WRITE), other;
    filestat_t stat, file;
    fdstat_t left, right;
    IS(OK, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("link")));
    IS(OK, open_at(ROOT, 0, "link", 0, R_READ | R_WRITE, 0, &other));
    IS(OK, w_fd_filestat_get(fd, &file));
    IS(OK, w_fd_filestat_get(other, &stat));
    CHECK(memcmp(&file, &stat, sizeof stat) == 0 && stat.links == 2);
    IS(OK, w_fd_fdstat_get(fd, &left));
    IS(OK, w_fd_fdstat_get(other, &right));
    CHECK(left.rights == right.rights && left.inheriting == right.inheriting);
    IS(OK, w_unlink(ROOT, TEXT("link")));
    IS(OK, w_mkdir(ROOT, TEXT("sub")));
    int dir = opened(ROOT, "sub", DIRECTORY, 0);
    IS(OK, w_link(ROOT, 0, TEXT("file"), dir, TEXT("link")));
    IS(OK, w_unlink(dir, TEXT("link")));
    make("link");
    IS(EXIST, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("link")));
    IS(OK, w_unlink(ROOT, TEXT("link")));
    IS(EXIST, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("file")));
    IS(EXIST, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("sub")));
    IS(PERM, w_link(ROOT, 0, TEXT("sub"), ROOT, TEXT("link")));
    IS(PERM, w_link(ROOT, 0, TEXT("sub/"), ROOT, TEXT("link")));
    IS(NOENT, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("link/")));
    IS(NOTDIR, w_link(ROOT, 0, TEXT("file/"), ROOT, TEXT("link")));
    IS(NOENT, w_link(ROOT, 0, TEXT("none"), ROOT, TEXT("link")));
    IS(PERM, w_link(ROOT, 0, TEXT("../file"), ROOT, TEXT("link")));
    IS(OK, w_symlink(TEXT("target"), ROOT, TEXT("symlink")));
    IS(OK, w_link(ROOT, 0, TEXT("symlink"), ROOT, TEXT("link")));
    CHECK(stat_of("link").type == T_LINK);
    IS(EXIST, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("symlink")));
    IS(INVAL, w_link(ROOT, FOLLOW, TEXT("symlink"), ROOT, TEXT("new")));
}

static void symbolic_links(void) {
    int fd;
    make("file");
    IS(OK, w_symlink(TEXT("file"), ROOT, TEXT("symlink")));
    IS(LOOP, open_at(ROOT, 0, "symlink", 0, 0, 0, &fd));
    IS(OK, open_at(ROOT, FOLLOW, "symlink", 0, R_WRITE, 0, &fd));
    CHECK(put(fd, "content") == 7);
    CHECK(stat_of("file").size == 7);
    IS(NOTDIR, open_at(ROOT, FOLLOW, "symlink", DIRECTORY, 0, 0, &fd));
    CHECK(stat_of("symlink").type == T_LINK);
    filestat_t stat;
    IS(OK, w_stat(ROOT, FOLLOW, TEXT("symlink"), &stat));
    CHECK(stat.type == T_FILE);
    IS(NOTDIR, w_stat(ROOT, 0, TEXT("symlink/"), &stat));

    uint64_t moment = stat_of("symlink").mtim - 200, file = stat_of("file").mtim;
    IS(OK, w_set_times(ROOT, 0, TEXT("symlink"), 0, moment, MTIM));
    CHECK(stat_of("symlink").mtim == moment && stat_of("file").mtim == file);
    IS(OK, w_set_times(ROOT, FOLLOW, TEXT("symlink"), 0, moment + 1, MTIM));
    CHECK(stat_of("symlink").mtim == moment && stat_of("file").mtim == moment + 1);

    char text[10] = {0};
    uint32_t size;
    IS(OK, w_readlink(ROOT, TEXT("symlink"), text, 10, &size));
    CHECK(size == 4 && memcmp(text, "file\0\0\0", 7) == 0);
    IS(OK, w_readlink(ROOT, TEXT("symlink"), text, 2, &size));
    CHECK(size == 2);
    IS(OK, w_readlink(ROOT, TEXT("symlink"), text, 0, &size));
    CHECK(size == 0);
    IS(INVAL, w_readlink(ROOT, TEXT("file"), text, 10, &size));
    IS(INVAL, w_readlink(ROOT, TEXT("."), text, 10, &size));
    IS(NOENT, w_readlink(ROOT, TEXT("none"), text, 10, &size));
    IS(OK, w_unlink(ROOT, TEXT("symlink")));
    CHECK(stat_of("file").size == 7);

    IS(NOENT, w_symlink(TEXT("file"), ROOT, TEXT("new/")));
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    IS(EXIST, w_symlink(TEXT("source"), ROOT, TEXT("dir/")));
    IS(EXIST, w_symlink(TEXT("source"), ROOT, TEXT("dir")));
    IS(EXIST, w_symlink(TEXT("source"), ROOT, TEXT("file/")));
    IS(EXIST, w_symlink(TEXT("source"), ROOT, TEXT("file")));
    IS(NOENT, w_symlink(TEXT(""), ROOT, TEXT("new")));
}

static void linked_directories(void) {
    int fd;
    filestat_t stat;
    IS(OK, w_mkdir(ROOT, TEXT("target")));
    IS(OK, w_symlink(TEXT("target"), ROOT, TEXT("symlink")));
    IS(LOOP, open_at(ROOT, 0, "symlink", DIRECTORY, 0, 0, &fd));
    IS(OK, open_at(ROOT, FOLLOW, "symlink", DIRECTORY, 0, 0, &fd));
    IS(OK, open_at(ROOT, 0, "symlink/", DIRECTORY, 0, 0, &fd));
    make("symlink/file");
    CHECK(stat_of("target/file").type == T_FILE);
    CHECK(stat_of("symlink/../target/./file").type == T_FILE);
    IS(OK, w_stat(ROOT, 0, TEXT("symlink/"), &stat));
    CHECK(stat.type == T_DIR);
    IS(NOTDIR, w_rmdir(ROOT, TEXT("symlink")));
    IS(NOTDIR, w_rmdir(ROOT, TEXT("symlink/")));
    IS(OK, w_symlink(TEXT("../symlink/file"), ROOT, TEXT("target/back")));
    IS(OK, w_stat(ROOT, FOLLOW, TEXT("symlink/back"), &stat));
    CHECK(stat.type == T_FILE);
}

static void dangling_links(void) {
    int fd;
    filestat_t stat;
    IS(OK, w_symlink(TEXT("target"), ROOT, TEXT("symlink")));
    IS(LOOP, open_at(ROOT, 0, "symlink", DIRECTORY, 0, 0, &fd));
    IS(LOOP, open_at(ROOT, 0, "symlink", 0, 0, 0, &fd));
    IS(NOENT, open_at(ROOT, FOLLOW, "symlink", 0, 0, 0, &fd));
    IS(NOENT, w_stat(ROOT, FOLLOW, TEXT("symlink"), &stat));
    IS(EXIST, open_at(ROOT, FOLLOW, "symlink", CREAT | EXCL, 0, 0, &fd));
    IS(OK, open_at(ROOT, FOLLOW, "symlink", CREAT, R_WRITE, 0, &fd));
    CHECK(stat_of("target").type == T_FILE);
    IS(OK, w_symlink(TEXT("loop"), ROOT, TEXT("loop")));
    IS(LOOP, open_at(ROOT, 0, "loop", 0, 0, 0, &fd));
    IS(LOOP, open_at(ROOT, FOLLOW, "loop", 0, 0, 0, &fd));
    IS(LOOP, open_at(ROOT, 0, "loop/x", 0, 0, 0, &fd));
    char name[16], target[16];
    make("l0");
    for (int i = 1; i <= 41; i++) {
        snprintf(target, sizeof target, "l%d", i - 1);
        snprintf(name, sizeof name, "l%d", i);
        IS(OK, w_symlink(TEXT(target), ROOT, TEXT(name)));
    }
    IS(OK, w_stat(ROOT, FOLLOW, TEXT("l40"), &stat));
    CHECK(stat.type == T_FILE);
    IS(LOOP, w_stat(ROOT, FOLLOW, TEXT("l41"), &stat));
}

static void link_targets(void) {
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    IS(PERM, w_symlink(TEXT("/etc/passwd"), ROOT, TEXT("link")));
    IS(PERM, w_symlink(TEXT("/"), ROOT, TEXT("link")));
    IS(PERM, w_symlink(TEXT(".."), ROOT, TEXT("link")));
    IS(PERM, w_symlink(TEXT("./../x"), ROOT, TEXT("link")));
    IS(PERM, w_symlink(TEXT("dir/../../x"), ROOT, TEXT("link")));
    IS(PERM, w_symlink(TEXT("dir/../x"), ROOT, TEXT("link")));
    IS(PERM, w_symlink(TEXT("../../x"), ROOT, TEXT("dir/link")));
    IS(OK, w_symlink(TEXT("../x"), ROOT, TEXT("dir/link")));
    int dir = opened(ROOT, "dir", DIRECTORY, 0);
    IS(PERM, w_symlink(TEXT("../../x"), dir, TEXT("link2")));
    IS(OK, w_symlink(TEXT("../x"), dir, TEXT("link2")));
    filestat_t stat;
    make("x");
    IS(OK, w_stat(ROOT, FOLLOW, TEXT("dir/link2"), &stat));
    // The descriptor of a directory is a root of its own.
    IS(PERM, w_stat(dir, FOLLOW, TEXT("link2"), &stat));
    IS(ILSEQ, w_symlink(TEXT("\xff"), ROOT, TEXT("link")));
    IS(INVAL, w_symlink("a\0b", 3, ROOT, TEXT("link")));
}

// ---- listings

// Reads entries from a cookie on; returns how many names are whole, and whether that was the end.
static int list(uint64_t cookie, uint32_t room, dirent_t *entries, char names[][32], int *end) {
    static uint8_t buffer[65536];
    uint32_t used = 0, at = 0;
    int count = 0;
    IS(OK, w_fd_readdir(ROOT, buffer, room, cookie, &used));
    CHECK(used <= room);
    *end = used < room;
    while (at + sizeof(dirent_t) <= used) {
        memcpy(entries + count, buffer + at, sizeof(dirent_t));
        uint32_t length = entries[count].length;
        if (at + sizeof(dirent_t) + length > used) break;
        memcpy(names[count], buffer + at + sizeof(dirent_t), length);
        names[count][length] = 0;
        at += sizeof(dirent_t) + length;
        count++;
    }
    return count;
}

static dirent_t entries[4000];
static char names[4000][32];

static int find(const char *name, int count) {
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return i;
    return -1;
}

static void listing(void) {
    int end;
    filestat_t stat;
    CHECK(sizeof(dirent_t) == 24);
    CHECK(list(0, 256, entries, names, &end) == 2 && end);
    int self = find(".", 2), up = find("..", 2);
    CHECK(self >= 0 && up >= 0);
    IS(OK, w_fd_filestat_get(ROOT, &stat));
    CHECK(entries[self].ino == stat.ino && entries[self].type == T_DIR);
    // What lies above a volume is not told.
    CHECK(entries[up].ino == stat.ino && entries[up].type == T_DIR);
    make("file");
    IS(OK, w_symlink(TEXT("file"), ROOT, TEXT("link")));
    IS(OK, w_mkdir(ROOT, TEXT("dir")));
    CHECK(list(0, 4096, entries, names, &end) == 5 && end);
    CHECK(entries[find("file", 5)].type == T_FILE);
    CHECK(entries[find("file", 5)].ino == stat_of("file").ino);
    CHECK(entries[find("link", 5)].type == T_LINK);
    CHECK(entries[find("dir", 5)].type == T_DIR);
    char last[32];
    strcpy(last, names[4]);
    uint64_t cookie = entries[3].next, done = entries[4].next;
    CHECK(list(cookie, 256, entries, names, &end) == 1 && end);
    CHECK(strcmp(names[0], last) == 0);
    CHECK(list(done, 256, entries, names, &end) == 0 && end);
    // Less than one entry is not the end.
    CHECK(list(0, 10, entries, names, &end) == 0 && !end);
    uint32_t used = 1;
    IS(OK, w_fd_readdir(ROOT, names, 0, 0, &used));
    CHECK(used == 0);
    IS(NOTDIR, w_fd_readdir(opened(ROOT, "file", 0, R_READ), names, 32, 0, &used));
    IS(NOTDIR, w_fd_readdir(0, names, 32, 0, &used));
}

static void long_listing(void) {
    char name[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "file.%d", i);
        make(name);
    }
    for (uint32_t room = 256; room <= 65536; room *= 16) {
        uint64_t cookie = 0;
        int total = 0, end = 0;
        while (!end) {
            int count = list(cookie, room, entries, names, &end);
            CHECK(count > 0 || end);
            total += count;
            if (count > 0) cookie = entries[count - 1].next;
        }
        CHECK(total == 1002);
    }
}

// ---- through the C library

static uint64_t above(const char *path) {
    DIR *dir = opendir(path);
    CHECK(dir != NULL);
    struct dirent *entry;
    uint64_t found = 0;
    while ((entry = readdir(dir))) {
        if (strcmp(entry->d_name, "..") == 0) found = entry->d_ino;
    }
    closedir(dir);
    return found;
}

static uint64_t inode(const char *path) {
    struct stat status;
    CHECK(stat(path, &status) == 0);
    return status.st_ino;
}

// A walk upwards by inodes, as of getcwd, comes to the root and ends there.
static void listing_parents(void) {
    CHECK(mkdir("/tmp/a", 0777) == 0 && mkdir("/tmp/a/b", 0777) == 0 && mkdir("/tmp/c", 0777) == 0);
    CHECK(above("/tmp/a/b") == inode("/tmp/a") && inode("/tmp/a/b/..") == inode("/tmp/a"));
    CHECK(above("/tmp/a") == inode("/tmp"));
    CHECK(above("/tmp") == inode("/tmp"));
    CHECK(symlink("a/b", "/tmp/link") == 0 && above("/tmp/link") == inode("/tmp/a"));
    CHECK(rename("/tmp/a/b", "/tmp/c/b") == 0 && above("/tmp/c/b") == inode("/tmp/c"));
    CHECK(rename("/tmp/c/b", "/tmp/b") == 0 && above("/tmp/b") == inode("/tmp"));
}

#define MANY 3000
static long positions[MANY + 3];
static char listed[MANY + 3][16];

static int read_all(DIR *dir) {
    int count = 0;
    struct dirent *entry;
    for (;;) {
        positions[count] = telldir(dir);
        entry = readdir(dir);
        if (!entry) return count;
        CHECK(count < MANY + 2);
        strcpy(listed[count++], entry->d_name);
    }
}

static void seek_back(DIR *dir, int at) {
    seekdir(dir, positions[at]);
    struct dirent *entry = readdir(dir);
    CHECK(entry != NULL && strcmp(entry->d_name, listed[at]) == 0);
}

// telldir keeps 32 bits; every position leads back, in any order, by any descriptor.
static void listing_positions(void) {
    char name[32];
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "file.%d", i);
        make(name);
    }
    DIR *dir = opendir("/tmp"), *other = opendir("/tmp");
    CHECK(dir != NULL && other != NULL && read_all(dir) == MANY + 2);
    for (int i = MANY + 1; i >= 0; i--) seek_back(dir, i);
    for (int i = 0; i < MANY + 2; i++) seek_back(i % 2 ? dir : other, i * 7 % (MANY + 2));
    // Of those that stay none is lost and none comes twice while others come and go.
    rewinddir(dir);
    static char seen[MANY];
    struct dirent *entry;
    int made = 0;
    while ((entry = readdir(dir))) {
        int number;
        if (sscanf(entry->d_name, "file.%d", &number) != 1) continue;
        CHECK(number >= 0 && number < MANY && !seen[number]);
        seen[number] = 1;
        if (number % 3 == 0) continue;
        if (number % 3 == 1) {
            snprintf(name, sizeof name, "/tmp/file.%d", number);
            CHECK(unlink(name) == 0);
        } else {
            snprintf(name, sizeof name, "new.%d", made++);
            make(name);
        }
    }
    for (int i = 0; i < MANY; i++) CHECK(seen[i]);
    for (int i = 2; i < MANY + 2; i++) {
        int number;
        if (sscanf(listed[i], "file.%d", &number) == 1 && number % 3 != 1) seek_back(other, i);
    }
}

static void c_library(void) {
    CHECK(mkdir("/tmp/dir", 0777) == 0);
    FILE *file = fopen("/tmp/dir/text", "w");
    CHECK(file != NULL && fprintf(file, "one\n") == 4 && fclose(file) == 0);
    file = fopen("/tmp/dir/text", "a");
    CHECK(file != NULL && fprintf(file, "two\n") == 4 && fclose(file) == 0);
    file = fopen("/tmp/dir/text", "r+");
    char line[16];
    CHECK(fgets(line, sizeof line, file) && strcmp(line, "one\n") == 0);
    CHECK(fgets(line, sizeof line, file) && strcmp(line, "two\n") == 0);
    CHECK(fseek(file, -4, SEEK_END) == 0 && fputc('T', file) == 'T' && fclose(file) == 0);
    struct stat status;
    CHECK(stat("/tmp/dir/text", &status) == 0 && status.st_size == 8);
    CHECK(S_ISREG(status.st_mode));
    int fd = open("/tmp/append", O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0666);
    CHECK(fd >= 0 && write(fd, "ab", 2) == 2);
    CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "cd", 2) == 2);
    CHECK(lseek(fd, 0, SEEK_CUR) == 4 && pwrite(fd, "efg", 3, 0) == 3);
    CHECK(lseek(fd, 0, SEEK_CUR) == 4 && lseek(fd, 0, SEEK_END) == 4);
    CHECK(fcntl(fd, F_GETFL) & O_APPEND);
    CHECK(fcntl(fd, F_SETFL, 0) == 0 && !(fcntl(fd, F_GETFL) & O_APPEND));
    CHECK(close(fd) == 0);
    CHECK(fopen("/elsewhere", "r") == NULL);
    CHECK(open("/tmp/dir", O_RDONLY | O_DIRECTORY) >= 0);
    CHECK(open("/tmp/append", O_RDONLY | O_DIRECTORY) == -1 && errno == ENOTDIR);
    CHECK(symlink("dir/text", "/tmp/link") == 0);
    CHECK(readlink("/tmp/link", line, sizeof line) == 8);
    CHECK(rename("/tmp/link", "/tmp/dir/link") == 0);
    DIR *dir = opendir("/tmp");
    CHECK(dir != NULL);
    int seen = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        seen++;
        CHECK(fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0);
        CHECK(status.st_ino == entry->d_ino);
    }
    CHECK(seen == 2 && closedir(dir) == 0);
    CHECK(access("/tmp/dir", R_OK | W_OK) == 0);
    CHECK(unlink("/tmp/dir") == -1 && rmdir("/tmp/dir") == -1);
}

// ---- a volume that must not be changed

// What is reported is what is there, for all of the volume: access(3) goes by it.
static void read_only_rights(void) {
    fdstat_t root, dir, file, other;
    IS(OK, w_fd_fdstat_get(ROOT, &root));
    IS(OK, w_fd_fdstat_get(opened(ROOT, "dir", DIRECTORY, 0), &dir));
    IS(OK, w_fd_fdstat_get(opened(ROOT, "file", 0, R_READ), &file));
    IS(OK, w_fd_fdstat_get(4, &other));
    CHECK(((root.rights | root.inheriting) & R_CHANGING) == 0 && (root.inheriting & R_READ));
    CHECK(((dir.rights | dir.inheriting) & R_CHANGING) == 0 && (dir.inheriting & R_READ));
    CHECK((file.rights & R_CHANGING) == 0 && (file.rights & R_READ));
    CHECK(((other.rights | other.inheriting) & R_CHANGING) == R_CHANGING);
    CHECK(access("/tmp/file", R_OK) == 0 && access("/tmp/dir", R_OK) == 0);
    CHECK(access("/tmp/file", W_OK) == -1 && access("/tmp/dir", W_OK) == -1);
    CHECK(access("/tmp", W_OK) == -1 && access("/other", W_OK) == 0);
    CHECK(access("/other/renamed", W_OK) == 0 && access("/other/none", W_OK) == -1);
    CHECK(open("/tmp/file", O_WRONLY) == -1 && errno == EROFS);
    CHECK(open("/tmp/file", O_RDWR) == -1 && errno == EROFS);
    CHECK(fopen("/tmp/file", "r+") == NULL && errno == EROFS);
    CHECK(fopen("/tmp/new", "w") == NULL && errno == EROFS);
    CHECK(open("/tmp/file", O_RDONLY) >= 0 && open("/tmp/dir", O_RDONLY | O_DIRECTORY) >= 0);
    // What it has given up, and has not had, are two things.
    IS(NOTCAPABLE, w_fd_fdstat_set_rights(ROOT, root.rights | R_CREATE_FILE, root.inheriting));
    IS(OK, w_fd_fdstat_set_rights(ROOT, root.rights, root.inheriting));
    IS(ROFS, w_mkdir(ROOT, TEXT("new")));
    IS(OK, w_fd_fdstat_set_rights(ROOT, R_OPEN, 0));
    IS(NOTCAPABLE, open_at(ROOT, 0, "file", 0, R_READ, 0, &(int){0}));
}

static void read_only(void) {
    int fd;
    uint64_t at;
    char text[8] = {0};
    CHECK(get(opened(ROOT, "file", 0, R_READ), text, 8) == 7);
    CHECK(get(opened(ROOT, "file", CREAT, R_READ), text, 8) == 7);
    IS(ROFS, open_at(ROOT, 0, "file", 0, R_WRITE, 0, &fd));
    IS(ROFS, open_at(ROOT, 0, "file", TRUNC, R_READ, 0, &fd));
    IS(ROFS, open_at(ROOT, 0, "new", CREAT, 0, 0, &fd));
    IS(EXIST, open_at(ROOT, 0, "file", CREAT | EXCL, 0, 0, &fd));
    IS(ROFS, w_mkdir(ROOT, TEXT("new")));
    IS(ROFS, w_rmdir(ROOT, TEXT("dir")));
    IS(ROFS, w_unlink(ROOT, TEXT("file")));
    IS(ROFS, w_symlink(TEXT("file"), ROOT, TEXT("new")));
    IS(ROFS, w_link(ROOT, 0, TEXT("file"), ROOT, TEXT("new")));
    IS(ROFS, w_rename(ROOT, TEXT("file"), ROOT, TEXT("new")));
    // 4 is another volume, which may be changed: nothing is moved out of this one into it.
    IS(ROFS, w_rename(ROOT, TEXT("file"), 4, TEXT("new")));
    IS(ROFS, w_rename(4, TEXT("other"), ROOT, TEXT("new")));
    IS(XDEV, w_link(ROOT, 0, TEXT("file"), 4, TEXT("new")));
    IS(XDEV, w_link(4, 0, TEXT("other"), ROOT, TEXT("new")));
    IS(OK, w_rename(4, TEXT("other"), 4, TEXT("renamed")));
    IS(ROFS, w_set_times(ROOT, 0, TEXT("file"), 1, 1, MTIM));
    IS(ROFS, w_fd_filestat_set_times(ROOT, 1, 1, MTIM));
    fd = opened(ROOT, "file", 0, R_READ);
    IS(ROFS, w_fd_filestat_set_times(fd, 1, 1, MTIM));
    IS(NOTCAPABLE, w_fd_filestat_set_size(fd, 0));
    IS(NOTCAPABLE, w_fd_allocate(fd, 0, 100));
    CHECK(put(fd, "x") == -BADF);
    IS(OK, w_fd_seek(fd, 0, SET, &at));
    fd = opened(ROOT, "dir", DIRECTORY, 0);
    IS(ROFS, w_mkdir(fd, TEXT("new")));
    IS(ROFS, open_at(fd, 0, "new", CREAT, R_WRITE, 0, &fd));
    read_only_rights();
}

typedef struct { const char *name; void (*run)(void); } case_t;

#define CASE(name) {#name, name}
static const case_t CASES[] = {
    CASE(arguments), CASE(environment), CASE(randomness), CASE(signals_and_turns), CASE(clocks),
    CASE(sockets), CASE(streams), CASE(many_buffers), CASE(renumbered_streams),
    CASE(polling_clocks), CASE(polling_both), CASE(polling_input), CASE(polling_many), CASE(preopens),
    CASE(closed_preopen), CASE(renumbering), CASE(numbers_run_out), CASE(lots),
    CASE(directory_descriptors), CASE(rights), CASE(directory_rights),
    CASE(reading_and_writing), CASE(scattered), CASE(positioned), CASE(seeking), CASE(appending),
    CASE(sizes), CASE(times), CASE(opening), CASE(paths), CASE(long_names), CASE(deep),
    CASE(directories), CASE(deleted_while_open), CASE(renaming), CASE(hard_links),
    CASE(symbolic_links), CASE(linked_directories), CASE(dangling_links), CASE(link_targets),
    CASE(listing), CASE(long_listing),
    CASE(listing_parents), CASE(listing_positions), CASE(c_library), CASE(read_only),
};

// Without an argument it prints the names of the cases.
int main(int argc, char **argv) {
    int known = 0;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (argc < 2) {
            puts(CASES[i].name);
            known = 1;
        } else if (strcmp(argv[1], CASES[i].name) == 0) {
            CASES[i].run();
            known = 1;
        }
    }
    return known ? 0 : 2;
}
