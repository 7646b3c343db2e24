package dev.jetway.route;

/**
 * Runs one script by its handler, as in {@code cgi-bin}. Immutable; safe to share between threads.
 *
 * @param handler runs the script
 * @param script its path as the guest sees it: {@code /home/cgi-bin/form.pl}
 */
public record RunScript(ScriptHandler handler, String script) implements Action {
    @Override
    public EncodedSlashes encodedSlashes() {
        return handler.run().encodedSlashes();
    }
}
