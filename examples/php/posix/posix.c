/* What PHP takes of POSIX and WASI does not have: done where it can be, refused with ENOSYS where not. */
#include "posix.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define DESCRIPTORS 1024

int posix_state_is_kept;

/* Called before main() where the state is kept, by Wizer's convention. */
__attribute__((export_name("wizer.initialize"))) void posix_keep_state(void) { posix_state_is_kept = 1; }

/* ---- Memory: pages of 64 KiB for mappings, which are given back, and for malloc, which keeps its own. ----
 * It grows by few, large and constant steps: where all steps of a program are so, Jetway has an array that is as long
 * as the memory, and checks an address once instead of twice. */

#define PAGE 65536u
#define PAGES 65536u
/* PHP wants its chunks of 2 MiB at multiples of 2 MiB. */
#define CHUNK (2u << 20)

/* FRESH pages are zeros. */
enum { FOREIGN, FRESH, UNUSED, TAKEN };
static unsigned char pages[PAGES];

/* What a short script needs, so that its memory does not grow. */
static char spare[6u << 20];
/* The first page that is not FOREIGN, and the one behind the last that malloc has got. */
static size_t lowest, next;
static int started;

static void begin(void) {
    if (lowest == 0) {
        next = lowest = (uintptr_t)spare / PAGE + 1;
        memset(pages + lowest, FRESH, sizeof spare / PAGE - 1);
    }
}

/* Whether pages are free, as far as there are any. */
static int are_free(size_t first, size_t count) {
    size_t end = __builtin_wasm_memory_size(0);
    for (size_t page = first; page < first + count && page < end; page++) {
        if (pages[page] != FRESH && pages[page] != UNUSED) {
            return 0;
        }
    }
    return 1;
}

/* Has at least so many pages, or fewer if there is no memory. A state that is kept is no larger than it must be. */
static void grow(size_t wanted) {
    size_t before = __builtin_wasm_memory_size(0);
    size_t size = before;
    while (size < wanted) {
        int large = started && (wanted - before > 1024 || size > 2048);
        int middle = started || !posix_state_is_kept;
        if (!(large && __builtin_wasm_memory_grow(0, 1024) != SIZE_MAX) &&
            !(middle && __builtin_wasm_memory_grow(0, 512) != SIZE_MAX) &&
            __builtin_wasm_memory_grow(0, 128) == SIZE_MAX) {
            break;
        }
        size = __builtin_wasm_memory_size(0);
    }
    memset(pages + before, FRESH, size - before);
}

/* Takes zeroed pages that are free, or not there yet; 0 if there is no memory. */
static size_t take(size_t first, size_t count) {
    if (first > PAGES || count > PAGES - first) {
        return 0;
    }
    grow(first + count);
    if (__builtin_wasm_memory_size(0) < first + count) {
        return 0;
    }
    for (size_t page = first; page < first + count; page++) {
        if (pages[page] == UNUSED) {
            memset((void *)(page * PAGE), 0, PAGE);
        }
    }
    memset(pages + first, TAKEN, count);
    return first;
}

/* The first of the free pages at the end of memory; behind it if the last is taken. */
static size_t tail(void) {
    size_t page = __builtin_wasm_memory_size(0);
    while (are_free(page - 1, 1)) {
        page--;
    }
    return page;
}

/* Takes the last free pages at a multiple of `step`, as malloc takes the first ones. */
static size_t map(size_t count, size_t step) {
    size_t end = __builtin_wasm_memory_size(0);
    begin();
    for (size_t first = count > end ? 0 : (end - count) / step * step; first >= lowest; first -= step) {
        if (are_free(first, count)) {
            return take(first, count);
        }
    }
    return take((tail() + step - 1) / step * step, count);
}

void posix_grow_ahead(void) {
    size_t end = __builtin_wasm_memory_size(0);
    size_t fresh = 0;
    for (size_t page = 0; page < end; page++) {
        fresh += pages[page] == FRESH;
    }
    if (posix_state_is_kept && fresh < 128) {
        grow(end + 128 - fresh);
    }
    started = 1;
}

