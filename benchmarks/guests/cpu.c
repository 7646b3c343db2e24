// Programs that compute, each printed with its milliseconds; what they computed goes to one number.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t sum;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
    return x < y ? -1 : x > y;
}

// Nothing but stores, far apart.
static void sieve(void) {
    int n = 8000000;
    char *prime = malloc(n);
    memset(prime, 1, n);
    for (int i = 2; (long) i * i < n; i++)
        if (prime[i])
            for (int j = i * i; j < n; j += i) prime[j] = 0;
    for (int i = 2; i < n; i++) sum += prime[i];
    free(prime);
}

// Calls through a pointer.
static void sort(void) {
    int n = 400000;
    uint32_t *numbers = malloc(n * 4), x = 12345;
    for (int i = 0; i < n; i++) numbers[i] = x = x * 1664525 + 1013904223;
    qsort(numbers, n, 4, compare);
    sum += numbers[5];
    free(numbers);
}

// Integers and a table of 4 KiB, as hashes do.
static void mix(void) {
    static uint32_t h[8] = {1, 2, 3, 4, 5, 6, 7, 8}, w[1024];
    for (int k = 0; k < 20000; k++)
        for (int i = 0; i < 1024; i++) {
            w[i] += h[i & 7];
            h[i & 7] = (h[i & 7] >> 7 | h[i & 7] << 25) ^ w[(i * 7) & 1023];
        }
    sum += h[3];
}

static void format(void) {
    char text[200];
    for (int i = 0; i < 200000; i++) sum += sprintf(text, "%d %s %x", i, "abc", i * 3);
}

static void matrices(void) {
    enum { N = 200 };
    static double a[N][N], b[N][N], c[N][N];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) a[i][j] = i + j, b[i][j] = i - j;
    for (int r = 0; r < 4; r++)
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) {
                double s = 0;
                for (int k = 0; k < N; k++) s += a[i][k] * b[k][j];
                c[i][j] = s;
            }
    sum += (uint64_t) c[7][9];
}

static int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static void calls(void) { sum += fibonacci(32); }

int main(void) {
    static const struct { const char *name; void (*run)(void); } PROGRAMS[] = {
        {"sieve", sieve}, {"qsort", sort}, {"hash", mix},
        {"sprintf", format}, {"matrix", matrices}, {"calls", calls},
    };
    printf("Content-Type: text/plain\n\n");
    for (unsigned i = 0; i < sizeof PROGRAMS / sizeof *PROGRAMS; i++) {
        double start = now();
        PROGRAMS[i].run();
        printf("%s %.1f\n", PROGRAMS[i].name, now() - start);
    }
    printf("sum %llu\n", (unsigned long long) sum);
    return 0;
}
