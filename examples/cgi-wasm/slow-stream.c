/* Prints a line each second. What is flushed reaches the client at once: try curl -N. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_LINES 5
#define MAX_LINES 60

static long lines_wanted(void) {
    const char *query = getenv("QUERY_STRING");
    if (query && strncmp(query, "n=", 2) == 0) {
        long lines = strtol(query + 2, NULL, 10);
        if (lines > 0) return lines < MAX_LINES ? lines : MAX_LINES;
    }
    return DEFAULT_LINES;
}

int main(void) {
    long lines = lines_wanted();
    puts("Content-Type: text/plain\nCache-Control: no-store\n");
    for (long line = 1; line <= lines; line++) {
        printf("line %ld of %ld\n", line, lines);
        fflush(stdout);
        if (line < lines) sleep(1);
    }
    return 0;
}
