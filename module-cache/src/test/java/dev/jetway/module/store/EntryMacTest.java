package dev.jetway.module.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryMacTest {
    private static final String NAME = "name-\u00e9";

    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 63, 64})
    void checksum_isTheHmacOfNameAndContent(int keyBytes) throws GeneralSecurityException {
        for (int size : new int[] {0, 1, 55, 56, 63, 64, 65, 10_000}) {
            byte[] key = bytes(keyBytes);
            byte[] content = bytes(size);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(NAME.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);

            assertThat(new EntryMac(key).of(NAME, content)).isEqualTo(mac.doFinal(content));
        }
    }

    @Test
    void entry_isWholeAsItWasWritten() {
        var seal = new EntryMac(bytes(32));
        byte[] entry = sealed(seal, bytes(100));

        assertThat(seal.isWhole(NAME, entry)).isTrue();
        assertThat(seal.isWhole("name-e", entry)).isFalse();
        assertThat(new EntryMac(bytes(32)).isWhole(NAME, entry)).isFalse();
        for (int i = 0; i < entry.length; i++) {
            byte[] changed = entry.clone();
            changed[i] ^= 1;
            assertThat(seal.isWhole(NAME, changed)).isFalse();
            assertThat(seal.isWhole(NAME, Arrays.copyOf(entry, i))).isFalse();
        }
    }

    @Test
    void key_isNoLongerThanABlock() {
        assertThat(new EntryMac(bytes(EntryMac.MAX_KEY)).of(NAME, bytes(1)))
                .hasSize(EntryMac.BYTES);
        assertThatThrownBy(() -> new EntryMac(bytes(EntryMac.MAX_KEY + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] sealed(EntryMac seal, byte[] content) {
        byte[] checksum = seal.of(NAME, content);
        byte[] entry = Arrays.copyOf(checksum, checksum.length + content.length);
        System.arraycopy(content, 0, entry, checksum.length, content.length);
        return entry;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
