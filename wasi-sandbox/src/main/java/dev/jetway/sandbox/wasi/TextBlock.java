package dev.jetway.sandbox.wasi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Arguments or environment as WASI lays them out: pointers, and texts that end with NUL. */
final class TextBlock {
    private final List<byte[]> texts;

    TextBlock(List<String> texts) {
        this.texts = texts.stream().map(t -> (t + '\0').getBytes(StandardCharsets.UTF_8)).toList();
    }

    void writeSizes(GuestMemory memory, int count, int bytes) {
        memory.writeInt(count, texts.size());
        memory.writeInt(bytes, texts.stream().mapToInt(t -> t.length).sum());
    }

    void write(GuestMemory memory, int pointers, int bytes) {
        int pointer = pointers;
        int at = bytes;
        for (byte[] text : texts) {
            memory.writeInt(pointer, at);
            memory.write(at, text, text.length);
            pointer += Integer.BYTES;
            at += text.length;
        }
    }
}
