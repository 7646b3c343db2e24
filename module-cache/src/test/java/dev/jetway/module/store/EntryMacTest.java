package dev.jetway.module.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntryMacTest {
    private static final String NAME = "name-\u00e9";

    private final Random random = new Random(1);

    /** Computed by another implementation of HMAC-SHA-256, over name, zero byte and content. */
    @ParameterizedTest
    @CsvSource({
        "0, 3f3b6c698911d8ccbf766415f6735ce36c236fb92f6f9dae8804068d5ab8dc1a",
        "1000, 6cad093d83cc61fb0659934c55cf4418f0a0b8b409e66bbfe28784fc787b82e8"
    })
    void code_ofZeros_isTheKnownOne(int zeros, String expected) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }

        assertThat(HexFormat.of().formatHex(new EntryMac(key).of(NAME, new byte[zeros])))
                .isEqualTo(expected);
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
