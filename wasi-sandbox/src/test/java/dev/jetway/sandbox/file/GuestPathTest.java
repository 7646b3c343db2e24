package dev.jetway.sandbox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuestPathTest {
    private static GuestPath path(String text) {
        return GuestPath.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, false",
        "a/b, a b, false",
        "a//b///, a b, true",
        "./a/../b/, . a .. b, true",
        "., ., false",
        "é/€, é €, false",
    })
    void path_isCutAtSlashes(String text, String names, boolean slash) {
        GuestPath path = path(text);

        assertThat(path.names().stream().map(n -> new String(n, StandardCharsets.UTF_8)).toList())
                .containsExactly(names.split(" "));
        assertThat(path.trailingSlash()).isEqualTo(slash);
    }

    private static void refused(Errno errno, byte[] text) {
        assertThatThrownBy(() -> GuestPath.of(text)).hasMessage(errno.name());
    }

    @Test
    void path_thatIsNone_isRefused() {
        refused(Errno.NOENT, new byte[0]);
        refused(Errno.PERM, new byte[] {'/'});
        refused(Errno.INVAL, new byte[] {'a', 0});
        refused(Errno.ILSEQ, new byte[] {'a', (byte) 0xff});
        refused(Errno.ILSEQ, new byte[] {(byte) 0xc0, (byte) 0x80});
        // A surrogate is no character.
        refused(Errno.ILSEQ, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    }

    @Test
    void path_bounds_areOfBytes() {
        assertThat(path("x".repeat(255)).names()).hasSize(1);
        refused(Errno.NAMETOOLONG, "x".repeat(256).getBytes(StandardCharsets.UTF_8));
        refused(Errno.NAMETOOLONG, "é".repeat(128).getBytes(StandardCharsets.UTF_8));
        assertThat(path("x/".repeat(2048)).names()).hasSize(2048);
        refused(Errno.NAMETOOLONG, ("x/".repeat(2048) + "x").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void path_ofAnyBytes_isNamesOrAnError() {
        var random = new Random(11);
        byte[] usual = {'a', 'b', '/', '/', '.', 0, (byte) 0xc3, (byte) 0xa9, (byte) 0xff};
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[random.nextInt(12)];
            for (int j = 0; j < text.length; j++) {
                text[j] = usual[random.nextInt(usual.length)];
            }
            try {
                assertThat(GuestPath.of(text).names())
                        .allSatisfy(n -> assertThat(n).isNotEmpty().doesNotContain('/', 0));
            } catch (ErrnoException e) {
                assertThat(e.errno()).isIn(Errno.NOENT, Errno.PERM, Errno.INVAL, Errno.ILSEQ);
            }
        }
    }
}
