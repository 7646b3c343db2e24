/* GET shows a form, POST shows what was sent in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_BODY 65536

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Decodes application/x-www-form-urlencoded in place. */
static void decode(char *text) {
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from == '+') {
            *to++ = ' ';
        } else if (*from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
            *to++ = (char)(hex(from[1]) << 4 | hex(from[2]));
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* Whatever a client sent must be escaped before it becomes part of a page. */
static void print_escaped(const char *text) {
    for (; *text; text++) {
        switch (*text) {
            case '<': fputs("&lt;", stdout); break;
            case '>': fputs("&gt;", stdout); break;
            case '&': fputs("&amp;", stdout); break;
            case '"': fputs("&quot;", stdout); break;
            default: putchar(*text);
        }
    }
}

static void begin_page(const char *title) {
    printf("Content-Type: text/html; charset=utf-8\n\n"
           "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width\">"
           "<title>%s</title>"
           "<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}"
           "body{max-width:40rem;margin:3rem auto;padding:0 1rem}"
           "label{display:block;margin:1rem 0}input,textarea,select{display:block;font:inherit;"
           "width:100%%;box-sizing:border-box}dt{font-weight:600}dd{white-space:pre-wrap}</style>"
           "<h1>%s</h1>\n", title, title);
}

static int fail(const char *status, const char *message) {
    printf("Status: %s\nContent-Type: text/plain\n\n%s\n", status, message);
    return 0;
}

static int show_form(void) {
    begin_page("A form");
    fputs("<form method=\"post\" action=\"", stdout);
    print_escaped(variable("SCRIPT_NAME"));
    puts("\"><label>Name <input name=\"name\"></label>"
         "<label>Message <textarea name=\"message\" rows=\"4\"></textarea></label>"
         "<label>Colour <select name=\"colour\"><option>red<option>green<option>blue</select>"
         "</label><button>Send</button></form>");
    return 0;
}

/* A media type ignores letter case and may end in parameters: "; charset=utf-8". */
static int is_form(const char *type) {
    static const char form[] = "application/x-www-form-urlencoded";
    size_t length = sizeof form - 1;
    if (strncasecmp(type, form, length) != 0) return 0;
    char next = type[length];
    return next == '\0' || next == ';' || next == ' ';
}

static int show_fields(void) {
    if (!is_form(variable("CONTENT_TYPE"))) {
        return fail("415 Unsupported Media Type", "This page takes only forms.");
    }
    /* Static, so that the large buffer lies outside of the stack. */
    static char body[MAX_BODY + 1];
    size_t length = fread(body, 1, MAX_BODY, stdin);
    if (length == MAX_BODY && getchar() != EOF) {
        return fail("413 Content Too Large", "This form is too long.");
    }
    body[length] = '\0';

    begin_page("What you sent");
    fputs("<dl>", stdout);
    for (char *field = strtok(body, "&"); field; field = strtok(NULL, "&")) {
        char *value = strchr(field, '=');
        if (value) {
            *value++ = '\0';
            decode(value);
        }
        decode(field);
        fputs("<dt>", stdout);
        print_escaped(field);
        fputs("<dd>", stdout);
        print_escaped(value ? value : "");
    }
    puts("</dl><p><a href=\"\">Again</a>");
    return 0;
}

int main(void) {
    return strcmp(variable("REQUEST_METHOD"), "POST") == 0 ? show_fields() : show_form();
}
