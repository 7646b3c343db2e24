package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.http.Field;
import dev.jetway.http.ResponseHead;
import dev.jetway.route.CgiRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseHeadTest {
    private static final ByteSize LIMIT = ByteSize.ofKibibytes(1);

    /** Columns: block, status or reason, fields, source. */
    static Stream<List<String>> table() throws IOException {
        try (var in = ResponseHeadTest.class.getResourceAsStream("/response-heads.tsv")) {
            assertThat(in).isNotNull();
            var cases = new ArrayList<List<String>>();
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.startsWith("#")) {
                    cases.add(
                            Stream.of(line.split("\t", -1))
                                    .map(ResponseHeadTest::unescape)
                                    .toList());
                }
            }
            return cases.stream();
        }
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }

    /** Feeds the parser in pieces of {@code step} bytes and reads the result. */
    private static ResponseHead parse(String block, int step) throws InvalidResponseException {
        var parser = new HeaderBlockParser(LIMIT, CgiRules.CGI);
        byte[] bytes = block.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += step) {
            int count = Math.min(step, bytes.length - at);
            assertThat(parser.accept(bytes, at, count)).isEqualTo(count);
        }
        assertThat(parser.isComplete()).isTrue();
        return CgiResponse.of(parser.fields(), MetaVariablesTest.request("GET", "/"), true);
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachCaseOfTheTableHoldsHoweverTheBytesArrive(List<String> row) throws Exception {
        for (int step : new int[] {1, 2, 3, 7, 4096}) {
            if (row.get(1).startsWith("!")) {
                assertThatThrownBy(() -> parse(row.get(0), step))
                        .isInstanceOf(InvalidResponseException.class)
                        .hasMessageContaining(row.get(1).substring(1));
            } else {
                ResponseHead head = parse(row.get(0), step);
                assertThat(head.status()).isEqualTo(Integer.parseInt(row.get(1)));
                assertThat(
                                head.fields().stream()
                                        .map(f -> f.name() + "=" + f.value())
                                        .collect(Collectors.joining("|")))
                        .isEqualTo(row.get(2));
            }
        }
    }

    @Test
    void theBodyBeginsAfterTheFirstEmptyLine() throws Exception {
        byte[] bytes = "Status: 200\n\n\nbody".getBytes(StandardCharsets.UTF_8);

        assertThat(new HeaderBlockParser(LIMIT, CgiRules.CGI).accept(bytes, 0, bytes.length))
                .isEqualTo(13);
    }

    @Test
    void aBlockAtItsLimitIsTakenAndOneByteMoreIsNot() throws Exception {
        String start = "Status: 200\nX: ";
        String exact = start + "x".repeat((int) LIMIT.bytes() - start.length() - 2) + "\n\n";

        assertThat(parse(exact, 4096).status()).isEqualTo(200);
        assertThatThrownBy(() -> parse(exact.replace("X: ", "X:  "), 4096))
                .hasMessageContaining("header block over 1KiB");
    }

    @Test
    void aBlockHasABoundedNumberOfFields() throws Exception {
        var large = ByteSize.ofKibibytes(64);
        byte[] fields =
                "A: b\n".repeat(HeaderBlockParser.MAX_FIELDS).getBytes(StandardCharsets.UTF_8);
        var parser = new HeaderBlockParser(large, CgiRules.CGI);

        assertThat(parser.accept(fields, 0, fields.length)).isEqualTo(fields.length);
        assertThatThrownBy(() -> parser.accept(fields, 0, 5))
                .hasMessage("more than 256 header fields");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 404 Not Found, 404",
        "HTTP/1.0 200, 200",
        "HTTP/2 204 , 204",
    })
    void theStatusLineOfANonParsedScriptIsParsed(String line, int status) throws Exception {
        var parser = new HeaderBlockParser(LIMIT, CgiRules.CGI.settled(false, true));
        byte[] bytes = (line + "\r\nX-A: b\r\n\r\n").getBytes(StandardCharsets.UTF_8);

        assertThat(parser.accept(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        ResponseHead head =
                CgiResponse.of(parser.fields(), MetaVariablesTest.request("GET", "/"), true);
        assertThat(head.status()).isEqualTo(status);
        assertThat(head.fields()).containsExactly(new Field("X-A", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: a/b", "HTTP/1.1 abc", "HTTP 200", "http/1.1 200 OK"})
    void aNonParsedScriptWithoutAStatusLineIsInvalid(String line) {
        var parser = new HeaderBlockParser(LIMIT, CgiRules.CGI.settled(false, true));
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> parser.accept(bytes, 0, bytes.length))
                .hasMessageStartingWith("not a status line: ");
    }

    @Test
    void inWagisDialectALineWithoutAColonIsSkipped() throws Exception {
        byte[] block =
                "PHP Warning\nContent-Type: a/b\nno colon\n\n".getBytes(StandardCharsets.UTF_8);
        var parser = new HeaderBlockParser(LIMIT, CgiRules.WAGI);
        parser.accept(block, 0, block.length);

        assertThat(parser.isComplete()).isTrue();
        assertThat(parser.fields()).containsExactly(new Field("Content-Type", "a/b"));
        byte[] bad = "bad name: x\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() ->
                        new HeaderBlockParser(LIMIT, CgiRules.WAGI).accept(bad, 0, bad.length))
                .isInstanceOf(InvalidResponseException.class);
    }
}
