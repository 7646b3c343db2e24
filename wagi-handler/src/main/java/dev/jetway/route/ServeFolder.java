package dev.jetway.route;

import dev.jetway.base.TrustedWriters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Answers from a folder of the host, a site's document root: sends files and runs scripts by their
 * handlers. Immutable; safe to share between threads.
 *
 * @param root the folder, absolute
 * @param guestRoot the folder as the guests of the handlers see it: {@code /home/public}
 * @param index names that answer for their folder; the first that exists is used
 * @param fallback the canonical path that answers for missing files; empty for 404
 * @param handlers of scripts; no extension has two
 * @param files rules for sending files
 * @param writers the rule for who may write a script
 */
public record ServeFolder(
        Path root,
        String guestRoot,
        List<String> index,
        Optional<String> fallback,
        List<ScriptHandler> handlers,
        FileRules files,
        TrustedWriters writers)
        implements Action {
    /** Maximum names in {@link #index()}. */
    public static final int MAX_INDEX = 20;

    /** A folder whose scripts anyone may write. */
    public ServeFolder(
            Path root,
            String guestRoot,
            List<String> index,
            Optional<String> fallback,
            List<ScriptHandler> handlers,
            FileRules files) {
        this(root, guestRoot, index, fallback, handlers, files, TrustedWriters.ANYONE);
    }

    /** Copies the lists. */
    public ServeFolder {
        index = List.copyOf(index);
        handlers = List.copyOf(handlers);
    }

    /** This folder with other handlers. */
    public ServeFolder with(List<ScriptHandler> others) {
        return new ServeFolder(root, guestRoot, index, fallback, others, files, writers);
    }

    /** Refused: a path with an encoded slash names no file. */
    @Override
    public EncodedSlashes encodedSlashes() {
        return EncodedSlashes.REFUSE;
    }
}
