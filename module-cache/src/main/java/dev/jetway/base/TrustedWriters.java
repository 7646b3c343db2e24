package dev.jetway.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rule for who may write a file that the server runs or obeys: its owner and some groups, or
 * anyone. Immutable.
 *
 * @param checked whether the rule restricts anybody
 * @param groups numbers of the groups
 */
public record TrustedWriters(boolean checked, Set<Integer> groups) {
    /** Anyone may write. */
    public static final TrustedWriters ANYONE = new TrustedWriters(false, Set.of());

    /** The reason of a refusal. */
    public static final String REFUSAL =
            "may be written by others than its owner and the server's groups: take that right away"
                    + " (chmod o-w, and g-w or another group)";

    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_WRITES = 0020;
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Copies the set. */
    public TrustedWriters {
        groups = Set.copyOf(groups);
    }

    /** The owner and the groups of this process; no group where the system does not tell them. */
    public static TrustedWriters ofThisProcess() {
        var groups = new TreeSet<Integer>();
        try {
            for (String line : Files.readAllLines(STATUS)) {
                String[] words = line.strip().split("\\s+", -1);
                if (words[0].equals("Gid:") || words[0].equals("Groups:")) {
                    for (int i = 1; i < words.length; i++) {
                        groups.add(Integer.parseUnsignedInt(words[i]));
                    }
                }
            }
        } catch (IOException | NumberFormatException e) {
            return new TrustedWriters(true, Set.of());
        }
        return new TrustedWriters(true, groups);
    }

    /**
     * Whether no other may write a file.
     *
     * @param mode its permissions
     * @param group the number of its group
     */
    public boolean trusts(int mode, int group) {
        return !checked
                || ((mode & OTHERS_WRITE) == 0
                        && ((mode & GROUP_WRITES) == 0 || groups.contains(group)));
    }

    /**
     * Whether no other may write a file, or the one that a link leads to.
     *
     * @throws IOException if it is not there
     */
    public boolean trusts(Path file) throws IOException {
        if (!checked) {
            return true;
        }
        Map<String, Object> found;
        try {
            found = Files.readAttributes(file, "unix:mode,gid");
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw new IOException("its file system knows no permissions", e);
        }
        return found.get("mode") instanceof Integer mode
                && found.get("gid") instanceof Integer group
                && trusts(mode, group);
    }
}
