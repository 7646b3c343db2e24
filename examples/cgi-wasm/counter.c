/*
 * Counts its requests in a file. A guest keeps nothing in memory from one request to the next;
 * what must last goes into a volume, here mounted at /data.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *COUNT = "/data/count";

static int fail(void) {
    printf("Status: 500\nContent-Type: text/plain\n\nThe counter cannot be written: %s.\n"
           "Is there a volume at /data that it may write to?\n", strerror(errno));
    return 0;
}

static unsigned long read_count(void) {
    char text[32] = "";
    FILE *file = fopen(COUNT, "r");
    if (file) {
        if (!fgets(text, sizeof text, file)) text[0] = '\0';
        fclose(file);
    }
    return strtoul(text, NULL, 10);
}

/*
 * A reader must never see half a number: write another file, then rename it. Its name is drawn at
 * random, because a guest has no process number and another request may run at the same time.
 * WASI preview 1 has no locks: of two such requests one may go uncounted, but neither fails.
 */
static int write_count(unsigned long count) {
    unsigned long long random;
    char fresh[64];
    if (getentropy(&random, sizeof random) != 0) return -1;
    snprintf(fresh, sizeof fresh, "%s.%016llx", COUNT, random);

    FILE *file = fopen(fresh, "w");
    if (!file) return -1;
    int printed = fprintf(file, "%lu\n", count);
    if (fclose(file) == 0 && printed > 0 && rename(fresh, COUNT) == 0) return 0;
    int cause = errno;
    remove(fresh);
    errno = cause;
    return -1;
}

int main(void) {
    unsigned long count = read_count() + 1;
    if (write_count(count) != 0) return fail();
    printf("Content-Type: text/plain\nCache-Control: no-store\n\nThis page was shown %lu time%s.\n",
           count, count == 1 ? "" : "s");
    return 0;
}
