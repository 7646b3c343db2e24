package dev.jetway.http;

/**
 * One header field, of a request or a response. Fields are kept as ordered, repeatable lists.
 *
 * @param name as received
 * @param value without the white space around it
 */
public record Field(String name, String value) {
    /** Whether this is the field of that name; names are case-insensitive. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
