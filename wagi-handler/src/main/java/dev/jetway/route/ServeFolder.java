package dev.jetway.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Answers from a folder of the host, a site's document root: files as they are, scripts by their
 * handlers. Immutable; safe to share between threads.
 *
 * @param root the folder, absolute
 * @param guestRoot the folder as the guests of the handlers see it: {@code /home/public}
 * @param index names that stand for their folder, the first that exists
 * @param fallback the canonical path that answers what does not exist; empty: 404
 * @param handlers of scripts; no two have an extension in common
 * @param files how files are sent
 */
public record ServeFolder(
        Path root,
        String guestRoot,
        List<String> index,
        Optional<String> fallback,
        List<ScriptHandler> handlers,
        FileRules files)
        implements Action {
    /** Names in {@link #index()}. */
    public static final int MAX_INDEX = 20;

    /** Copies the lists. */
    public ServeFolder {
        index = List.copyOf(index);
        handlers = List.copyOf(handlers);
    }

    /** This folder with other handlers. */
    public ServeFolder with(List<ScriptHandler> others) {
        return new ServeFolder(root, guestRoot, index, fallback, others, files);
    }

    /** A path with an encoded slash names no file. */
    @Override
    public EncodedSlashes encodedSlashes() {
        return EncodedSlashes.REFUSE;
    }
}
