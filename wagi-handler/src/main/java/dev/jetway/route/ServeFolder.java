package dev.jetway.route;

import dev.jetway.base.TrustedWriters;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Answers from a folder of the host, a site's document root: sends files and runs scripts by their
 * handlers. Immutable; safe to share between threads.
 *
 * @param root the folder, absolute
 * @param guestRoot the folder as the guests of the handlers see it: {@code /home/public}
 * @param index names that answer for their folder; the first that exists is used
 * @param fallback the canonical path that answers for missing files; empty for 404
 * @param handlers of scripts; no extension has two
 * @param programs modules in the folder that are run, by their path below it: {@code /index.wasm}
 * @param files rules for sending files
 * @param writers the rule for who may write a script
 */
public record ServeFolder(
        Path root,
        String guestRoot,
        List<String> index,
        Optional<String> fallback,
        List<ScriptHandler> handlers,
        SequencedMap<String, RunModule> programs,
        FileRules files,
        TrustedWriters writers)
        implements Action {
    /** Maximum names in {@link #index()}. */
    public static final int MAX_INDEX = 20;

    /** A folder without programs whose scripts anyone may write. */
    public ServeFolder(
            Path root,
            String guestRoot,
            List<String> index,
            Optional<String> fallback,
            List<ScriptHandler> handlers,
            FileRules files) {
        this(
                root,
                guestRoot,
                index,
                fallback,
                handlers,
                new LinkedHashMap<>(),
                files,
                TrustedWriters.ANYONE);
    }

    /** Copies the lists. */
    public ServeFolder {
        index = List.copyOf(index);
        handlers = List.copyOf(handlers);
        programs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(programs));
    }

    /** This folder with other handlers and programs. */
    public ServeFolder with(
            List<ScriptHandler> otherHandlers, SequencedMap<String, RunModule> otherPrograms) {
        return new ServeFolder(
                root, guestRoot, index, fallback, otherHandlers, otherPrograms, files, writers);
    }

    /** Refused: a path with an encoded slash names no file. */
    @Override
    public EncodedSlashes encodedSlashes() {
        return EncodedSlashes.REFUSE;
    }
}
