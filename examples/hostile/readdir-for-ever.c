// Tries to list a large folder again and again.
#include <dirent.h>

#include "say.h"

int main(void) {
    DIR *many = opendir("/data/many");
    if (!many) return 1;
    for (;;) {
        if (!readdir(many)) rewinddir(many);
    }
}
