package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxies 10.0.0.1, 10.0.0.2 and 2001:db8::10 are trusted; the first sends the requests. */
final class ProxyChainTest {
    private static final Set<InetAddress> TRUSTED =
            Set.of(
                    InetAddress.ofLiteral("10.0.0.1"),
                    InetAddress.ofLiteral("10.0.0.2"),
                    InetAddress.ofLiteral("2001:db8::10"));
    private static final ProxyChain CHAIN = new ProxyChain(TRUSTED::contains);

    private static RequestHead request(String peer, List<Field> fields) {
        return new RequestHead(
                "id",
                "GET",
                RequestTarget.parse("/").orElseThrow(),
                "HTTP/1.1",
                false,
                Optional.of("own.example"),
                fields,
                new Endpoint(peer, 4000),
                new Endpoint("10.0.0.9", 80),
                Optional.empty());
    }

    /** F, X, P, H and N stand for Forwarded and for X-Forwarded-For, -Proto, -Host and -Port. */
    private static List<Field> fields(String text) {
        var fields = new ArrayList<Field>();
        for (String line : text.isEmpty() ? new String[0] : text.split("\\|", -1)) {
            String name =
                    switch (line.charAt(0)) {
                        case 'F' -> "Forwarded";
                        case 'X' -> "X-Forwarded-For";
                        case 'P' -> "x-forwarded-proto";
                        case 'H' -> "X-Forwarded-Host";
                        default -> "X-Forwarded-Port";
                    };
            fields.add(new Field(name, line.substring(2)));
        }
        return fields;
    }

    @ParameterizedTest
    @CsvSource({
        // fields, the client's address, its port, https, the host
        "'',                                       10.0.0.1, 4000, false, own.example",
        "'X=192.0.2.1',                            192.0.2.1, 0, false, own.example",
        "'X=6.6.6.6, 192.0.2.1',                   192.0.2.1, 0, false, own.example",
        "'X=6.6.6.6|X=192.0.2.1',                  192.0.2.1, 0, false, own.example",
        "'X=6.6.6.6, 192.0.2.1, 10.0.0.2',         192.0.2.1, 0, false, own.example",
        "'X=6.6.6.6, 192.0.2.1|X=10.0.0.2',        192.0.2.1, 0, false, own.example",
        "'X=10.0.0.2, 192.0.2.1',                  192.0.2.1, 0, false, own.example",
        "'X=10.0.0.2',                             10.0.0.2, 0, false, own.example",
        "'X=192.0.2.1:4711',                       192.0.2.1, 4711, false, own.example",
        "'X=2001:DB8:0::1',                        2001:db8::1, 0, false, own.example",
        "'X=[2001:db8::1]:4711',                   2001:db8::1, 4711, false, own.example",
        "'X=[2001:db8::1]',                        2001:db8::1, 0, false, own.example",
        "'X=6.6.6.6, [2001:db8::10]:1',            6.6.6.6, 0, false, own.example",
        "'X=::ffff:192.0.2.1',                     192.0.2.1, 0, false, own.example",
        "'X=192.0.2.1, ::ffff:10.0.0.2',           192.0.2.1, 0, false, own.example",
        "'X=, ,192.0.2.1, ,',                      192.0.2.1, 0, false, own.example",
        "'X=6.6.6.6, unknown',                     10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, _hidden',                     10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, nonsense',                    10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, 999.1.1.1',                   10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, 192.0.2.1:99999',             10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, 192.0.2.1:',                  10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, [2001:db8::1',                10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, fe80::1%eth0',                10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, localhost',                   10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, 3232235777',                  10.0.0.1, 4000, false, own.example",
        "'X=6.6.6.6, nonsense, 10.0.0.2',          10.0.0.2, 0, false, own.example",
        "'X=192.0.2.1|P=https',                    192.0.2.1, 0, true, own.example",
        "'X=192.0.2.1|P=HTTPS|H=a.example',        192.0.2.1, 0, true, a.example",
        "'X=6.6.6.6, 192.0.2.1|P=https, http|H=evil, a', 192.0.2.1, 0, false, a",
        "'X=192.0.2.1, 10.0.0.2|P=https, http|H=a, b',   192.0.2.1, 0, true, a",
        "'X=6.6.6.6, 192.0.2.1, 10.0.0.2|P=http, https, http', 192.0.2.1, 0, true, own.example",
        "'X=192.0.2.1, 10.0.0.2|P=https|H=a',      192.0.2.1, 0, true, a",
        "'X=192.0.2.1|P=gopher',                   192.0.2.1, 0, false, own.example",
        "'X=192.0.2.1|H=a.example:8443',           192.0.2.1, 0, false, a.example:8443",
        "'X=192.0.2.1|H=a.example|N=8443',         192.0.2.1, 0, false, a.example:8443",
        "'X=192.0.2.1|H=a.example:1|N=8443',       192.0.2.1, 0, false, a.example:1",
        "'X=192.0.2.1|H=[2001:db8::1]|N=8443',     192.0.2.1, 0, false, [2001:db8::1]:8443",
        "'X=192.0.2.1|N=8443',                     192.0.2.1, 0, false, own.example:8443",
        "'X=192.0.2.1|N=0',                        192.0.2.1, 0, false, own.example",
        "'X=192.0.2.1|H=a b',                      192.0.2.1, 0, false, own.example",
        "'X=192.0.2.1|H=a/b',                      192.0.2.1, 0, false, own.example",
        "'P=https|H=a.example',                    10.0.0.1, 4000, true, a.example",
        "'F=for=192.0.2.1',                        192.0.2.1, 0, false, own.example",
        "'F=For=192.0.2.1;Proto=https;Host=a:81',  192.0.2.1, 0, true, a:81",
        "'F=for=\"[2001:db8::1]:4711\";proto=https', 2001:db8::1, 4711, true, own.example",
        "'F=for=\"192.0.2.1:80\"',                 192.0.2.1, 80, false, own.example",
        "'F=for=192.0.2.1:80',                     192.0.2.1, 80, false, own.example",
        "'F=for=6.6.6.6;proto=https, for=192.0.2.1', 192.0.2.1, 0, false, own.example",
        "'F=for=6.6.6.6|F=for=192.0.2.1;host=a',   192.0.2.1, 0, false, a",
        "'F=for=192.0.2.1;proto=https;host=a, for=10.0.0.2;proto=http;host=b', 192.0.2.1, 0, true, a",
        "'F=for=192.0.2.1;by=10.0.0.1 ; proto=https', 192.0.2.1, 0, true, own.example",
        "'F=for=6.6.6.6, for=unknown;proto=https', 10.0.0.1, 4000, true, own.example",
        "'F=for=6.6.6.6, for=_hidden',             10.0.0.1, 4000, false, own.example",
        "'F=for=6.6.6.6, for=\"_hidden:_port\"',   10.0.0.1, 4000, false, own.example",
        "'F=for=6.6.6.6, for=\"192.0.2.1:_port\"', 192.0.2.1, 0, false, own.example",
        "'F=for=6.6.6.6, for=nonsense;host=evil',  10.0.0.1, 4000, false, own.example",
        "'F=for=6.6.6.6, proto=https',             10.0.0.1, 4000, true, own.example",
        "'F=for=\"6.6.6.6, for=7.7.7.7\", for=192.0.2.1', 192.0.2.1, 0, false, own.example",
        "'F=for=192.0.2.1;host=\"a\\.example\"',   192.0.2.1, 0, false, a.example",
        "'F=for=192.0.2.1;proto=https|X=192.0.2.1|P=http', 192.0.2.1, 0, true, own.example",
        "'F=for=\"[2001:db8::1]\"|X=2001:DB8:0::1', 2001:db8::1, 0, false, own.example",
    })
    void theClientIsTheLastAddressThatIsNotTrusted(
            String fields, String address, int port, boolean secure, String host) {
        RequestHead client = CHAIN.client(request("10.0.0.1", fields(fields))).orElseThrow();

        assertThat(client.remote()).isEqualTo(new Endpoint(address, port));
        assertThat(client.secure()).isEqualTo(secure);
        assertThat(client.authority()).contains(host);
    }

