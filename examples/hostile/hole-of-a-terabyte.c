// Tries to make a file of a terabyte.
#include <fcntl.h>

#include "say.h"

int main(void) {
    int fd = open("/data/hole", O_CREAT | O_RDWR, 0666);
    answer("grown", fd >= 0 && !ftruncate(fd, 1ll << 40));
    close(fd);
    unlink("/data/hole");
}
