// Tries to recurse through pointers to functions.
#include "say.h"

struct step { int (*next)(const struct step *, int); };

static int even(const struct step *step, int n);

static int odd(const struct step *step, int n) {
    const struct step other = {even};
    return step->next(&other, n + 1) + 1;
}

static int even(const struct step *step, int n) {
    const struct step other = {odd};
    return step->next(&other, n + 1) + 1;
}

int main(void) {
    const struct step start = {odd};
    return even(&start, 0);
}
