// Tries to read its input for ever, also after its end.
#include "say.h"

int main(void) {
    char buffer[4096];
    for (;;) read(0, buffer, sizeof buffer);
}
