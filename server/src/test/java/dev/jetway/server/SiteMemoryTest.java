package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.cgi.Share;
import dev.jetway.cgi.Site;
import dev.jetway.unit.ByteSize;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SiteMemoryTest {
    private final SiteMemory memory = new SiteMemory(ByteSize.ofMebibytes(64));

    private static Site site(String name, ByteSize limit) {
        return new Site(name, List.of(name), Share.TENANT, limit);
    }

    @Test
    void allRoutesOfASiteShareOneAccount() {
        Site site = site("a", Site.MAX_MEMORY);

        assertThat(memory.of(site)).isSameAs(memory.of(site));
        assertThat(memory.of(site("b", Site.MAX_MEMORY))).isNotSameAs(memory.of(site));
        assertThat(memory.used()).isZero();
    }
}
