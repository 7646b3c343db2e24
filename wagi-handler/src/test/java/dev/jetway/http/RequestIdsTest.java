package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestIdsTest {
    private final RequestIds ids = new RequestIds(new SecureRandom());

    @Test
    void anIdHasTheCharactersOfApaches() {
        assertThat(ids.next()).matches("[A-Za-z0-9@-]{24}");
    }

    @Test
    void anIdIsTheTimeTheProcessAndACount() {
        long before = System.currentTimeMillis();
        ByteBuffer first = bytes(ids.next());
        ByteBuffer second = bytes(ids.next());

        assertThat(first.getLong(0)).isBetween(before, System.currentTimeMillis());
        assertThat(second.slice(8, 6)).isEqualTo(first.slice(8, 6));
        assertThat(first.getInt(14)).isZero();
        assertThat(second.getInt(14)).isOne();
    }

    @Test
    void processesDiffer() {
        assertThat(bytes(new RequestIds(new SecureRandom()).next()).slice(8, 6))
                .isNotEqualTo(bytes(ids.next()).slice(8, 6));
    }

    @Test
    void manyIdsAreAllDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next());
        }
        assertThat(seen).hasSize(10_000);
    }

    private static ByteBuffer bytes(String id) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.replace('@', '_')));
    }
}
