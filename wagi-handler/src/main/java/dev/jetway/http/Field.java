package dev.jetway.http;

/**
 * A header field of a request or a response. Fields are kept in ordered, repeatable lists.
 *
 * @param name as received
 * @param value without white space around it
 */
public record Field(String name, String value) {
    /** Whether the field has a name; names are case-insensitive. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
