// Tries to make files and remove them for ever.
#include <fcntl.h>

#include "say.h"

int main(void) {
    for (;;) {
        int fd = open("/data/scratch", O_CREAT | O_RDWR, 0666);
        if (fd < 0) return 1;
        write(fd, "some text", 9);
        close(fd);
        unlink("/data/scratch");
    }
}
