package dev.jetway.sandbox.wasi;

import dev.jetway.base.ByteText;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arguments or environment in WASI's layout: pointers, and texts that end with NUL. Encoded when
 * the guest first asks. Used by the run's thread only.
 */
final class TextBlock {
    private final Supplier<List<String>> texts;
    private @Nullable List<byte[]> encoded;

    TextBlock(Supplier<List<String>> texts) {
        this.texts = texts;
    }

    private List<byte[]> encoded() {
        List<byte[]> made = encoded;
        if (made == null) {
            made = new ArrayList<>();
            for (String text : texts.get()) {
                made.add(ByteText.encode(text + '\0'));
            }
            encoded = made;
        }
        return made;
    }

    void writeSizes(GuestMemory memory, int count, int bytes) {
        memory.writeInt(count, encoded().size());
        memory.writeInt(bytes, encoded().stream().mapToInt(t -> t.length).sum());
    }

    void write(GuestMemory memory, int pointers, int bytes) {
        int pointer = pointers;
        int at = bytes;
        for (byte[] text : encoded()) {
            memory.writeInt(pointer, at);
            memory.write(at, text, text.length);
            pointer += Integer.BYTES;
            at += text.length;
        }
    }
}
