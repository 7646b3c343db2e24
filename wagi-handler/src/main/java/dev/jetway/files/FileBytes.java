package dev.jetway.files;

import dev.jetway.sandbox.file.FileStatus;

/**
 * The contents of a small file.
 *
 * @param status of the file when it was read
 * @param bytes its contents, or their compressed form; never modified
 * @param utf8 whether the contents are UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FileBytes(FileStatus status, byte[] bytes, boolean utf8) {}
