// Tries to promise no body and write a forged response.
#include "say.h"

int main(void) {
    say("Content-Type: text/plain\nContent-Length: 0\n\n");
    say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
}
