package dev.jetway.server.config;

import dev.jetway.base.TrustedWriters;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of files. Immutable.
 *
 * @param modes permissions of new files and directories; those that the process's umask leaves if
 *     empty
 * @param temporaryAge of a file in a site's {@code tmp} before it is deleted
 * @param refusesOthers whether modules, scripts and configuration files are refused that others
 *     than their owner and the server's groups may write
 */
public record FileSettings(
        Optional<FileModes> modes, Duration temporaryAge, boolean refusesOthers) {
    private static final int ALL_OF_FILES = 0666;
    private static final int READ = 0444;

    static final Key<Integer> FILE_MODE = mode("file-mode", 0600, ALL_OF_FILES);
    static final Key<Integer> DIR_MODE = mode("dir-mode", 0700, 0777);
    static final Key<Duration> TMP_AGE =
            Key.time("tmp-age", Duration.ofMinutes(1), Duration.ofDays(3650))
                    .or(Duration.ofDays(7));
    static final Key<Boolean> REFUSES_OTHERS =
            Key.of("refuse-writable-by-others", new Kind.Flag()).or(false);

    static final List<Key<?>> KEYS = List.of(FILE_MODE, DIR_MODE, TMP_AGE, REFUSES_OTHERS);

    static FileSettings of(KeyValues values) {
        return new FileSettings(modes(values), values.get(TMP_AGE), values.get(REFUSES_OTHERS));
    }

    /** The rule for files that the server reads. */
    TrustedWriters writers() {
        return refusesOthers ? TrustedWriters.ofThisProcess() : TrustedWriters.ANYONE;
    }

    /** Permissions in octal digits, all of the first and none but the second. */
    private static Key<Integer> mode(String name, int least, int most) {
        String range = "`\"%04o\"` to `\"%04o\"`".formatted(least, most);
        return Key.text(
                        name,
                        range,
                        text -> {
                            int mode = text.matches("0?[0-7]{3}") ? Integer.parseInt(text, 8) : 0;
                            if ((mode & least) != least || (mode | most) != most) {
                                throw new IllegalArgumentException(
                                        "is a mode in octal digits, "
                                                + range.replace("`", "")
                                                + ", without bits beyond these");
                            }
                            return mode;
                        })
                .orElse("by the umask");
    }

    private static Optional<FileModes> modes(KeyValues values) {
        Optional<Integer> file = values.find(FILE_MODE);
        Optional<Integer> directory = values.find(DIR_MODE);
        return file.isEmpty() && directory.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FileModes(
                                file.orElseGet(() -> directory.orElseThrow() & ALL_OF_FILES),
                                directory.orElseGet(() -> ofDirectory(file.orElseThrow()))));
    }

    /** The mode of a directory that is searched by all that may read its files. */
    private static int ofDirectory(int file) {
        return file | (file & READ) >> 2;
    }
}
