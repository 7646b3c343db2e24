package dev.jetway.server;

import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.process.Umask;
import dev.jetway.server.config.FileSettings;

/** The permissions of files that this process creates. */
final class NewFiles {
    private NewFiles() {}

    /**
     * The modes of the settings. Sets the umask of the process, which might take bits away; called
     * before anything is created.
     */
    static FileModes of(FileSettings settings) {
        settings.modes().ifPresent(modes -> Umask.set(modes.umask()));
        return settings.modes().orElse(FileModes.DEFAULT);
    }
}
