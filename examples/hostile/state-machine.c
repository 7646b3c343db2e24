// Tries to jump between states for ever.
#include "say.h"

int main(void) {
    volatile int state = 0;
again:
    switch (state) {
        case 0: state = 2; goto again;
        case 1: state = 0; goto again;
        case 2: state = 3; goto again;
        case 3: state = 1; goto again;
        default: return 0;
    }
}
