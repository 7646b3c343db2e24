// Tries to ask for the status of a deep path for ever.
#include <sys/stat.h>

#include "say.h"

int main(void) {
    static char path[4000] = "/data";
    while (strlen(path) + 16 < sizeof path) strcat(path, "/many/..");
    strcat(path, "/file");
    struct stat status;
    for (;;) stat(path, &status);
}
