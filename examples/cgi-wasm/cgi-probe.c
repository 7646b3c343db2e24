/*
 * A guest that does as it is told: for tests of a CGI server, not for a public site.
 *
 * Without instructions it reads its body and describes the request as JSON:
 *
 *   {"argv":["/probe","a=1"],"env":{"REQUEST_METHOD":"GET",...},
 *    "stdin":{"length":0,"sha256":"e3b0..."},"nonUtf8":false}
 *
 * A byte that is not part of valid UTF-8 appears as \u00XX, and nonUtf8 is then true.
 *
 * Instructions come in the header field X-Probe, separated by commas or semicolons:
 *
 *   stdout=BASE64  write exactly these bytes, header block included, instead of the JSON
 *   body=N         then append N bytes of a pattern: byte i of it is i modulo 251
 *   chunk=N        write at most N bytes in one call
 *   pause=MS       wait so many milliseconds between two writes
 *   stderr=BASE64  first write these bytes to standard error
 *   noread         leave standard input unread; the JSON then has "stdin":null
 *   grow=MIB       first take memory until MIB mebibytes are reached or refused;
 *                  the JSON then has "grown":MIB, what it got
 *   trap-first     execute an unreachable instruction before anything else
 *   trap, loop, exit=N   at the end: the same, run forever, or exit with code N
 *
 *   curl -H 'X-Probe: stdout=U3RhdHVzOiAyMDQKCg==, exit=3' localhost:8080/probe
 *
 * What it does not understand it answers with Status: 400 and the reason.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sha256.h"

extern char **environ;

struct bytes {
    char *at;
    size_t length;
};

struct plan {
    struct bytes out, err;
    int has_out, noread, trap, trap_first, loop;
    unsigned long long body, chunk, pause, exit, grow;
};

/* ---- instructions ---- */

static void refuse(const char *what, const char *instruction) {
    printf("Status: 400\nContent-Type: text/plain\n\ncgi-probe: %s: %s\n", what, instruction);
    exit(0);
}

static int base64_digit(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *digit = c ? strchr(digits, c) : NULL;
    return digit ? (int)(digit - digits) : -1;
}

/* Decodes in place: the result is never longer than the text. */
static struct bytes base64(const char *name, char *text) {
    struct bytes result = {text, 0};
    unsigned int bits = 0, held = 0;
    size_t length = strcspn(text, "=");
    if (strspn(text + length, "=") != strlen(text + length)) refuse("no base64", name);
    for (size_t i = 0; i < length; i++) {
        int digit = base64_digit(text[i]);
        if (digit < 0) refuse("no base64", name);
        bits = bits << 6 | (unsigned int)digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            result.at[result.length++] = (char)(bits >> held);
        }
    }
    return result;
}

static unsigned long long number(const char *name, const char *text) {
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno) refuse("no number", name);
    return value;
}

static void follow(struct plan *plan, char *instruction) {
    const struct { const char *name; int *flag; } flags[] = {
        {"noread", &plan->noread},
        {"trap", &plan->trap},
        {"trap-first", &plan->trap_first},
        {"loop", &plan->loop},
    };
    const struct { const char *name; unsigned long long *value; } numbers[] = {
        {"body", &plan->body},
        {"chunk", &plan->chunk},
        {"pause", &plan->pause},
        {"exit", &plan->exit},
        {"grow", &plan->grow},
    };
    char *value = strchr(instruction, '=');
    if (value) {
        *value++ = '\0';
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            if (strcmp(instruction, numbers[i].name) == 0) {
                *numbers[i].value = number(instruction, value);
                return;
            }
        }
        if (strcmp(instruction, "stdout") == 0) {
            plan->out = base64(instruction, value);
            plan->has_out = 1;
            return;
        }
        if (strcmp(instruction, "stderr") == 0) {
            plan->err = base64(instruction, value);
            return;
        }
    } else {
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
            if (strcmp(instruction, flags[i].name) == 0) {
                *flags[i].flag = 1;
                return;
            }
        }
    }
    if (value) value[-1] = '=';
    refuse("unknown instruction", instruction);
}

static struct plan read_plan(void) {
    struct plan plan = {0};
    const char *field = getenv("HTTP_X_PROBE");
    char *copy = strdup(field ? field : "");
    for (char *word = strtok(copy, ",; \t"); word; word = strtok(NULL, ",; \t")) {
        follow(&plan, word);
    }
    return plan; /* Its bytes lie in the copy, which lives as long as this run. */
}

/* ---- output: write(2), because stdio would choose the pieces itself ---- */

static void write_all(int fd, const char *from, size_t length) {
    while (length > 0) {
        ssize_t count = write(fd, from, length);
        if (count < 0) {
            fprintf(stderr, "cgi-probe: write: %s\n", strerror(errno));
            exit(1);
        }
        from += count;
        length -= (size_t)count;
    }
}

static void write_piece(const struct plan *plan, const char *from, size_t length) {
    static int started;
    if (started && plan->pause > 0) {
        struct timespec pause = {
            .tv_sec = (time_t)(plan->pause / 1000),
            .tv_nsec = (long)(plan->pause % 1000) * 1000000,
        };
        nanosleep(&pause, NULL);
    }
    started = 1;
    write_all(STDOUT_FILENO, from, length);
}

static size_t piece_of(const struct plan *plan, unsigned long long left, size_t most) {
    if (plan->chunk > 0 && plan->chunk < most) most = (size_t)plan->chunk;
    return left < most ? (size_t)left : most;
}

