package dev.jetway.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.route.Site;
import dev.jetway.route.TenantLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SiteMemoryTest {
    private final SiteMemory memory = new SiteMemory(ByteSize.ofMebibytes(64));

    private static Site site(String name, ByteSize limit) {
        return new Site(name, List.of(name), TenantLimits.TENANT, limit);
    }

    @Test
    void allRoutesOfASiteShareOneAccount() {
        Site site = site("a", Site.MAX_MEMORY);

        assertThat(memory.of(site)).isSameAs(memory.of(site));
        assertThat(memory.of(site("b", Site.MAX_MEMORY))).isNotSameAs(memory.of(site));
        assertThat(memory.used()).isZero();
    }
}
