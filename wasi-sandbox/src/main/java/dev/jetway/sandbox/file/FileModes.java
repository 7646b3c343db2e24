package dev.jetway.sandbox.file;

/**
 * The permissions of new files and directories, before the process's umask. Immutable.
 *
 * @param file of a file
 * @param directory of a directory; one in a set-gid directory becomes set-gid by itself (mkdir(2))
 */
public record FileModes(int file, int directory) {
    /** All that the umask leaves. */
    public static final FileModes DEFAULT = new FileModes(0666, 0777);

    private static final int ALL = 0777;

    /** The bits that the umask of a process with these modes takes away. */
    public int umask() {
        return ALL & ~(file | directory);
    }
}
