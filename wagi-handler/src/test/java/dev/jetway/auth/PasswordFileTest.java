package dev.jetway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines written by Apache's htpasswd. */
final class PasswordFileTest {
    static final String ALICE =
            "alice:$2y$05$9W5O6oCtY66jL9y/jeWMgOrtT9VQuTGz7W9.Xtu5.4a32xE8DJI6u";
    static final String BOB = "bob:$apr1$S4QOB83V$uWfNowfndNhpmUAaCwtj61";
    private static final String UMLAUT =
            "ü:$2y$04$e1uNcEiy.Cf6yRqVisLoCe010LrjQicRW.b7W6D6aQ7bVFFTInbJy";

    private static boolean matches(String line, String password) throws Exception {
        PasswordFile file = PasswordFile.parse(line);
        return file.hash(file.names().iterator().next()).orElseThrow().matches(password);
    }

    @ParameterizedTest
    @CsvSource({
        ALICE + ", secret, true",
        ALICE + ", Secret, false",
        ALICE + ", '', false",
        BOB + ", geheim, true",
        BOB + ", geheim2, false",
        UMLAUT + ", größe, true",
        "alice:$2a$05$9W5O6oCtY66jL9y/jeWMgOrtT9VQuTGz7W9.Xtu5.4a32xE8DJI6u, secret, true",
        "alice:$2b$05$9W5O6oCtY66jL9y/jeWMgOrtT9VQuTGz7W9.Xtu5.4a32xE8DJI6u, secret, true",
    })
    void aPasswordIsRightOrWrong(String line, String password, boolean right) throws Exception {
        assertThat(matches(line, password)).isEqualTo(right);
    }

    @Test
    void commentsAndEmptyLinesAndFurtherFieldsAreSkipped() throws Exception {
        String text = "# users\n\n" + ALICE + ":more:fields\r\n  \n" + BOB + "\n";

        assertThat(PasswordFile.parse(text).names()).containsExactlyInAnyOrder("alice", "bob");
        assertThat(PasswordFile.parse(text).only(List.of("bob", "eve")).names())
                .containsExactly("bob");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, is not USER:HASH with a name of at most 255 characters",
        ":$apr1$S4QOB83V$uWfNowfndNhpmUAaCwtj61, is not USER:HASH with a name of at most 255"
                + " characters",
        "x:{SHA}lcsL/Sl3x2EpjZYk5LTUxyo5l0o=, the hash is neither bcrypt nor apr1: make it with"
                + " 'htpasswd -B'",
        "x:wztP1bXQu7WhM, the hash is neither bcrypt nor apr1: make it with 'htpasswd -B'",
        "x:plain, the hash is neither bcrypt nor apr1: make it with 'htpasswd -B'",
        "x:$2y$15$9W5O6oCtY66jL9y/jeWMgOrtT9VQuTGz7W9.Xtu5.4a32xE8DJI6u, the cost of the bcrypt"
                + " hash must lie between 4 and 14: make it with 'htpasswd -B -C 10'",
        "x:$2y$03$9W5O6oCtY66jL9y/jeWMgOrtT9VQuTGz7W9.Xtu5.4a32xE8DJI6u, the cost of the bcrypt"
                + " hash must lie between 4 and 14: make it with 'htpasswd -B -C 10'",
    })
    void anInvalidLineIsRefusedByItsNumber(String line, String message) {
        assertThatThrownBy(() -> PasswordFile.parse(ALICE + "\n" + line + "\n"))
                .isInstanceOfSatisfying(
                        PasswordFileException.class, e -> assertThat(e.line()).isEqualTo(2))
                .hasMessage(message);
    }

    @Test
    void aHashIsAcceptedUpToTheMaximumCost() throws Exception {
        String dear = ALICE.replace("$05$", "$14$");

        assertThat(PasswordFile.parse(dear).names()).containsExactly("alice");
    }

    @Test
    void aRepeatedUserIsRefused() {
        assertThatThrownBy(() -> PasswordFile.parse(BOB + "\n" + BOB))
                .hasMessage("the user stands here a second time");
    }

    @Test
    void theLengthOfANameIsBounded() throws Exception {
        String hash = BOB.substring(BOB.indexOf(':'));

        assertThat(PasswordFile.parse("n".repeat(PasswordFile.MAX_NAME) + hash).names()).hasSize(1);
        assertThatThrownBy(() -> PasswordFile.parse("n".repeat(PasswordFile.MAX_NAME + 1) + hash))
                .hasMessageContaining("at most 255 characters");
    }

    @Test
    void theNumberOfUsersIsBounded() throws Exception {
        String hash = BOB.substring(BOB.indexOf(':'));
        String text =
                IntStream.range(0, PasswordFile.MAX_USERS)
                        .mapToObj(i -> i + hash)
                        .collect(Collectors.joining("\n"));

        assertThat(PasswordFile.parse(text).names()).hasSize(PasswordFile.MAX_USERS);
        assertThatThrownBy(() -> PasswordFile.parse(text + "\nx" + hash))
                .hasMessage("more than 10000 users");
    }
}