/* For malloc. Calls one after the other give memory in one piece, which it counts on, unless another is in between. */
void *sbrk(intptr_t increment) {
    begin();
    if (increment == 0) {
        return (void *)(next * PAGE);
    }
    size_t count = (size_t)increment / PAGE;
    size_t first = 0;
    if (increment > 0 && increment % PAGE == 0) {
        first = take(are_free(next, count) ? next : tail(), count);
    }
    if (first == 0) {
        errno = ENOMEM;
        return (void *)-1;
    }
    next = first + count;
    return (void *)(first * PAGE);
}

void *mmap(void *wanted, size_t size, int protection, int flags, int descriptor, off_t offset) {
    (void)protection;
    (void)offset;
    if (size == 0 || descriptor != -1 || (flags & MAP_STACK)) {
        errno = size == 0 ? EINVAL : ENOSYS;
        return MAP_FAILED;
    }
    size_t count = size / PAGE + (size % PAGE != 0);
    size_t first = wanted ? 0 : map(count, size % CHUNK == 0 ? CHUNK / PAGE : 1);
    if (first == 0) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return (void *)(first * PAGE);
}

int munmap(void *address, size_t size) {
    size_t first = (uintptr_t)address / PAGE;
    size_t count = size / PAGE + (size % PAGE != 0);
    for (size_t page = first; page < first + count && page < PAGES; page++) {
        if (pages[page] == TAKEN) {
            pages[page] = UNUSED;
        }
    }
    return 0;
}

int mprotect(void *address, size_t size, int protection) {
    (void)address;
    (void)size;
    (void)protection;
    return 0;
}

int madvise(void *address, size_t size, int advice) {
    (void)address;
    (void)size;
    (void)advice;
    return 0;
}

/* Eight bytes at a time, which PHP does for each key of a table that it finds; wasi-libc's takes one. */
__attribute__((no_builtin("memcmp"))) int memcmp(const void *one, const void *other, size_t size) {
    const unsigned char *left = one;
    const unsigned char *right = other;
    for (; size >= 8; size -= 8, left += 8, right += 8) {
        uint64_t of_left;
        uint64_t of_right;
        __builtin_memcpy(&of_left, left, 8);
        __builtin_memcpy(&of_right, right, 8);
        if (of_left != of_right) {
            break;
        }
    }
    for (; size > 0; size--, left++, right++) {
        if (*left != *right) {
            return *left - *right;
        }
    }
    return 0;
}

/* ---- Descriptors: a duplicate is the same number, which is closed as often as it was duplicated. ---- */

static unsigned char duplicates[DESCRIPTORS];
static char *paths[DESCRIPTORS];
static char *locks[DESCRIPTORS];

static int known(int descriptor) { return descriptor >= 0 && descriptor < DESCRIPTORS; }

int dup(int descriptor) {
    if (fcntl(descriptor, F_GETFD) < 0) {
        return -1;
    }
    if (!known(descriptor) || duplicates[descriptor] == UINT8_MAX) {
        errno = EMFILE;
        return -1;
    }
    duplicates[descriptor]++;
    return descriptor;
}

int __real_open(const char *path, int flags, ...);
int __real_close(int descriptor);

/* The path as it is from the root; NULL without memory. */
static char *absolute(const char *path) {
    char folder[4096];
    if (path[0] == '/' || !getcwd(folder, sizeof folder)) {
        return strdup(path);
    }
    size_t size = strlen(folder) + strlen(path) + 2;
    char *whole = malloc(size);
    if (whole) {
        snprintf(whole, size, "%s/%s", folder, path);
    }
    return whole;
}

int __wrap_open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    int descriptor = __real_open(path, flags, mode);
    if (known(descriptor)) {
        free(paths[descriptor]);
        paths[descriptor] = absolute(path);
    }
    return descriptor;
}

