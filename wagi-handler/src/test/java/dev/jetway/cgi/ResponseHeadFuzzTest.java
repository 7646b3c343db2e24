package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jetway.base.ByteSize;
import dev.jetway.http.ConnectionFields;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;
import dev.jetway.route.CgiRules;

/** Any output of a guest, in any pieces, is a head that cannot split a response, or no head. */
final class ResponseHeadFuzzTest {
    private static final ByteSize LIMIT = new ByteSize(512);

    @FuzzTest(maxDuration = "10m")
    void anyBytesInAnyPiecesAreOneSoundHeadOrNone(FuzzedDataProvider data) {
        CgiRules rules =
                (data.consumeBoolean() ? CgiRules.WAGI : CgiRules.CGI)
                        .settled(false, data.consumeBoolean());
        int piece = data.consumeInt(1, 64);
        byte[] bytes = data.consumeRemainingAsBytes();

        String whole = outcome(bytes, Math.max(1, bytes.length), rules);

        assertThat(outcome(bytes, piece, rules)).isEqualTo(whole);
        assertThat(outcome(bytes, 1, rules)).isEqualTo(whole);
    }

    private static String outcome(byte[] bytes, int piece, CgiRules rules) {
        var parser = new HeaderBlockParser(LIMIT, rules);
        int taken = 0;
        try {
            while (taken < bytes.length && !parser.isComplete()) {
                taken += parser.accept(bytes, taken, Math.min(piece, bytes.length - taken));
            }
            assertThat(taken).isLessThanOrEqualTo((int) LIMIT.bytes());
            if (!parser.isComplete()) {
                return "incomplete";
            }
            ResponseHead head =
                    CgiResponse.of(parser.fields(), MetaVariablesTest.request("GET", "/"), true);
            check(head);
            return taken + " " + head;
        } catch (InvalidResponseException e) {
            return "invalid: " + e.getMessage();
        }
    }

    private static void check(ResponseHead head) {
        assertThat(head.status()).isBetween(200, 999);
        for (Field field : head.fields()) {
            assertThat(field.name()).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            assertThat(field.value()).doesNotContain("\r", "\n", "\0");
            assertThat(ConnectionFields.contains(field.name())).isFalse();
            assertThat(field.is("Content-Length")).isFalse();
            assertThat(field.is("Status")).isFalse();
        }
        assertThat(head.contentLength().orElse(0)).isNotNegative();
    }
}
