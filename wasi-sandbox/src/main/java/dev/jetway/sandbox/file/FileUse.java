package dev.jetway.sandbox.file;

/** What may become of a file that is opened. */
public enum FileUse {
    /** Nothing: its volume is read-only, so that not even its times may be set. */
    GUARDED,
    /** It is there, and may be changed as the request says. */
    EXISTING,
    /** It is made. */
    NEW
}