static void unlock(int descriptor) {
    if (locks[descriptor]) {
        int before = errno;
        unlink(locks[descriptor]);
        errno = before;
        free(locks[descriptor]);
        locks[descriptor] = NULL;
    }
}

int __wrap_close(int descriptor) {
    if (known(descriptor)) {
        if (duplicates[descriptor] > 0) {
            duplicates[descriptor]--;
            return 0;
        }
        unlock(descriptor);
        free(paths[descriptor]);
        paths[descriptor] = NULL;
    }
    return __real_close(descriptor);
}

/* ---- Locks of whole files: a file beside the locked one, its name with ".lock" behind it, made
   exclusively. The server removes those of guests that it has ended. A shared lock is an exclusive one, but a
   process that has a file's lock gets it again for another descriptor, until it closes the first. ---- */

#define LONGEST_PAUSE_NS (20 * 1000000L)
/* What is older was left behind by a server that crashed. */
#define STALE_S 600

static void unlock_all(void) {
    for (int descriptor = 0; descriptor < DESCRIPTORS; descriptor++) {
        unlock(descriptor);
    }
}

static int held_here(const char *lock) {
    for (int descriptor = 0; descriptor < DESCRIPTORS; descriptor++) {
        if (locks[descriptor] && strcmp(locks[descriptor], lock) == 0) {
            return 1;
        }
    }
    return 0;
}

static int stale(const char *lock) {
    struct stat found;
    return stat(lock, &found) == 0 && time(NULL) - found.st_mtime > STALE_S;
}

/* Makes the file `lock`: 0, or -1 with errno, EEXIST if it is there. */
static int make(const char *lock) {
    int descriptor = __real_open(lock, O_CREAT | O_EXCL | O_WRONLY, 0600);
    return descriptor < 0 ? -1 : __real_close(descriptor);
}

static int wait_for(const char *lock, int operation) {
    struct timespec pause = {0, 500000};
    while (make(lock) < 0) {
        if (errno != EEXIST) {
            return errno; /* a folder that cannot be written to: nothing to protect from */
        }
        if (stale(lock)) {
            unlink(lock);
        } else if (operation & LOCK_NB) {
            return EWOULDBLOCK;
        } else {
            nanosleep(&pause, NULL);
            pause.tv_nsec = pause.tv_nsec * 2 > LONGEST_PAUSE_NS ? LONGEST_PAUSE_NS : pause.tv_nsec * 2;
        }
    }
    return 0;
}

int flock(int descriptor, int operation) {
    static int registered;
    if (!known(descriptor) || !paths[descriptor]) {
        return 0;
    }
    if (operation & LOCK_UN) {
        unlock(descriptor);
        return 0;
    }
    if (!(operation & (LOCK_SH | LOCK_EX))) {
        return 0; /* PHP asks whether there are locks */
    }
    size_t size = strlen(paths[descriptor]) + sizeof ".lock";
    char *lock = malloc(size);
    if (!lock) {
        return -1;
    }
    snprintf(lock, size, "%s.lock", paths[descriptor]);
    int refused = held_here(lock) ? EEXIST : wait_for(lock, operation);
    if (refused) {
        free(lock);
        errno = refused;
        return refused == EWOULDBLOCK ? -1 : 0;
    }
    unlock(descriptor);
    locks[descriptor] = lock;
    if (!registered) {
        registered = 1;
        atexit(unlock_all);
    }
    return 0;
}

/* ---- Permissions: those of a usual web site; WASI has none. ---- */

int __real_stat(const char *path, struct stat *found);
int __real_lstat(const char *path, struct stat *found);
int __real_fstat(int descriptor, struct stat *found);

static int permitted(int result, struct stat *found) {
    if (result == 0) {
        found->st_mode |= S_ISDIR(found->st_mode) ? 0755 : S_ISLNK(found->st_mode) ? 0777 : 0644;
    }
    return result;
}

