package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jetway.base.ByteText;
import dev.jetway.http.CanonicalPath;
import dev.jetway.http.PathText;
import dev.jetway.http.RequestTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A path reaches the route of its decoded segments in every spelling: protection cannot be evaded.
 * {@link DecodedPath} is a second implementation of the rules, on bytes.
 */
final class CanonicalPathFuzzTest {
    private static final String PROTECTED = "admin";
    private static final List<String> PATTERNS =
            List.of(
                    "/...",
                    "/admin/...",
                    "/exact",
                    "/a b/...",
                    "/é/...",
                    "/a;b",
                    "/admin/open/...");

    /** The parts of the routes' paths, and of other paths. */
    private static final List<String> WORDS =
            List.of(
                    "/", "/", "/", "//", "%2F", "%2f", "%252F", "\\", "%5C", ";", "%3B", "%", "%00",
                    ".", "..", "%2e", "%2E%2e", "x", "admin", "%61dmin", "open", "exact", "a%20b",
                    "é", "%c3%a9", "%E9", "a;b", "a%3bb");

    @FuzzTest(maxDuration = "10m")
    void aSpellingNeverReachesAnotherRoute(FuzzedDataProvider data) {
        Map<String, EncodedSlashes> modes = modes(data);
        RouteTable<Routed> table = table(modes);
        String raw = "/" + (data.consumeBoolean() ? words(data) : text(data));
        Optional<RequestTarget> target = RequestTarget.of(raw, Optional.empty());
        Optional<DecodedPath> meant = DecodedPath.of(raw);
        assertThat(target.isPresent()).as("above the root").isEqualTo(meant.isPresent());
        if (target.isEmpty()) {
            return;
        }
        hasOneForm(target.get(), meant.get());
        reachesTheRouteOfItsSegments(target.get(), meant.get(), table, modes);
        String other = Spelling.of(meant.get(), data);
        assertThat(CanonicalPath.of(other)).as(other).contains(target.get().path());
    }

    private static String text(FuzzedDataProvider data) {
        return data.consumeString(80).replaceAll("[?#\\x00-\\x20]", "");
    }

    private static String words(FuzzedDataProvider data) {
        var path = new StringBuilder();
        int count = data.consumeInt(0, 16);
        for (int i = 0; i < count; i++) {
            path.append(data.pickValue(WORDS));
        }
        return path.toString();
    }

    private static void hasOneForm(RequestTarget target, DecodedPath meant) {
        String path = target.path();
        assertThat(CanonicalPath.of(path)).contains(path);
        assertThat(path).matches("/[!-~]*").doesNotContain("//", "/./", "/../");
        // Two lists of segments never have the same form.
        assertThat(DecodedPath.of(path)).contains(meant);
    }

    private static void reachesTheRouteOfItsSegments(
            RequestTarget target,
            DecodedPath meant,
            RouteTable<Routed> table,
            Map<String, EncodedSlashes> modes) {
        Optional<DecodedPath> shown = Optional.of(meant);
        if (meant.hasSlash() && modes.get(meant.pattern()) == EncodedSlashes.DECODE) {
            shown = meant.withSlashesDecoded();
        }
        Optional<Found<Routed>> found = table.find(target);
        assertThat(found.isPresent()).as("above the root").isEqualTo(shown.isPresent());
        if (found.isEmpty()) {
            return;
        }
        RouteMatch match = found.get().match();
        assertThat(match.route().pattern().text()).isEqualTo(shown.get().pattern());
        if (PathText.isSafe(PathText.decode(target.path()))) {
            showsNoProtectedPathOfAnotherRoute(match);
            splitsTheRawPathAsTheCanonicalOne(target, match);
        }
    }

    /** A guest that splits its path at slashes sees a path of its own route. */
    private static void showsNoProtectedPathOfAnotherRoute(RouteMatch match) {
        EncodedSlashes slashes = match.route().action().encodedSlashes();
        boolean refused =
                slashes == EncodedSlashes.REFUSE && PathText.hasEncodedSlash(match.pathInfo());
        String shown =
                PathText.decode(match.scriptPath())
                        + (slashes == EncodedSlashes.PASS
                                ? PathText.decodeExceptSlashes(match.pathInfo())
                                : PathText.decode(match.pathInfo()));
        String first = (shown + "/").split("/", 3)[1];
        if (!refused && first.equals(PROTECTED)) {
            assertThat(match.route().pattern().text()).startsWith("/" + PROTECTED + "/");
        }
    }

