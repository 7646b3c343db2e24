// Tries to open a file until there is no descriptor.
#include <errno.h>
#include <fcntl.h>

#include "say.h"

int main(void) {
    while (open("/data/file", O_RDONLY) >= 0) {}
    answer(errno == EMFILE || errno == ENFILE ? "full" : "other", errno);
}
