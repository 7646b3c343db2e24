package dev.jetway.auth;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users of a file in Apache's {@code htpasswd} format: lines {@code USER:HASH}, empty lines and
 * comments that begin with {@code #}. Immutable; safe to share between threads.
 */
public final class PasswordFile {
    /** Maximum bytes of a file. */
    public static final int MAX_BYTES = 1 << 20;

    /** Maximum users of a file. */
    public static final int MAX_USERS = 10_000;

    /** Maximum characters of a user's name. */
    public static final int MAX_NAME = 255;

    private final Map<String, PasswordHash> users;

    private PasswordFile(Map<String, PasswordHash> users) {
        this.users = Map.copyOf(users);
    }

    /**
     * Parses the text of a file.
     *
     * @throws PasswordFileException naming the first invalid line
     */
    public static PasswordFile parse(String text) throws PasswordFileException {
        var users = new HashMap<String, PasswordHash>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                add(line.strip(), users);
            } catch (IllegalArgumentException e) {
                throw new PasswordFileException(number, String.valueOf(e.getMessage()));
            }
        }
        return new PasswordFile(users);
    }

    private static void add(String line, Map<String, PasswordHash> users) {
        int colon = line.indexOf(':');
        if (colon <= 0 || colon > MAX_NAME) {
            throw new IllegalArgumentException(
                    "is not USER:HASH with a name of at most " + MAX_NAME + " characters");
        }
        if (users.size() == MAX_USERS) {
            throw new IllegalArgumentException("more than " + MAX_USERS + " users");
        }
        // Some programs append more fields; Apache reads the second only.
        String hash = line.substring(colon + 1).split(":", 2)[0];
        if (users.put(line.substring(0, colon), PasswordHash.parse(hash)) != null) {
            throw new IllegalArgumentException("the user stands here a second time");
        }
    }

    /** A file with some of the users only. */
    public PasswordFile only(Collection<String> names) {
        Set<String> kept = Set.copyOf(names);
        var some = new HashMap<>(users);
        some.keySet().retainAll(kept);
        return new PasswordFile(some);
    }

    /** The names of the users. */
    public Set<String> names() {
        return users.keySet();
    }

    Optional<PasswordHash> hash(String user) {
        return Optional.ofNullable(users.get(user));
    }

    /**
     * The most expensive hash. Passwords of unknown users are verified against it, so that the time
     * does not tell whether a user exists.
     */
    Optional<PasswordHash> costliest() {
        return users.values().stream().max(Comparator.comparingInt(PasswordHash::cost));
    }
}
