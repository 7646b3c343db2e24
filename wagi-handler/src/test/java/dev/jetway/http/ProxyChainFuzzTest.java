package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whatever a client sends to a trusted proxy, the client's address is the proxy's. */
final class ProxyChainFuzzTest {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
    private static final Set<InetAddress> TRUSTED =
            Set.of(PROXY, InetAddress.ofLiteral("10.0.0.2"));
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
        int proxies = data.consumeInt(0, ProxyChain.MAX_HOPS + 1);
        String own = standard ? "Forwarded" : "X-Forwarded-For";
        var fields = new ArrayList<Field>();
        int count = data.consumeInt(0, 4);
        for (int i = 0; i < count; i++) {
            fields.add(new Field(data.pickValue(NAMES), text(data)));
        }
        add(fields, own, words(standard, proxies), sameLine);

        Optional<RequestHead> client = new ProxyChain(TRUSTED::contains).client(head(fields));

        boolean both = has(fields, "Forwarded") && has(fields, "X-Forwarded-For");
        boolean unread =
                fields.stream()
                        .filter(f -> f.is("Forwarded"))
                        .anyMatch(f -> ForwardedLine.parse(f.value()).isEmpty());
        // No other reason: a client could choose who is served.
        assertThat(client.isPresent() || both || unread).isTrue();
        assertThat(client.isPresent() && unread).isFalse();
        client.ifPresent(head -> {
            boolean followed = proxies < ProxyChain.MAX_HOPS;
            assertThat(head.remote().address()).isEqualTo(followed ? "192.0.2.1" : "10.0.0.2");
            if (standard) {
                assertThat(head.secure()).isEqualTo(followed);
                assertThat(head.authority()).contains(followed ? "a" : "b");
            }
            assertThat(head.remote().port()).isBetween(0, 0xffff);
            assertThat(head.authority().orElseThrow())
                    .matches("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
        });
    }

    /** The elements of the client's proxy and of those behind it. */
    private static String words(boolean standard, int proxies) {
        String first = standard ? "for=192.0.2.1;proto=https;host=a" : "192.0.2.1";
        String next = standard ? ", for=10.0.0.2;proto=http;host=b" : ", 10.0.0.2";
        return first + next.repeat(proxies);
    }

    /** Proxies add to the last line of their field, or a line of their own. */
    private static void add(List<Field> fields, String name, String words, boolean sameLine) {
        int last = sameLine ? last(fields, name) : -1;
        if (last < 0) {
            fields.add(new Field(name, words));
        } else {
            fields.set(last, new Field(name, fields.get(last).value() + ", " + words));
        }
    }

    private static boolean has(List<Field> fields, String name) {
        return last(fields, name) >= 0;
    }

    private static String text(FuzzedDataProvider data) {
        return data.consumeString(60).replaceAll("\\p{Cntrl}", "").strip();
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