    @ParameterizedTest
    @CsvSource({
        "'F=for=192.0.2.1|X=6.6.6.6'",
        "'F=for=6.6.6.6|X=192.0.2.1'",
        "'F=for=unknown|X=192.0.2.1'",
        "'F=for=\"6.6.6.6, for=192.0.2.1'",
        "'F=for=6.6.6.6;for=7.7.7.7'",
        "'F=6.6.6.6'",
        "'F=for=6.6.6.6 for=7.7.7.7'",
        "'F=for='",
        "'F=for=6.6.6.6;'",
    })
    void fieldsThatTheClientMayHaveSentAreRefused(String fields) {
        assertThat(CHAIN.client(request("10.0.0.1", fields(fields)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.9", "10.0.0.3", "::1"})
    void fieldsOfAnyOtherHostAreIgnored(String peer) {
        RequestHead head =
                request(peer, fields("F=for=6.6.6.6;proto=https|X=7.7.7.7|H=evil|P=https"));

        assertThat(CHAIN.client(head)).containsSame(head);
    }

    @Test
    void aChainIsFollowedForABoundedNumberOfHops() {
        List<Field> within = hops(ProxyChain.MAX_HOPS - 1);
        List<Field> over = hops(ProxyChain.MAX_HOPS);

        assertThat(CHAIN.client(request("10.0.0.1", within)).orElseThrow().remote().address())
                .isEqualTo("192.0.2.1");
        assertThat(CHAIN.client(request("10.0.0.1", over)).orElseThrow().remote().address())
                .isEqualTo("10.0.0.2");
    }

    private static List<Field> hops(int proxies) {
        return Stream.concat(
                        Stream.of("192.0.2.1"), Stream.generate(() -> "10.0.0.2").limit(proxies))
                .map(address -> new Field("X-Forwarded-For", address))
                .toList();
    }
}
