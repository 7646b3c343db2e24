package dev.jetway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PasswordVerifierTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final PasswordVerifier verifier =
            new PasswordVerifier(1, 2, now::get, new SecureRandom());
    private final CountDownLatch held = new CountDownLatch(1);
    private PasswordFile file = parse("");

    @BeforeEach
    void read() {
        file = parse(PasswordFileTest.ALICE + "\n" + PasswordFileTest.BOB);
    }

    @AfterEach
    void close() {
        held.countDown();
        verifier.close();
    }

    private static PasswordFile parse(String text) {
        try {
            return PasswordFile.parse(text);
        } catch (PasswordFileException e) {
            throw new AssertionError(e);
        }
    }

    private Verdict verify(String user, String password) throws Exception {
        var verdict = new CompletableFuture<Verdict>();
        verifier.verify(file, user, password, verdict::complete);
        return verdict.get();
    }

    /** Whether the answer comes at once, that is from memory. */
    private boolean isRemembered(String user, String password) throws Exception {
        var thread = new CompletableFuture<Thread>();
        verifier.verify(file, user, password, v -> thread.complete(Thread.currentThread()));
        return thread.get().equals(Thread.currentThread());
    }

    /** Occupies the one thread until the test ends. */
    private void hold() throws Exception {
        var running = new CountDownLatch(1);
        verifier.verify(
                file,
                "bob",
                "wrong",
                v -> {
                    running.countDown();
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        running.await();
    }

    @Test
    void aUserWithTheRightPasswordIsRight() throws Exception {
        assertThat(verify("alice", "secret")).isEqualTo(Verdict.RIGHT);
        assertThat(verify("bob", "geheim")).isEqualTo(Verdict.RIGHT);
        assertThat(verify("alice", "geheim")).isEqualTo(Verdict.WRONG);
        assertThat(verify("eve", "secret")).isEqualTo(Verdict.WRONG);
        assertThat(verify("", "")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aFileWithoutUsersLetsNobodyIn() throws Exception {
        file = parse("# nobody\n");

        assertThat(verify("alice", "secret")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aRightPasswordIsRememberedForAWhile() throws Exception {
        assertThat(isRemembered("alice", "secret")).isFalse();
        assertThat(isRemembered("alice", "secret")).isTrue();
        assertThat(isRemembered("alice", "secre")).isFalse();

        now.set(Instant.EPOCH.plus(PasswordVerifier.REMEMBERED).minusMillis(1));
        assertThat(isRemembered("alice", "secret")).isTrue();
        now.set(now.get().plus(Duration.ofMillis(1)));
        assertThat(isRemembered("alice", "secret")).isFalse();
    }

    @Test
    void anotherPasswordOfTheSameUserInTheFileForgetsTheOld() throws Exception {
        assertThat(verify("alice", "secret")).isEqualTo(Verdict.RIGHT);
        file = parse("alice" + PasswordFileTest.BOB.substring(3));

        assertThat(verify("alice", "secret")).isEqualTo(Verdict.WRONG);
        assertThat(verify("alice", "geheim")).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void theNumberOfRememberedPasswordsIsBounded() throws Exception {
        file = parse(file(3));
        verify("user1", "geheim");
        verify("user2", "geheim");
        assertThat(verifier.remembered()).isEqualTo(2);
        verify("user3", "geheim");

        assertThat(verifier.remembered()).isEqualTo(2);
    }

    private static String file(int users) {
        var text = new StringBuilder();
        for (int i = 1; i <= users; i++) {
            text.append("user").append(i).append(PasswordFileTest.BOB.substring(3)).append('\n');
        }
        return text.toString();
    }

    @Test
    void aVerificationOverTheBoundIsRefused() throws Exception {
        hold();
        for (int i = 0; i < PasswordVerifier.MAX_WAITING; i++) {
            verifier.verify(file, "bob", "wrong", v -> {});
        }

        assertThat(verify("bob", "geheim")).isEqualTo(Verdict.BUSY);
    }

    @Test
    void verificationsUpToTheBoundWait() throws Exception {
        hold();
        for (int i = 1; i < PasswordVerifier.MAX_WAITING; i++) {
            verifier.verify(file, "bob", "wrong", v -> {});
        }
        var last = new CompletableFuture<Verdict>();
        verifier.verify(file, "bob", "geheim", last::complete);

        held.countDown();
        assertThat(last.get()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void theLengthOfAPasswordIsBounded() throws Exception {
        assertThat(isRemembered("bob", "x".repeat(PasswordVerifier.MAX_PASSWORD))).isFalse();
        // Longer passwords are not verified: the answer comes at once.
        assertThat(isRemembered("bob", "x".repeat(PasswordVerifier.MAX_PASSWORD + 1))).isTrue();
        assertThat(verify("bob", "x".repeat(PasswordVerifier.MAX_PASSWORD + 1)))
                .isEqualTo(Verdict.WRONG);
    }
}
