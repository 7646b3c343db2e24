/* Prints a line each second. What is flushed reaches the client at once: try curl -N. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DEFAULT_LINES 5
#define MAX_LINES 60

static int lines_wanted(void) {
    const char *query = getenv("QUERY_STRING");
    int lines = 0;
    if (query && sscanf(query, "n=%d", &lines) == 1 && lines > 0) {
        return lines < MAX_LINES ? lines : MAX_LINES;
    }
    return DEFAULT_LINES;
}

int main(void) {
    int lines = lines_wanted();
    puts("Content-Type: text/plain\nCache-Control: no-store\n");
    for (int line = 1; line <= lines; line++) {
        printf("line %d of %d\n", line, lines);
        fflush(stdout);
        if (line < lines) sleep(1);
    }
    return 0;
}
