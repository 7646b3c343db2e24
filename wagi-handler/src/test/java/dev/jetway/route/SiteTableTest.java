package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.failure.ErrorPages;
import dev.jetway.http.RequestTarget;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteTableTest {
    private static final RequestTarget X = RequestTarget.parse("/x").orElseThrow();

    private static final SiteTable<Routed> SITES =
            new SiteTable<>(
                    List.of(
                            route(site("a", "a.org", "www.a.org")),
                            route(site("b", "*.a.org", "[::1]")),
                            route(site("c", "*.deep.a.org")),
                            route(Site.DEFAULT)),
                    ErrorPages.NONE);

    private static Site site(String name, String... hosts) {
        return new Site(name, List.of(hosts), TenantLimits.TENANT, Site.MAX_MEMORY);
    }

    private static Routed route(Site site) {
        return TestRoute.routed(TestRoute.of(site, "/x", TrafficLimits.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "a.org, a",
        "A.Org:8080, a",
        "a.org., a",
        "www.a.org, a",
        "ftp.a.org, b",
        "x.y.a.org, b",
        "deep.a.org, b",
        "x.deep.a.org, c",
        "[::1]:80, b",
        "[::1], b",
        "aa.org, default",
        "org, default",
        "a.org.example, default",
        "*.a.org, b",
        "127.0.0.1:80, default",
        "., default",
        ":, default",
    })
    void theHostOfARequestNamesItsSite(String authority, String site) {
        assertThat(SITES.find(Optional.of(authority), X))
                .get()
                .satisfies(m -> assertThat(m.match().route().site().name()).isEqualTo(site));
    }

    @ParameterizedTest
    @CsvSource({"a.org, a", "x.org, c", "'', c", "*, c"})
    void aSiteOfAnyHostAnswersHostsOfNoSite(String authority, String site) {
        var sites =
                new SiteTable<>(
                        List.of(
                                route(site("a", "a.org")),
                                route(site("c", "c.org", Site.ANY_HOST)),
                                route(Site.DEFAULT)),
                        ErrorPages.NONE);

        assertThat(sites.find(Optional.of(authority).filter(text -> !text.isEmpty()), X))
                .get()
                .satisfies(m -> assertThat(m.match().route().site().name()).isEqualTo(site));
    }

    @Test
    void aRequestWithoutAHostIsForTheSiteOfAnyHost() {
        assertThat(SITES.find(Optional.empty(), X))
                .get()
                .satisfies(m -> assertThat(m.match().route().site()).isEqualTo(Site.DEFAULT));
    }

    @Test
    void theRoutesOfAnotherSiteAreNotThere() {
        var sites = new SiteTable<>(List.of(route(Site.DEFAULT)), ErrorPages.NONE);

        assertThat(sites.find(Optional.of("a.org"), X)).isPresent();
        var others = new SiteTable<>(List.of(route(site("a", "a.org"))), ErrorPages.NONE);
        assertThat(others.find(Optional.of("b.org"), X)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a..b",
                "a.org:80",
                "*.",
                "*",
                "a.*.org",
                "-a.org",
                "größe.de",
                "http://a.org",
                "a.org/",
            })
    void invalidHostsAreRefused(String text) {
        assertThatThrownBy(() -> Site.host(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameIsAtMost253CharactersLong() {
        String longest = "a.".repeat(126) + "b";

        assertThat(Site.host(longest.toUpperCase(java.util.Locale.ROOT))).isEqualTo(longest);
        assertThatThrownBy(() -> Site.host("a." + longest))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "../x", ".x", "a b", "ä"})
    void invalidNamesOfSitesAreRefused(String text) {
        assertThatThrownBy(() -> Site.name(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNameOfASiteIsAtMost63CharactersLong() {
        assertThat(Site.name("x".repeat(63))).hasSize(63);
        assertThatThrownBy(() -> Site.name("x".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Routed user(String name, String... hosts) {
        Site site = site("~" + name, hosts);
        return TestRoute.routed(
                TestRoute.of(site, "/...", TrafficLimits.DEFAULT).below(site.prefix()));
    }

    private static final SiteTable<Routed> USERS =
            new SiteTable<>(
                    List.of(
                            route(site("a", "a.org")),
                            route(site("b", "*.b.org")),
                            user("alice", "a.org", "www.b.org"),
                            user("bob", Site.ANY_HOST),
                            route(Site.DEFAULT)),
                    ErrorPages.NONE);

    @ParameterizedTest
    @CsvSource({
        "a.org, /x, a",
        "a.org, /~alice, ~alice",
        "a.org, /~alice/x, ~alice",
        "a.org, /~alicex, -",
        "a.org, /~bob/, -",
        "www.b.org, /x, b",
        "www.b.org, /~alice/, ~alice",
        "ftp.b.org, /~alice/, -",
        "ftp.b.org, /x, b",
        "other.org, /x, default",
        "other.org, /~bob/, ~bob",
        "other.org, /~alice/, -",
    })
    void usersAnswerBelowTheirNamesOnTheirHosts(String authority, String path, String site) {
        assertThat(
                        USERS.find(Optional.of(authority), RequestTarget.parse(path).orElseThrow())
                                .map(m -> m.match().route().site().name())
                                .orElse("-"))
                .isEqualTo(site);
    }
}
