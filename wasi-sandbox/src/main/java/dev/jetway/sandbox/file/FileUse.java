package dev.jetway.sandbox.file;

/** The permissions for a file that is opened. */
public enum FileUse {
    /** The volume is read-only: not even times may be set. */
    GUARDED,
    /** An existing file, which may be changed as the request says. */
    EXISTING,
    /** A new file. */
    NEW
}
