package dev.jetway.module;

import dev.jetway.base.ByteSize;
import dev.jetway.module.store.DiskStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;

/** A process that writes entries until it is killed, and reports each that is written. */
final class StoreWriter {
    private static final int CONTENT_BYTES = 200_000;

    private StoreWriter() {}

    static DiskStore open(Path folder) {
        return DiskStore.open(folder, ByteSize.ofMebibytes(512), "v1", InstantSource.system())
                .orElseThrow();
    }

    /** Content that differs for every key, so that content under a wrong key is noticed. */
    static byte[] content(int key) {
        byte[] content = new byte[CONTENT_BYTES];
        Arrays.fill(content, (byte) key);
        content[0] = (byte) (key >> 8);
        return content;
    }

    /** Arguments: the folder, the first key. */
    public static void main(String[] arguments) {
        DiskStore store = open(Path.of(arguments[0]));
        for (int key = Integer.parseInt(arguments[1]); ; key++) {
            store.put(Integer.toString(key), content(key));
            System.out.write('.');
            System.out.flush();
        }
    }
}
