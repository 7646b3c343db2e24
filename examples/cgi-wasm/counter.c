/*
 * Counts its requests in a file. A guest keeps nothing in memory from one request to the next;
 * what must last goes into a volume, here mounted at /data.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *COUNT = "/data/count";
static const char *FRESH = "/data/count.new";

static int fail(const char *what) {
    printf("Status: 500\nContent-Type: text/plain\n\nThe counter %s: %s.\n"
           "Is there a volume at /data that it may write to?\n", what, strerror(errno));
    return 0;
}

int main(void) {
    unsigned long count = 0;
    FILE *file = fopen(COUNT, "r");
    if (file) {
        if (fscanf(file, "%lu", &count) != 1) count = 0;
        fclose(file);
    }
    count++;

    /* A reader must never see half a number: write another file, then rename it. */
    file = fopen(FRESH, "w");
    if (!file) return fail("cannot be written");
    fprintf(file, "%lu\n", count);
    if (fclose(file) != 0 || rename(FRESH, COUNT) != 0) return fail("cannot be kept");

    printf("Content-Type: text/plain\nCache-Control: no-store\n\nThis page was shown %lu time%s.\n",
           count, count == 1 ? "" : "s");
    return 0;
}
