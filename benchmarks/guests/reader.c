// Reads the whole body and says how long it was.
#include <stdio.h>
#include <unistd.h>

int main(void) {
    static char buffer[16384];
    long total = 0;
    ssize_t got;
    while ((got = read(0, buffer, sizeof buffer)) > 0) total += got;
    printf("Content-Type: text/plain\n\n%ld\n", total);
    return 0;
}
