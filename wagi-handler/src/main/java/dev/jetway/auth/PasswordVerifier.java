package dev.jetway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies passwords, which is slow by design, on a few threads of its own with a bounded queue.
 * Right passwords are remembered for a while under a random key of the process, so that a browser
 * which sends its password with each request costs little. Safe to share between threads.
 */
public final class PasswordVerifier implements AutoCloseable {
    /** Maximum verifications in the queue; more are refused. */
    public static final int MAX_WAITING = 64;

    /** Maximum right passwords that are remembered. */
    public static final int MAX_REMEMBERED = 10_000;

    /** Time for which a right password is remembered. */
    public static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** Maximum characters of a password; longer ones are wrong. */
    public static final int MAX_PASSWORD = 1024;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final ExecutorService threads;
    private final Cache<ByteBuffer, Verdict> remembered;

    /**
     * A verifier.
     *
     * @param atOnce verifications at once
     */
    public PasswordVerifier(int atOnce, InstantSource clock, SecureRandom random) {
        this(atOnce, MAX_REMEMBERED, clock, random);
    }

    PasswordVerifier(int atOnce, int maximum, InstantSource clock, SecureRandom random) {
        this.remembered =
                Caffeine.newBuilder()
                        .maximumSize(maximum)
                        .expireAfterWrite(REMEMBERED)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .build();
        var secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.threads =
                new ThreadPoolExecutor(
                        atOnce,
                        atOnce,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MAX_WAITING),
                        Thread.ofPlatform().name("jetway-password-", 0).daemon().factory());
    }

    /** Calls {@code then} with the verdict: now, or later on another thread. Never blocks. */
    public void verify(PasswordFile file, String user, String password, Consumer<Verdict> then) {
        if (password.length() > MAX_PASSWORD) {
            then.accept(Verdict.WRONG);
            return;
        }
        Optional<PasswordHash> hash = file.hash(user);
        if (hash.isPresent() && remembered.getIfPresent(name(user, password, hash.get())) != null) {
            then.accept(Verdict.RIGHT);
            return;
        }
        try {
            threads.execute(() -> then.accept(verdict(file, user, password, hash)));
        } catch (RejectedExecutionException e) {
            then.accept(Verdict.BUSY);
        }
    }

    private Verdict verdict(
            PasswordFile file, String user, String password, Optional<PasswordHash> hash) {
        if (hash.isEmpty()) {
            // The time of an answer must not tell whether the user exists.
            var _ = file.costliest().map(h -> h.matches(password));
            return Verdict.WRONG;
        }
        if (!hash.get().matches(password)) {
            return Verdict.WRONG;
        }
        remembered.put(name(user, password, hash.get()), Verdict.RIGHT);
        return Verdict.RIGHT;
    }

    private ByteBuffer name(String user, String password, PasswordHash hash) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {user, password, hash.text()}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The number of passwords that are remembered now. */
    long remembered() {
        remembered.cleanUp();
        return remembered.estimatedSize();
    }

    /** Stops all verifications. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
