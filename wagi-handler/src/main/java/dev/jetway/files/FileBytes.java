package dev.jetway.files;

import dev.jetway.sandbox.file.FileStatus;

/**
 * The contents of a small file.
 *
 * @param status what the file was
 * @param bytes its contents, or their compressed form; nobody changes them
 * @param utf8 whether the contents are UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FileBytes(FileStatus status, byte[] bytes, boolean utf8) {}
