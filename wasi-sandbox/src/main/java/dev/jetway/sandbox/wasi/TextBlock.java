package dev.jetway.sandbox.wasi;

import dev.jetway.base.ByteText;
import dev.jetway.sandbox.host.GuestMemory;
import dev.jetway.sandbox.host.HostContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Arguments or environment in WASI's layout: pointers, and texts that end with NUL. Encoded when
 * the guest first asks. Used by the run's thread only.
 */
final class TextBlock {
    private final Consumer<Texts> source;
    private @Nullable Encoded encoded;

    private TextBlock(Consumer<Texts> source) {
        this.source = source;
    }

    /** The arguments of a run. */
    static TextBlock arguments(HostContext guest) {
        return new TextBlock(texts -> guest.arguments().forEach(texts::add));
    }

    /** The environment of a run, each variable as {@code NAME=VALUE}. */
    static TextBlock environment(HostContext guest) {
        return new TextBlock(texts -> guest.environment().forEach(texts::add));
    }

    private Encoded encoded() {
        Encoded made = encoded;
        if (made == null) {
            var texts = new Texts();
            source.accept(texts);
            made = texts.encoded();
            encoded = made;
        }
        return made;
    }

    void writeSizes(GuestMemory memory, int count, int bytes) {
        memory.writeInt(count, encoded().starts.length);
        memory.writeInt(bytes, encoded().bytes.length);
    }

    void write(GuestMemory memory, int pointers, int bytes) {
        int[] starts = encoded().starts;
        ByteBuffer list =
                ByteBuffer.allocate(starts.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int start : starts) {
            list.putInt(bytes + start);
        }
        memory.write(pointers, list.array(), list.capacity());
        memory.write(bytes, encoded().bytes, encoded().bytes.length);
    }

    /** Texts one after the other. */
    private static final class Encoded {
        private final byte[] bytes;
        private final int[] starts;

        Encoded(byte[] bytes, int[] starts) {
            this.bytes = bytes;
            this.starts = starts;
        }
    }

    /** Collects texts: all of them are encoded at once, as most are ASCII and short. */
    private static final class Texts {
        private final StringBuilder all = new StringBuilder(1 << 10);
        private int[] starts = new int[1 << 6];
        private int count;

        void add(String text) {
            begin();
            all.append(text).append('\0');
        }

        void add(String name, String value) {
            begin();
            all.append(name).append('=').append(value).append('\0');
        }

        private void begin() {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = all.length();
        }

        Encoded encoded() {
            String text = all.toString();
            byte[] bytes = ByteText.encode(text);
            int[] own = Arrays.copyOf(starts, count);
            if (bytes.length != text.length()) {
                int at = 0;
                for (int i = 0; i < count; i++) {
                    int end = i + 1 < count ? starts[i + 1] : text.length();
                    own[i] = at;
                    at += ByteText.encode(text.substring(starts[i], end)).length;
                }
            }
            return new Encoded(bytes, own);
        }
    }
}