int __wrap_stat(const char *path, struct stat *found) { return permitted(__real_stat(path, found), found); }
int __wrap_lstat(const char *path, struct stat *found) { return permitted(__real_lstat(path, found), found); }
int __wrap_fstat(int descriptor, struct stat *found) {
    return permitted(__real_fstat(descriptor, found), found);
}

mode_t umask(mode_t mask) {
    (void)mask;
    return 022;
}

/* 0 if the file is there: a permission that is set is none. */
static int there(const char *path) {
    struct stat found;
    return __real_stat(path, &found);
}

int __wrap_chmod(const char *path, mode_t mode) {
    (void)mode;
    return there(path);
}
int __wrap_fchmod(int descriptor, mode_t mode) {
    (void)mode;
    struct stat found;
    return __real_fstat(descriptor, &found);
}
int chown(const char *path, uid_t owner, gid_t group) {
    (void)owner;
    (void)group;
    return there(path);
}
int lchown(const char *path, uid_t owner, gid_t group) { return chown(path, owner, group); }
int fchown(int descriptor, uid_t owner, gid_t group) {
    (void)owner;
    (void)group;
    return fchmod(descriptor, 0);
}

/* ---- Temporary files ---- */

#define ATTEMPTS 100

/* Puts six random letters in place of the X before the last `suffix` letters. */
static int randomise(char *pattern, size_t suffix) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t size = strlen(pattern);
    if (size < suffix + 6) {
        errno = EINVAL;
        return -1;
    }
    unsigned char random[6];
    if (getentropy(random, sizeof random) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof random; i++) {
        pattern[size - suffix - 6 + i] = letters[random[i] % 64];
    }
    return 0;
}

int mkstemps(char *pattern, int suffix) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (randomise(pattern, suffix) < 0) {
            return -1;
        }
        int descriptor = open(pattern, O_CREAT | O_EXCL | O_RDWR, 0600);
        if (descriptor >= 0 || errno != EEXIST) {
            return descriptor;
        }
    }
    return -1;
}

int mkstemp(char *pattern) { return mkstemps(pattern, 0); }

char *mkdtemp(char *pattern) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (randomise(pattern, 0) < 0) {
            return NULL;
        }
        if (mkdir(pattern, 0700) == 0) {
            return pattern;
        }
        if (errno != EEXIST) {
            return NULL;
        }
    }
    return NULL;
}

char *mktemp(char *pattern) { return randomise(pattern, 0) < 0 ? NULL : pattern; }

FILE *tmpfile(void) {
    char name[] = "/tmp/tmpXXXXXX";
    int descriptor = mkstemp(name);
    if (descriptor < 0) {
        return NULL;
    }
    unlink(name);
    return fdopen(descriptor, "w+");
}

/* ---- Users ---- */

uid_t getuid(void) { return 0; }
uid_t geteuid(void) { return 0; }
gid_t getgid(void) { return 0; }
gid_t getegid(void) { return 0; }
struct passwd *getpwnam(const char *name) {
    (void)name;
    return NULL;
}
struct passwd *getpwuid(uid_t user) {
    (void)user;
    return NULL;
}
struct group *getgrnam(const char *name) {
    (void)name;
    return NULL;
}
struct group *getgrgid(gid_t group) {
    (void)group;
    return NULL;
}
int getgroups(int size, gid_t *groups) {
    (void)size;
    (void)groups;
    return 0;
}

/* ---- Processes and signals ---- */

pid_t getppid(void) { return 1; }
pid_t getpgrp(void) { return 1; }
pid_t getpgid(pid_t process) { return process; }
pid_t getsid(pid_t process) { return process; }
int sigaction(int number, const struct sigaction *wanted, struct sigaction *now) {
    (void)number;
    (void)wanted;
    if (now) {
        memset(now, 0, sizeof *now);
    }
    return 0;
}
unsigned alarm(unsigned seconds) {
    (void)seconds;
    return 0;
}
int gethostname(char *name, size_t size) {
    snprintf(name, size, "localhost");
    return 0;
}
int getdtablesize(void) { return DESCRIPTORS; }

