package dev.jetway.server.tls;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Certificates in a folder each, as in certbot's {@code live}: {@code fullchain.pem} and {@code
 * privkey.pem}. Immutable.
 *
 * @param identities by the names of their folders, in their order
 * @param wrong a line for each folder that cannot be used
 */
public record TlsFolder(SequencedMap<String, TlsIdentity> identities, List<String> wrong) {
    /** Maximum certificates of one folder. */
    public static final int MAX_CERTIFICATES = 20_000;

    private static final String CHAIN = "fullchain.pem";
    private static final String KEY = "privkey.pem";

    /** Copies the list. */
    public TlsFolder {
        wrong = List.copyOf(wrong);
    }

    /**
     * Reads all certificates; an unreadable one does not affect others.
     *
     * @param sources collects files and folders before they are read
     * @throws IllegalArgumentException if the folder cannot be read or has too many
     */
    public static TlsFolder read(Path folder, Set<Path> sources) {
        return read(folder, sources, MAX_CERTIFICATES);
    }

    static TlsFolder read(Path folder, Set<Path> sources, int most) {
        var identities = new LinkedHashMap<String, TlsIdentity>();
        var wrong = new ArrayList<String>();
        sources.add(folder);
        for (Path one : folders(folder, most)) {
            Path chain = one.resolve(CHAIN);
            Path key = one.resolve(KEY);
            sources.add(chain);
            sources.add(key);
            try {
                identities.put(String.valueOf(one.getFileName()), TlsIdentity.read(chain, key));
            } catch (IllegalArgumentException e) {
                wrong.add(one.getFileName() + ": " + e.getMessage());
            }
        }
        return new TlsFolder(identities, wrong);
    }

    /** The sorted folders, so that the first is the same each time. */
    private static Set<Path> folders(Path folder, int most) {
        var folders = new TreeSet<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path one : all) {
                folders.add(one);
                if (folders.size() > most) {
                    throw new IllegalArgumentException(
                            "'" + folder.getFileName() + "' has more than " + most + " folders");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalArgumentException(
                    "the folder '" + folder.getFileName() + "' cannot be read", e);
        }
        return folders;
    }
}
