package dev.jetway.gateway;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.http.RequestHead;
import dev.jetway.route.Access;
import dev.jetway.route.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Authenticates requests to routes. Safe to share between threads. */
final class Authenticator {
    private final PasswordVerifier passwords;

    Authenticator(PasswordVerifier passwords) {
        this.passwords = passwords;
    }

    /** Calls one of the two, now or later on another thread. Never blocks. */
    void check(
            RequestHead head,
            Access access,
            Consumer<Optional<Identity>> passed,
            Consumer<Failure> refused) {
        switch (access) {
            case Access.Anybody anybody -> passed.accept(Optional.empty());
            case Access.Basic basic -> basic(head, basic, passed, refused);
            case Access.Bearer bearer when credentials(head, "bearer").isPresent() ->
                    passed.accept(Optional.of(new Identity("Bearer", Optional.empty())));
            case Access.Bearer bearer ->
                    refused.accept(new Failure.Unauthorized(challenge("Bearer", bearer.realm())));
        }
    }

    private void basic(
            RequestHead head,
            Access.Basic basic,
            Consumer<Optional<Identity>> passed,
            Consumer<Failure> refused) {
        var unauthorized =
                new Failure.Unauthorized(challenge("Basic", basic.realm()) + ", charset=\"UTF-8\"");
        Optional<String> pair = credentials(head, "basic").flatMap(Authenticator::decode);
        int colon = pair.map(p -> p.indexOf(':')).orElse(-1);
        if (pair.isEmpty() || colon < 0) {
            refused.accept(unauthorized);
            return;
        }
        String user = pair.get().substring(0, colon);
        passwords.verify(
                basic.users(),
                user,
                pair.get().substring(colon + 1),
                verdict -> {
                    switch (verdict) {
                        case RIGHT ->
                                passed.accept(
                                        Optional.of(new Identity("Basic", Optional.of(user))));
                        case WRONG -> refused.accept(unauthorized);
                        case BUSY ->
                                refused.accept(
                                        new Failure.Overloaded(
                                                Limit.PASSWORDS,
                                                "too many passwords to verify",
                                                GuestScheduler.RETRY_AFTER));
                    }
                });
    }

    /** The credentials after the scheme, if the only Authorization field has that scheme. */
    private static Optional<String> credentials(RequestHead head, String scheme) {
        var fields = head.fields().stream().filter(f -> f.is("Authorization")).toList();
        if (fields.size() != 1) {
            return Optional.empty();
        }
        String[] words = fields.getFirst().value().strip().split(" +", 2);
        return words.length == 2 && words[0].toLowerCase(Locale.ROOT).equals(scheme)
                ? Optional.of(words[1])
                : Optional.empty();
    }

    /** RFC 7617 §2: Base64 of UTF-8, without control characters. */
    private static Optional<String> decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            String pair =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return pair.chars().anyMatch(Character::isISOControl)
                    ? Optional.empty()
                    : Optional.of(pair);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String challenge(String scheme, String realm) {
        return scheme + " realm=\"" + realm.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
