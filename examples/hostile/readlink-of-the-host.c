// Tries to learn paths of the host.
#include "say.h"

int main(void) {
    static const char *const paths[] = {
        "/data/etc", "/data/proc", "/data/zero", "/data/out/volume", "/data/..", "/data",
        "/proc/self/exe", "/proc/self/cwd", "/data/proc/self/cwd", "/data/file",
    };
    char target[4096];
    int learnt = 0;
    for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (readlink(paths[i], target, sizeof target) >= 0) learnt++;
    }
    if (getcwd(target, sizeof target) && strcmp(target, "/")) learnt++;
    answer("learnt", learnt);
}
