/* Mallocs and mappings by chance, side by side: none overlaps another, and mappings begin as zeros. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define BLOCKS 400
#define TURNS 60000

static struct {
    unsigned char *at;
    size_t size;
    unsigned char value;
    int mapped;
} blocks[BLOCKS];

static unsigned chance(unsigned below) {
    static unsigned state = 1;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

static void require(int number, unsigned char value) {
    for (size_t i = 0; i < blocks[number].size; i++) {
        if (blocks[number].at[i] != value) {
            printf("%s %d of %zu bytes is overwritten at %zu\n", blocks[number].mapped ? "mapping" : "malloc", number,
                   blocks[number].size, i);
            exit(1);
        }
    }
}

static void give_back(int number) {
    require(number, blocks[number].value);
    if (blocks[number].mapped) {
        munmap(blocks[number].at, blocks[number].size);
    } else {
        free(blocks[number].at);
    }
    blocks[number].at = NULL;
}

static void take(int number) {
    int mapped = chance(12) == 0;
    size_t size = !mapped ? chance(200000) : chance(2) ? 2u << 20 : (1 + chance(3)) << 16;
    void *at = mapped ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : malloc(size);
    if (at == NULL || at == MAP_FAILED) {
        return; /* no memory: what there is must still be right */
    }
    blocks[number].at = at;
    blocks[number].size = size;
    blocks[number].mapped = mapped;
    if (mapped) {
        require(number, 0);
    }
    blocks[number].value = 1 + chance(255);
    memset(at, blocks[number].value, size);
}

int main(void) {
    for (int turn = 0; turn < TURNS; turn++) {
        int number = chance(BLOCKS);
        if (blocks[number].at) {
            give_back(number);
        } else {
            take(number);
        }
    }
    for (int number = 0; number < BLOCKS; number++) {
        if (blocks[number].at) {
            require(number, blocks[number].value);
        }
    }
    return 0;
}
