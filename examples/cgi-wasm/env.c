/* Prints what a guest is given: its variables, sorted, and its arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A client chooses many of these texts: show control characters as escapes. */
static void print_line(const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7f) {
            printf("\\x%02x", c);
        } else {
            putchar(c);
        }
    }
    putchar('\n');
}

int main(int argc, char **argv) {
    size_t count = 0;
    while (environ && environ[count]) {
        count++;
    }
    qsort(environ, count, sizeof *environ, by_name);

    puts("Content-Type: text/plain; charset=utf-8\n");
    for (size_t i = 0; i < count; i++) {
        print_line(environ[i]);
    }
    for (int i = 0; i < argc; i++) {
        printf("argv[%d]=", i);
        print_line(argv[i]);
    }
    return 0;
}
