// Tries to call what is no function.
#include "say.h"

int main(void) {
    volatile unsigned number = 123456;
    ((void (*)(void))(unsigned long)number)();
}
