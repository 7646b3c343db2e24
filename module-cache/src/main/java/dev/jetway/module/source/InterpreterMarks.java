package dev.jetway.module.source;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Recognises interpreters by their content, whatever the file is called: PHP, Perl, Python, Ruby,
 * QuickJS, Lua, mruby, BusyBox. An argument of such a module may be a program (CVE-2012-1823).
 */
public final class InterpreterMarks {
    /**
     * Names of settings, environment variables and functions that only the interpreter itself uses.
     */
    private static final List<String> MARKS =
            List.of(
                    "auto_prepend_file",
                    "PERL5LIB",
                    "PYTHONHOME",
                    "RUBYLIB",
                    "evalScript",
                    "LUA_INIT",
                    "MRUBYLIB",
                    "BusyBox v");

    private InterpreterMarks() {}

    /**
     * Whether a module is an interpreter.
     *
     * @param binary the whole module
     */
    public static boolean areIn(byte[] binary) {
        String bytes = new String(binary, StandardCharsets.ISO_8859_1);
        return MARKS.stream().anyMatch(bytes::contains);
    }
}
