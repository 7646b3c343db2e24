package dev.jetway.cgi;

import dev.jetway.http.ConnectionFields;
import dev.jetway.http.Field;
import dev.jetway.route.Dialect;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Request header fields as {@code HTTP_*} meta-variables (RFC 3875 §4.1.18). */
final class RequestFields {
    /**
     * Fields that are never passed: credentials, which only the server checks, and {@code Proxy},
     * which would forge {@code HTTP_PROXY} (httpoxy, CVE-2016-5385).
     */
    private static final Set<String> WITHHELD =
            Set.of("authorization", "proxy-authorization", "proxy");

    private RequestFields() {}

    /** Adds a variable for each field that may pass; repeated fields are joined. */
    static void copy(List<Field> fields, Dialect dialect, Map<String, String> variables) {
        var seen = new HashSet<String>();
        Set<String> ofConnection = ofConnection(fields);
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            // These fields have variables of their own; a guest of Wagi may rely on these too.
            boolean own = name.equals("content-type") || name.equals("content-length");
            if (WITHHELD.contains(name)
                    || ConnectionFields.contains(name)
                    || ofConnection.contains(name)
                    || !isMappable(name)
                    || (own && dialect == Dialect.CGI)) {
                continue;
            }
            String variable = "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            String joint = name.equals("cookie") ? "; " : ", ";
            if (seen.add(variable)) {
                variables.put(variable, field.value());
            } else {
                variables.merge(variable, field.value(), (a, b) -> a + joint + b);
            }
        }
    }

    /** RFC 9110 §7.6.1: fields named by a Connection field belong to the connection too. */
    private static Set<String> ofConnection(List<Field> fields) {
        Set<String> names = Set.of();
        for (Field field : fields) {
            if (field.is("Connection")) {
                names = names.isEmpty() ? new HashSet<>() : names;
                for (String name : field.value().toLowerCase(Locale.ROOT).split(",", -1)) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    /**
     * Whether a name has letters, digits and hyphens only: {@code X_A} and {@code X-A} would become
     * one variable.
     */
    private static boolean isMappable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }
}