static void write_out(const struct plan *plan, struct bytes out) {
    for (size_t done = 0; done < out.length;) {
        size_t piece = piece_of(plan, out.length - done, out.length);
        write_piece(plan, out.at + done, piece);
        done += piece;
    }
}

/* A prime period, so that a piece that is lost or sent twice cannot go unseen. */
#define PERIOD 251
#define MOST (PERIOD * 256)

static void write_body(const struct plan *plan) {
    static char pattern[MOST + PERIOD];
    for (size_t i = 0; i < sizeof pattern; i++) {
        pattern[i] = (char)(i % PERIOD);
    }
    for (unsigned long long done = 0; done < plan->body;) {
        size_t piece = piece_of(plan, plan->body - done, MOST);
        write_piece(plan, pattern + done % PERIOD, piece);
        done += piece;
    }
}

/* ---- input ---- */

/* Reads all of standard input through a fixed buffer; returns its length and its digest. */
static uint64_t hash_stdin(uint32_t digest[8]) {
    static unsigned char buffer[65536];
    uint64_t length = 0;
    size_t held = 0;
    ssize_t count;
    memcpy(digest, SHA256_START, sizeof SHA256_START);
    while ((count = read(STDIN_FILENO, buffer + held, sizeof buffer - held)) > 0) {
        length += (uint64_t)count;
        held += (size_t)count;
        size_t done = 0;
        for (; held - done >= SHA256_BLOCK; done += SHA256_BLOCK) {
            sha256_block(digest, buffer + done);
        }
        held -= done;
        memmove(buffer, buffer + done, held);
    }
    if (count < 0) fprintf(stderr, "cgi-probe: read: %s\n", strerror(errno));
    sha256_end(digest, buffer, length);
    return length;
}

/* ---- the description ---- */

/* The length of the valid UTF-8 sequence here, or 0. */
static size_t utf8_length(const unsigned char *s) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (s[0] < 0x80) return 1;
    size_t length = s[0] < 0xc2 || s[0] > 0xf4 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if (length == 0) return 0;
    uint32_t code = s[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xc0) != 0x80) return 0; /* The final zero byte ends here too. */
        code = code << 6 | (s[i] & 0x3f);
    }
    int surrogate = code >= 0xd800 && code <= 0xdfff;
    return code < smallest[length] || code > 0x10ffff || surrogate ? 0 : length;
}

static int print_string(FILE *to, const char *text, size_t length) {
    int damaged = 0;
    fputc('"', to);
    for (const unsigned char *s = (const unsigned char *)text, *end = s + length; s < end;) {
        size_t sequence = utf8_length(s);
        if (sequence == 0 || *s < 0x20 || *s == 0x7f) {
            fprintf(to, "\\u%04x", *s);
            damaged |= sequence == 0;
            s++;
        } else {
            if (*s == '"' || *s == '\\') fputc('\\', to);
            fwrite(s, 1, sequence, to);
            s += sequence;
        }
    }
    fputc('"', to);
    return damaged;
}

static struct bytes describe(int argc, char **argv, const struct plan *plan, size_t grown) {
    struct bytes result;
    int damaged = 0;
    FILE *to = open_memstream(&result.at, &result.length);
    if (!to) abort();

    fputs("Content-Type: application/json\n\n{\"argv\":[", to);
    for (int i = 0; i < argc; i++) {
        if (i > 0) fputc(',', to);
        damaged |= print_string(to, argv[i], strlen(argv[i]));
    }
    fputs("],\"env\":{", to);
    for (char **entry = environ; entry && *entry; entry++) {
        size_t name = strcspn(*entry, "=");
        const char *value = *entry + name + ((*entry)[name] == '=');
        if (entry != environ) fputc(',', to);
        damaged |= print_string(to, *entry, name);
        fputc(':', to);
        damaged |= print_string(to, value, strlen(value));
    }
    fputs("},\"stdin\":", to);
    if (plan->noread) {
        fputs("null", to);
    } else {
        uint32_t digest[8];
        fprintf(to, "{\"length\":%llu,\"sha256\":\"", (unsigned long long)hash_stdin(digest));
        for (int i = 0; i < 8; i++) fprintf(to, "%08x", (unsigned int)digest[i]);
        fputs("\"}", to);
    }
    if (plan->grow > 0) fprintf(to, ",\"grown\":%zu", grown);
    fprintf(to, ",\"nonUtf8\":%s}\n", damaged ? "true" : "false");
    fclose(to);
    return result;
}

/* ---- the run ---- */

/* Memory that is only asked for may not exist yet: touch each page. */
static size_t grow(unsigned long long mebibytes) {
    size_t got = 0;
    volatile char *block, *last = NULL;
    for (; got < mebibytes && (block = malloc(1 << 20)); got++, last = block) {
        for (size_t i = 0; i < 1 << 20; i += 4096) block[i] = 1;
    }
    free((void *)last); /* Room for the description; what a guest frees, the host keeps. */
    return got;
}

int main(int argc, char **argv) {
    struct plan plan = read_plan();
    if (plan.trap_first) __builtin_trap();
    write_all(STDERR_FILENO, plan.err.at, plan.err.length);
    size_t grown = grow(plan.grow);

    struct bytes description = describe(argc, argv, &plan, grown); /* Reads standard input. */
    write_out(&plan, plan.has_out ? plan.out : description);
    write_body(&plan);

    if (plan.trap) __builtin_trap();
    for (volatile int turn = 0; plan.loop; turn = !turn) {
    }
    _exit((int)plan.exit);
}
