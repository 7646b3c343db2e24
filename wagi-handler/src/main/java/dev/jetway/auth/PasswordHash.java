package dev.jetway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** A password hash in a format of Apache's {@code htpasswd}. Immutable. */
sealed interface PasswordHash {
    /** Whether the password is right; takes as long as the hash's cost demands. */
    boolean matches(String password);

    /** The relative cost of a verification, about its time in ms. */
    int cost();

    /** The hash as it stands in the file. */
    String text();

    /**
     * Parses a hash.
     *
     * @throws IllegalArgumentException if its kind is unknown or its cost too high
     */
    static PasswordHash parse(String text) {
        Matcher bcrypt = Bcrypt.FORM.matcher(text);
        if (bcrypt.matches()) {
            return Bcrypt.of(text, Integer.parseInt(bcrypt.group(1)));
        }
        if (Apr1.FORM.matcher(text).matches()) {
            return new Apr1(text);
        }
        throw new IllegalArgumentException(
                "the hash is neither bcrypt nor apr1: make it with 'htpasswd -B'");
    }

    /**
     * bcrypt ({@code htpasswd -B}); bytes of a password after the 72nd are ignored.
     *
     * @param text the hash
     * @param logRounds the binary logarithm of the number of rounds
     */
    record Bcrypt(String text, int logRounds) implements PasswordHash {
        /** Maximum cost: a verification takes about 1 s, and twice that at one more. */
        static final int MAX_LOG_ROUNDS = 14;

        private static final Pattern FORM =
                Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

        private static Bcrypt of(String text, int logRounds) {
            if (logRounds < 4 || logRounds > MAX_LOG_ROUNDS) {
                throw new IllegalArgumentException(
                        "the cost of the bcrypt hash must lie between 4 and "
                                + MAX_LOG_ROUNDS
                                + ": make it with 'htpasswd -B -C 10'");
            }
            return new Bcrypt(text, logRounds);
        }

        @Override
        public boolean matches(String password) {
            return BCrypt.checkpw(password, text);
        }

        @Override
        public int cost() {
            return Math.max(1, (1 << logRounds) / 16);
        }
    }

    /**
     * Apache's MD5 with a thousand rounds ({@code htpasswd -m}), for old files; quick to guess.
     *
     * @param text the hash
     */
    record Apr1(String text) implements PasswordHash {
        private static final Pattern FORM =
                Pattern.compile("\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");

        @Override
        public boolean matches(String password) {
            String made = Md5Crypt.apr1Crypt(password.getBytes(StandardCharsets.UTF_8), text);
            return MessageDigest.isEqual(
                    made.getBytes(StandardCharsets.US_ASCII),
                    text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public int cost() {
            return 0;
        }
    }
}
