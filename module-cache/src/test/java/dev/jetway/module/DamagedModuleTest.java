package dev.jetway.module;

import static dev.jetway.module.Fixtures.returning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load of any file ends in a module or in a message. */
final class DamagedModuleTest {
    private static final int TRIES = 1000;

    /** Position of the exported function's index in the module that returns a number. */
    private static final int EXPORTED_FUNCTION = 25;

    @TempDir private Path folder;

    private final ModuleCache cache = new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));

    @Test
    void anExportOfNoFunctionIsMalformed() throws IOException {
        byte[] binary = returning(7);
        assertThat(binary[EXPORTED_FUNCTION]).isZero();
        binary[EXPORTED_FUNCTION] = 5;
        Path module = Files.write(folder.resolve("module"), binary);

        assertThatThrownBy(() -> cache.load(new FileReference(module)))
                .extracting("reason")
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void damageOfAnyKindIsNamedOnOneLine() throws IOException {
        var random = new Random(20261120);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            Path module = Files.write(folder.resolve("module"), damaged(random));
            try {
                assertThat(cache.load(new FileReference(module)).module().digest()).hasSize(64);
            } catch (ModuleException e) {
                refused++;
                assertThat(e).message().isNotBlank().doesNotContain("\n", "\r");
            }
        }
        assertThat(refused).isBetween(TRIES / 2, TRIES - 1);
    }

    private static byte[] damaged(Random random) {
        byte[] binary = returning(7);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            binary[random.nextInt(binary.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(binary, binary.length - random.nextInt(2) * random.nextInt(5));
    }
}
