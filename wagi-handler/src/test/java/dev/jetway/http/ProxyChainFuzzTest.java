package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever a client sends to a trusted proxy, the proxy's word on the client holds. */
final class ProxyChainFuzzTest {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
    private static final List<String> NAMES =
            List.of(
                    "X-Forwarded-For",
                    "Forwarded",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Host",
                    "X-Forwarded-Port");

    @FuzzTest(maxDuration = "10m")
    void aClientCannotChooseItsAddress(FuzzedDataProvider data) {
        boolean standard = data.consumeBoolean();
        boolean sameLine = data.consumeBoolean();
        String own = standard ? "Forwarded" : "X-Forwarded-For";
        String word = standard ? "for=192.0.2.1;proto=https;host=a" : "192.0.2.1";
        var fields = new ArrayList<Field>();
        int count = data.consumeInt(0, 4);
        for (int i = 0; i < count; i++) {
            fields.add(new Field(data.pickValue(NAMES), text(data)));
        }
        // The proxy adds its word to the last line of its field, or as a line of its own.
        int last = sameLine ? last(fields, own) : -1;
        if (last < 0) {
            fields.add(new Field(own, word));
        } else {
            fields.set(last, new Field(own, fields.get(last).value() + ", " + word));
        }

        Optional<RequestHead> client = new ProxyChain(PROXY::equals).client(head(fields));

        client.ifPresent(head -> {
            assertThat(head.remote().address()).isEqualTo("192.0.2.1");
            if (standard && fields.stream().noneMatch(f -> f.is("X-Forwarded-For"))) {
                assertThat(head.secure()).isTrue();
                assertThat(head.authority()).contains("a");
            }
            assertThat(head.authority().orElseThrow())
                    .matches("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
        });
    }

    private static String text(FuzzedDataProvider data) {
        return data.consumeAsciiString(60).replaceAll("\\p{Cntrl}", "").strip();
    }

    private static int last(List<Field> fields, String name) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).is(name)) {
                return i;
            }
        }
        return -1;
    }

    private static RequestHead head(List<Field> fields) {
        return new RequestHead(
                "id",
                "GET",
                RequestTarget.parse("/").orElseThrow(),
                "HTTP/1.1",
                false,
                Optional.of("own.example"),
                fields,
                Endpoint.of(PROXY, 4000),
                new Endpoint("10.0.0.9", 80),
                Optional.empty());
    }
}
