/* The page that lists the examples. It is itself made by a guest, afresh for each request. */
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *path, *source, *text;
} EXAMPLES[] = {
    {"/hello", "hello.c", "the smallest guest in C"},
    {"/hello-wat", "hello.wat", "the smallest guest in WebAssembly text"},
    {"/env/some/path?a=1&amp;b=2", "env.c", "the variables and arguments that a guest is given"},
    {"/echo", "echo.rs", "your request, sent back by a guest in Rust"},
    {"/form", "form.c", "a form, and what comes of it"},
    {"/counter", "counter.c", "a count that lasts, in a file in a volume"},
    {"/slow-stream", "slow-stream.c", "a line each second, sent as it is printed"},
};

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "?";
}

int main(void) {
    puts("Content-Type: text/html; charset=utf-8\n\n"
         "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width\"><title>Jetway examples</title>"
         "<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}"
         "body{max-width:44rem;margin:3rem auto;padding:0 1rem}h1{font-weight:650}"
         "table{border-collapse:collapse;width:100%}"
         "td{padding:.55rem .8rem .55rem 0;border-bottom:1px solid #8884;vertical-align:top}"
         "code{font-size:.95em;white-space:nowrap}"
         "footer{margin-top:2rem;opacity:.7;font-size:.9rem}</style>"
         "<h1>It works</h1><p>Each of these pages is made by a WebAssembly program that starts "
         "afresh for your request and is gone after it. So is this one.<table>");
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        printf("<tr><td><a href=\"%s\">%s</a><td><code>%s</code><td>%s\n", EXAMPLES[i].path,
               EXAMPLES[i].path, EXAMPLES[i].source, EXAMPLES[i].text);
    }
    printf("</table><p>Their sources and a guide are in <code>examples/cgi-wasm</code> and "
           "<code>docs/writing-guests.md</code>.<footer>%s, %s</footer>\n",
           variable("SERVER_SOFTWARE"), variable("SERVER_PROTOCOL"));
    return 0;
}
