/* What PHP takes of POSIX and wasi-libc does not declare. Included before everything else; posix.c has the functions. */
#ifndef JETWAY_POSIX_H
#define JETWAY_POSIX_H

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>
#include <wasi/libc-environ.h>

/* The environment is read when it is first asked for, not before main(): see posix_state_is_kept. */
#define environ (__wasilibc_get_environ())

/* Whether the state after the start-up of this process is kept, for others to go on from. */
extern int posix_state_is_kept;
/* Has free memory at the end of a start-up whose state is kept, so that its requests need not grow it. */
void posix_grow_ahead(void);

/* Descriptors and files */
int dup(int descriptor);
int dup2(int descriptor, int wanted);
int pipe(int ends[2]);
int mkstemp(char *pattern);
int mkstemps(char *pattern, int suffix);
char *mkdtemp(char *pattern);
char *mktemp(char *pattern);
FILE *tmpfile(void);
mode_t umask(mode_t mask);
int chmod(const char *path, mode_t mode);
int fchmod(int descriptor, mode_t mode);
int chown(const char *path, uid_t owner, gid_t group);
int lchown(const char *path, uid_t owner, gid_t group);
int fchown(int descriptor, uid_t owner, gid_t group);
int mkfifo(const char *path, mode_t mode);
int mknod(const char *path, mode_t mode, dev_t device);
int getdtablesize(void);

/* Locks: flock() is posix.c's own, those of fcntl() are refused. */
#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7
#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2

#define P_tmpdir "/tmp"

/* Users: the guest is its own, number 0. */
struct passwd {
    char *pw_name, *pw_passwd, *pw_gecos, *pw_dir, *pw_shell;
    uid_t pw_uid;
    gid_t pw_gid;
};
struct group {
    char *gr_name, *gr_passwd, **gr_mem;
    gid_t gr_gid;
};
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int getgroups(int size, gid_t *groups);
int setuid(uid_t user);
int seteuid(uid_t user);
int setgid(gid_t group);
int setegid(gid_t group);
int initgroups(const char *user, gid_t group);
struct passwd *getpwnam(const char *name);
struct passwd *getpwuid(uid_t user);
struct group *getgrnam(const char *name);
struct group *getgrgid(gid_t group);

/* Processes and signals: there is one process and no signal. */
struct sigaction {
    void (*sa_handler)(int);
    sigset_t sa_mask;
    int sa_flags;
};
int sigaction(int number, const struct sigaction *wanted, struct sigaction *now);
int kill(pid_t process, int number);
pid_t fork(void);
pid_t wait(int *status);
pid_t waitpid(pid_t process, int *status, int options);
pid_t getppid(void);
pid_t getpgrp(void);
pid_t getpgid(pid_t process);
pid_t getsid(pid_t process);
int setpgid(pid_t process, pid_t group);
pid_t setsid(void);
unsigned alarm(unsigned seconds);
FILE *popen(const char *command, const char *mode);
int pclose(FILE *pipe);
int system(const char *command);
int execvp(const char *file, char *const arguments[]);
char *ttyname(int descriptor);
#define WNOHANG 1
#define WUNTRACED 2
#define WIFEXITED(status) ((status) >= 0)
#define WEXITSTATUS(status) (status)
#define WIFSIGNALED(status) 0
#define WTERMSIG(status) 0
#define WIFSTOPPED(status) 0
#define WSTOPSIG(status) 0
#define SA_RESTART 0
#define sigemptyset(set) ((void)(set), 0)

/* The log of the system: PHP's own log is used. */
enum { LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG };
enum { LOG_KERN = 0, LOG_USER = 8, LOG_MAIL = 16, LOG_DAEMON = 24, LOG_AUTH = 32, LOG_SYSLOG = 40, LOG_LPR = 48, LOG_NEWS = 56, LOG_UUCP = 64, LOG_CRON = 72, LOG_AUTHPRIV = 80, LOG_LOCAL0 = 128, LOG_LOCAL1 = 136, LOG_LOCAL2 = 144, LOG_LOCAL3 = 152, LOG_LOCAL4 = 160, LOG_LOCAL5 = 168, LOG_LOCAL6 = 176, LOG_LOCAL7 = 184 };
enum { LOG_PID = 1, LOG_CONS = 2, LOG_ODELAY = 4, LOG_NDELAY = 8, LOG_NOWAIT = 16, LOG_PERROR = 32 };
void openlog(const char *name, int options, int facility);
void closelog(void);
void syslog(int priority, const char *format, ...);

/* Sockets: refused. */
#define PF_UNIX AF_UNIX
#define SOL_IP 0
#define sockaddr_un local_address
struct local_address {
    sa_family_t sun_family;
    char sun_path[108];
};
#define MSG_OOB 0x40
#define SO_REUSEADDR 2
#define SO_ERROR 4
#define SO_KEEPALIVE 9
#define SO_LINGER 13
#define SOMAXCONN 128
#define POLLPRI 0x0004
#define AI_PASSIVE 1
#define AI_NUMERICHOST 4
#define NI_NUMERICHOST 1
#define NI_NAMEREQD 8
#define NI_MAXHOST 255
#define EAI_FAIL (-4)
struct hostent {
    char *h_name, **h_aliases, **h_addr_list;
    int h_addrtype, h_length;
};
#define h_addr h_addr_list[0]
struct servent {
    char *s_name, **s_aliases, *s_proto;
    int s_port;
};
struct protoent {
    char *p_name, **p_aliases;
    int p_proto;
};
struct addrinfo {
    int ai_flags, ai_family, ai_socktype, ai_protocol;
    socklen_t ai_addrlen;
    struct sockaddr *ai_addr;
    char *ai_canonname;
    struct addrinfo *ai_next;
};
int socket(int family, int type, int protocol);
int bind(int descriptor, const struct sockaddr *address, socklen_t size);
int connect(int descriptor, const struct sockaddr *address, socklen_t size);
int listen(int descriptor, int backlog);
int getpeername(int descriptor, struct sockaddr *address, socklen_t *size);
int getsockname(int descriptor, struct sockaddr *address, socklen_t *size);
int setsockopt(int descriptor, int level, int name, const void *value, socklen_t size);
ssize_t sendto(int descriptor, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length);
ssize_t recvfrom(int descriptor, void *data, size_t size, int flags, struct sockaddr *from, socklen_t *length);
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result);
void freeaddrinfo(struct addrinfo *list);
const char *gai_strerror(int code);
int getnameinfo(const struct sockaddr *address, socklen_t size, char *host, socklen_t host_size, char *service, socklen_t service_size, int flags);
struct hostent *gethostbyname(const char *name);
struct hostent *gethostbyaddr(const void *address, socklen_t size, int family);
struct servent *getservbyname(const char *name, const char *protocol);
struct servent *getservbyport(int port, const char *protocol);
struct protoent *getprotobyname(const char *name);
struct protoent *getprotobynumber(int number);
extern int h_errno;

/* Fibers: their stack cannot be had (mmap() with MAP_STACK fails), so that none is ever switched to. */
typedef struct ucontext {
    struct ucontext *uc_link;
    struct {
        void *ss_sp;
        size_t ss_size;
        int ss_flags;
    } uc_stack;
} ucontext_t;
int getcontext(ucontext_t *context);
int swapcontext(ucontext_t *from, const ucontext_t *to);
void makecontext(ucontext_t *context, void (*function)(void), int count, ...);

#endif