/* ---- The log of the system ---- */

void openlog(const char *name, int options, int facility) {
    (void)name;
    (void)options;
    (void)facility;
}
void closelog(void) {}
void syslog(int priority, const char *format, ...) {
    (void)priority;
    va_list rest;
    va_start(rest, format);
    vfprintf(stderr, format, rest);
    va_end(rest);
    fputc('\n', stderr);
}

/* ---- Refused ---- */

int h_errno;

#pragma clang diagnostic ignored "-Wunused-parameter"
#define REFUSE(type, function, value) \
    type function {                   \
        errno = ENOSYS;               \
        return (type)value;           \
    }
REFUSE(int, dup2(int descriptor, int wanted), -1)
REFUSE(int, pipe(int ends[2]), -1)
REFUSE(int, mkfifo(const char *path, mode_t mode), -1)
REFUSE(int, mknod(const char *path, mode_t mode, dev_t device), -1)
REFUSE(int, setuid(uid_t user), -1)
REFUSE(int, seteuid(uid_t user), -1)
REFUSE(int, setgid(gid_t group), -1)
REFUSE(int, setegid(gid_t group), -1)
REFUSE(int, initgroups(const char *user, gid_t group), -1)
REFUSE(int, kill(pid_t process, int number), -1)
REFUSE(pid_t, fork(void), -1)
REFUSE(pid_t, wait(int *status), -1)
REFUSE(pid_t, waitpid(pid_t process, int *status, int options), -1)
REFUSE(int, setpgid(pid_t process, pid_t group), -1)
REFUSE(pid_t, setsid(void), -1)
REFUSE(FILE *, popen(const char *command, const char *mode), NULL)
REFUSE(int, pclose(FILE *pipe), -1)
REFUSE(int, system(const char *command), -1)
REFUSE(int, execvp(const char *file, char *const arguments[]), -1)
REFUSE(char *, ttyname(int descriptor), NULL)
REFUSE(int, socket(int family, int type, int protocol), -1)
REFUSE(int, bind(int descriptor, const struct sockaddr *address, socklen_t size), -1)
REFUSE(int, connect(int descriptor, const struct sockaddr *address, socklen_t size), -1)
REFUSE(int, listen(int descriptor, int backlog), -1)
REFUSE(int, getpeername(int descriptor, struct sockaddr *address, socklen_t *size), -1)
REFUSE(int, getsockname(int descriptor, struct sockaddr *address, socklen_t *size), -1)
REFUSE(int, setsockopt(int descriptor, int level, int name, const void *value, socklen_t size), -1)
REFUSE(ssize_t, sendto(int descriptor, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length), -1)
REFUSE(ssize_t, recvfrom(int descriptor, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length), -1)
REFUSE(int, getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result), EAI_FAIL)
REFUSE(const char *, gai_strerror(int code), "no network")
REFUSE(int, getnameinfo(const struct sockaddr *address, socklen_t size, char *host, socklen_t host_size, char *service, socklen_t service_size, int flags), EAI_FAIL)
REFUSE(struct hostent *, gethostbyname(const char *name), NULL)
REFUSE(struct hostent *, gethostbyaddr(const void *address, socklen_t size, int family), NULL)
REFUSE(struct servent *, getservbyname(const char *name, const char *protocol), NULL)
REFUSE(struct servent *, getservbyport(int port, const char *protocol), NULL)
REFUSE(struct protoent *, getprotobyname(const char *name), NULL)
REFUSE(struct protoent *, getprotobynumber(int number), NULL)
REFUSE(int, getcontext(ucontext_t *context), -1)
REFUSE(int, swapcontext(ucontext_t *from, const ucontext_t *to), -1)
void freeaddrinfo(struct addrinfo *list) {}
void makecontext(ucontext_t *context, void (*function)(void), int count, ...) {}
