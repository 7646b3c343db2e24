package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jetway.http.CanonicalPath;
import dev.jetway.http.PathText;
import dev.jetway.http.RequestTarget;
import java.util.List;
import java.util.Optional;

/** A path reaches the route of its canonical form, however it is spelled. */
final class CanonicalPathFuzzTest {
    private static final List<String> PATTERNS =
            List.of(
                    "/...",
                    "/admin/...",
                    "/exact",
                    "/a b/...",
                    "/é/...",
                    "/a;b",
                    "/admin/open/...");

    private static RouteTable<Routed> table(EncodedSlashes slashes) {
        var rules =
                new CgiRules(
                        Dialect.CGI,
                        false,
                        false,
                        false,
                        slashes,
                        Optional.empty(),
                        HttpRules.DEFAULT);
        return new RouteTable<>(
                PATTERNS.stream()
                        .<Routed>map(p -> TestRoute.routed(TestRoute.of(p, rules)))
                        .toList());
    }

    @FuzzTest(maxDuration = "10m")
    void aSpellingNeverReachesAnotherRoute(FuzzedDataProvider data) {
        EncodedSlashes slashes = data.pickValue(EncodedSlashes.values());
        String raw = "/" + data.consumeString(80).replaceAll("[?#\\x00-\\x20]", "");
        Optional<RequestTarget> target = RequestTarget.of(raw, Optional.empty());
        if (target.isEmpty()) {
            return;
        }
        String path = target.get().path();
        assertThat(CanonicalPath.of(path)).contains(path);
        assertThat(path).matches("/[!-~]*").doesNotContain("//", "/./", "/../");

        var found = table(slashes).find(target.get());
        if (found.isEmpty()) {
            // Only slashes that are decoded can lead above the root now.
            assertThat(target.get().pathWithSlashesDecoded()).isEmpty();
            return;
        }
        RouteMatch match = found.get().match();
        boolean decoded = slashes == EncodedSlashes.DECODE;
        String shown =
                PathText.decode(match.scriptPath())
                        + (slashes == EncodedSlashes.PASS
                                ? PathText.decodeExceptSlashes(match.pathInfo())
                                : PathText.decode(match.pathInfo()));
        // What the guest sees of a path that is served, asked for as it is, is the same route's.
        boolean served =
                PathText.isSafe(PathText.decode(path))
                        && (slashes != EncodedSlashes.REFUSE || !PathText.hasEncodedSlash(path));
        if (served && !shown.isEmpty() && (decoded || !PathText.hasEncodedSlash(path))) {
            String again = encoded(shown);
            assertThat(table(slashes).find(RequestTarget.parse(again).orElseThrow()))
                    .get()
                    .satisfies(same ->
                            assertThat(same.match().route().pattern())
                                    .isEqualTo(match.route().pattern()));
        }
        String first = PathText.decode(path).substring(1).split("/", 2)[0];
        if (served && first.equals("admin") && (decoded || !PathText.hasEncodedSlash(path))) {
            assertThat(match.route().pattern().text()).startsWith("/admin/");
        }
    }

    /** The text of a path with everything encoded but slashes. */
    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte b : dev.jetway.base.ByteText.encode(text)) {
            encoded.append(b == '/' ? "/" : "%%%02X".formatted(b));
        }
        return encoded.toString();
    }
}