    private static void splitsTheRawPathAsTheCanonicalOne(RequestTarget target, RouteMatch match) {
        String found = match.scriptPath() + match.pathInfo();
        boolean slashes = !found.equals(target.path());
        String rest = CanonicalPath.rest(target.rawPath(), match.scriptPath(), slashes);
        String whole = match.scriptPath() + rest;
        assertThat(target.rawPath()).endsWith(rest);
        assertThat(slashes ? CanonicalPath.withSlashesDecoded(whole) : CanonicalPath.of(whole))
                .contains(found);
    }

    private static Map<String, EncodedSlashes> modes(FuzzedDataProvider data) {
        var modes = new HashMap<String, EncodedSlashes>();
        PATTERNS.forEach(p -> modes.put(p, data.pickValue(EncodedSlashes.values())));
        return modes;
    }

    private static RouteTable<Routed> table(Map<String, EncodedSlashes> modes) {
        var routes = new ArrayList<Routed>();
        modes.forEach((pattern, slashes) -> {
            var rules =
                    new CgiRules(
                            Dialect.CGI,
                            false,
                            false,
                            false,
                            slashes,
                            Optional.empty(),
                            HttpRules.DEFAULT);
            routes.add(TestRoute.routed(TestRoute.of(pattern, rules)));
        });
        return new RouteTable<>(routes);
    }

    /**
     * The decoded segments of a path, one character for each byte; a slash in a segment was
     * encoded.
     */
    private record DecodedPath(List<String> segments) {
        /** The segments; empty if the path leads above the root. */
        static Optional<DecodedPath> of(String raw) {
            String text = ByteText.toLatin1(raw);
            return resolved(
                    Stream.of(text.substring(1).split("/", -1)).map(DecodedPath::decoded).toList());
        }

        Optional<DecodedPath> withSlashesDecoded() {
            return resolved(List.of(String.join("/", segments).split("/", -1)));
        }

        private static Optional<DecodedPath> resolved(List<String> parts) {
            var kept = new ArrayList<String>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                boolean stays = part.isEmpty() || part.equals(".");
                if (part.equals("..")) {
                    if (kept.isEmpty()) {
                        return Optional.empty();
                    }
                    kept.removeLast();
                } else if (!stays) {
                    kept.add(part);
                }
                if (i == parts.size() - 1 && (stays || part.equals(".."))) {
                    kept.add("");
                }
            }
            return Optional.of(new DecodedPath(kept));
        }

        private static String decoded(String segment) {
            var bytes = new StringBuilder();
            for (int i = 0; i < segment.length(); i++) {
                String two = segment.substring(Math.min(i + 1, segment.length()));
                if (segment.charAt(i) == '%' && two.matches("(?s)[0-9A-Fa-f]{2}.*")) {
                    bytes.append((char) Integer.parseInt(two, 0, 2, 16));
                    i += 2;
                } else {
                    bytes.append(segment.charAt(i));
                }
            }
            return bytes.toString();
        }

        boolean hasSlash() {
            return segments.stream().anyMatch(s -> s.indexOf('/') >= 0);
        }

        /** The pattern that matches the segments: an exact one, else the longest. */
        String pattern() {
            return PATTERNS.stream()
                    .filter(this::isTakenBy)
                    .max(
                            Comparator.comparing((String p) -> !p.endsWith("/..."))
                                    .thenComparingInt(String::length))
                    .orElseThrow();
        }

        private boolean isTakenBy(String pattern) {
            String path = ByteText.toLatin1(pattern.replaceFirst("/\\.\\.\\.$", ""));
            List<String> own =
                    path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
            return pattern.endsWith("/...")
                    ? segments.size() >= own.size() && segments.subList(0, own.size()).equals(own)
                    : segments.equals(own);
        }
    }

    /** Writes a path in another way. */
    private static final class Spelling {
        private static final List<String> BETWEEN =
                List.of("", "", "./", "/", "%2e/", "x/../", "%78/%2E./", ".//x/.%2e/");

        private Spelling() {}

        static String of(DecodedPath path, FuzzedDataProvider data) {
            var spelled = new StringBuilder();
            for (String segment : path.segments()) {
                spelled.append('/').append(data.pickValue(BETWEEN));
                for (int i = 0; i < segment.length(); i++) {
                    put(segment.charAt(i), data.consumeInt(0, 2), spelled);
                }
            }
            return spelled.toString();
        }

        private static void put(char b, int way, StringBuilder spelled) {
            if (way == 0 && b > ' ' && b < 0x7f && "/%?#".indexOf(b) < 0) {
                spelled.append(b);
            } else {
                spelled.append((way == 1 ? "%%%02x" : "%%%02X").formatted((int) b));
            }
        }
    }
}
