package dev.jetway.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Limit;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import dev.jetway.server.TestHeads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final Metrics metrics = new Metrics();

    private static RunRecord record(String route, Duration startTime) {
        return record(Site.DEFAULT, route, startTime);
    }

    private static RunRecord record(Site site, String route, Duration startTime) {
        return new RunRecord(
                Optional.of(site),
                Optional.of(new RoutePattern(route)),
                TestHeads.get("/a"),
                Optional.empty(),
                false,
                200,
                Outcome.OK,
                "",
                List.of(Limit.STDERR),
                Duration.ofMillis(7),
                startTime,
                Duration.ofMillis(5),
                Duration.ofMillis(3),
                11,
                13,
                new ByteSize(0));
    }

    @Test
    void runsAreCountedByRoute() {
        metrics.ended(record("/a", Duration.ofNanos(15_000)));
        metrics.ended(record("/a", Duration.ofNanos(25_000)));
        metrics.ended(record("/b", Duration.ofNanos(15_000)));

        String a = "{site=\"" + Site.DEFAULT.name() + "\",route=\"/a\",";
        assertThat(metrics.text())
                .contains("jetway_requests_total" + a + "outcome=\"ok\",status=\"200\",} 2.0")
                .contains("jetway_request_duration_seconds_count" + a + "} 2.0")
                .contains("jetway_guest_duration_seconds_count" + a + "} 2.0")
                .contains("jetway_guest_start_seconds_bucket" + a + "le=\"2.0E-5\",} 1.0")
                .contains("jetway_guest_start_seconds_bucket" + a + "le=\"5.0E-5\",} 2.0")
                .contains("jetway_guest_cpu_seconds_total" + a + "} 0.006")
                .contains("jetway_request_body_bytes_total" + a + "} 22.0")
                .contains("jetway_response_body_bytes_total" + a + "} 26.0")
                .contains("jetway_limit_hits_total{site=\"" + Site.DEFAULT.name());
    }

    @Test
    void aRemovedSiteIsForgotten() {
        metrics.ended(record(site("gone"), "/a", Duration.ofNanos(15_000)));
        metrics.ended(record(site("kept"), "/a", Duration.ofNanos(15_000)));

        metrics.keepOnly(Set.of("kept"));
        assertThat(metrics.text())
                .doesNotContain("gone")
                .contains("jetway_requests_total{site=\"kept\"")
                .contains("jetway_guest_start_seconds_count{site=\"kept\"");

        metrics.ended(record(site("gone"), "/a", Duration.ofNanos(15_000)));
        assertThat(metrics.text())
                .contains("jetway_request_duration_seconds_count{site=\"gone\",route=\"/a\",} 1.0");
    }

    private static Site site(String name) {
        return new Site(name, List.of(), TenantLimits.ALL, Site.MAX_MEMORY);
    }

    @Test
    void aGuestThatHasNotStartedHasNoStartTime() {
        metrics.ended(record("/a", Duration.ZERO));

        assertThat(metrics.text())
                .containsPattern("jetway_guest_start_seconds_count\\{[^}]*} 0\\.0");
    }
}
