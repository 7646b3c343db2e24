package dev.jetway.module;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The result of a compilation and the content of an entry on disk: the stripped module, its classes
 * and the list of functions without a class. Immutable, provided that nobody writes to its arrays.
 */
final class ModuleImage {
    private final byte[] wasm;
    private final boolean interpreter;
    private final List<String> interpreted;
    private final String mainClass;
    private final Map<String, byte[]> classes;

    /**
     * An image.
     *
     * @param interpreter whether the module is an interpreter ({@link
     *     dev.jetway.module.source.InterpreterMarks})
     */
    ModuleImage(
            byte[] wasm,
            boolean interpreter,
            List<String> interpreted,
            String mainClass,
            Map<String, byte[]> classes) {
        this.wasm = wasm;
        this.interpreter = interpreter;
        this.interpreted = List.copyOf(interpreted);
        this.mainClass = mainClass;
        this.classes = Map.copyOf(classes);
    }

    byte[] wasm() {
        return wasm;
    }

    boolean interpreter() {
        return interpreter;
    }

    List<String> interpreted() {
        return interpreted;
    }

    String mainClass() {
        return mainClass;
    }

    Map<String, byte[]> classes() {
        return classes;
    }

    /** Encodes the image; equal images give equal bytes. */
    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        var fast = new Deflater(Deflater.BEST_SPEED);
        try (var out = new DataOutputStream(new DeflaterOutputStream(bytes, fast))) {
            write(out, wasm);
            out.writeBoolean(interpreter);
            out.writeInt(interpreted.size());
            for (String function : interpreted) {
                out.writeUTF(function);
            }
            out.writeUTF(mainClass);
            out.writeInt(classes.size());
            for (var e : new TreeMap<>(classes).entrySet()) {
                out.writeUTF(e.getKey());
                write(out, e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IOException if it is something else
     */
    static ModuleImage decode(byte[] bytes) throws IOException {
        try (var in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            byte[] wasm = read(in);
            boolean interpreter = in.readBoolean();
            var interpreted = new ArrayList<String>();
            for (int i = in.readInt(); i > 0; i--) {
                interpreted.add(in.readUTF());
            }
            String mainClass = in.readUTF();
            var classes = new LinkedHashMap<String, byte[]>();
            for (int i = in.readInt(); i > 0; i--) {
                classes.put(in.readUTF(), read(in));
            }
            return new ModuleImage(wasm, interpreter, interpreted, mainClass, classes);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("ends early");
        }
        return bytes;
    }
}
