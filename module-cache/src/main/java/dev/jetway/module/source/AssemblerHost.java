package dev.jetway.module.source;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The part of WASI that the assembler needs: arguments, three streams and exit. There are no files,
 * no environment and no clocks. Used by one thread.
 */
final class AssemblerHost {
    private static final String WASI = "wasi_snapshot_preview1";
    private static final int SUCCESS = 0;
    private static final int BADF = 8;
    private static final int IO = 29;
    private static final int SPIPE = 70;
    private static final int FDSTAT_SIZE = 24;
    private static final int RIGHTS = 8;
    private static final int VECTOR = 8;

    /** Maximum number of bytes moved at once. */
    private static final int STEP = 64 * 1024;

    private final List<byte[]> arguments;
    private final InputStream stdin;
    private final List<OutputStream> outputs;

    AssemblerHost(
            List<String> arguments, InputStream stdin, OutputStream stdout, OutputStream stderr) {
        this.arguments =
                arguments.stream().map(a -> (a + '\0').getBytes(StandardCharsets.UTF_8)).toList();
        this.stdin = stdin;
        this.outputs = List.of(stdout, stderr);
    }

    /** The assembler called {@code proc_exit}. */
    static final class Exit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        Exit(int code) {
            super("exit", null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    @FunctionalInterface
    private interface Body {
        int run(Memory memory, long... arguments);
    }

    ImportValues imports() {
        return ImportValues.builder()
                .withFunctions(
                        List.of(
                                function("args_sizes_get", "ii", this::argumentSizes),
                                function("args_get", "ii", this::arguments),
                                function("environ_sizes_get", "ii", AssemblerHost::noEnvironment),
                                function("environ_get", "ii", (memory, a) -> SUCCESS),
                                function("fd_read", "iiii", this::read),
                                function("fd_write", "iiii", this::write),
                                function("fd_fdstat_get", "ii", AssemblerHost::status),
                                function("fd_fdstat_set_flags", "ii", (memory, a) -> SUCCESS),
                                function("fd_close", "i", (memory, a) -> SUCCESS),
                                function("fd_seek", "iIii", (memory, a) -> SPIPE),
                                function("fd_prestat_get", "ii", (memory, a) -> BADF),
                                function("fd_prestat_dir_name", "iii", (memory, a) -> BADF),
                                function("path_filestat_get", "iiiii", (memory, a) -> BADF),
                                function("path_open", "iiiiiIIii", (memory, a) -> BADF),
                                exit()))
                .build();
    }

    private static ImportFunction function(String name, String parameters, Body body) {
        List<ValType> types =
                parameters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
        return new HostFunction(
                WASI,
                name,
                FunctionType.of(types, List.of(ValType.I32)),
                (instance, a) -> new long[] {body.run(instance.memory(), a)});
    }

    private static ImportFunction exit() {
        return new HostFunction(
                WASI,
                "proc_exit",
                FunctionType.of(List.of(ValType.I32), List.of()),
                (instance, a) -> {
                    throw new Exit((int) a[0]);
                });
    }

    private int argumentSizes(Memory memory, long... a) {
        memory.writeI32((int) a[0], arguments.size());
        memory.writeI32((int) a[1], arguments.stream().mapToInt(t -> t.length).sum());
        return SUCCESS;
    }

    private int arguments(Memory memory, long... a) {
        int pointer = (int) a[0];
        int at = (int) a[1];
        for (byte[] argument : arguments) {
            memory.writeI32(pointer, at);
            memory.write(at, argument);
            pointer += Integer.BYTES;
            at += argument.length;
        }
        return SUCCESS;
    }

    private static int noEnvironment(Memory memory, long... a) {
        memory.writeI32((int) a[0], 0);
        memory.writeI32((int) a[1], 0);
        return SUCCESS;
    }

    /** A stream of unknown type with all rights. */
    private static int status(Memory memory, long... a) {
        if (a[0] > 2) {
            return BADF;
        }
        memory.write((int) a[1], new byte[FDSTAT_SIZE]);
        memory.writeLong((int) a[1] + RIGHTS, -1L);
        return SUCCESS;
    }

    private int read(Memory memory, long... a) {
        if (a[0] != 0) {
            return BADF;
        }
        int done = 0;
        for (int i = 0; i < a[2] && done == 0; i++) {
            int at = memory.readInt((int) a[1] + i * VECTOR);
            int room = memory.readInt((int) a[1] + i * VECTOR + Integer.BYTES);
            try {
                byte[] bytes = stdin.readNBytes(Math.clamp(room, 0, STEP));
                memory.write(at, bytes);
                done = bytes.length;
            } catch (IOException e) {
                return IO;
            }
        }
        memory.writeI32((int) a[3], done);
        return SUCCESS;
    }

    private int write(Memory memory, long... a) {
        if (a[0] != 1 && a[0] != 2) {
            return BADF;
        }
        int done = 0;
        for (int i = 0; i < a[2]; i++) {
            int at = memory.readInt((int) a[1] + i * VECTOR);
            int length = memory.readInt((int) a[1] + i * VECTOR + Integer.BYTES);
            int step = Math.clamp(length, 0, STEP);
            try {
                outputs.get((int) a[0] - 1).write(memory.readBytes(at, step));
            } catch (IOException e) {
                return IO;
            }
            done += step;
            if (step < length) {
                break;
            }
        }
        memory.writeI32((int) a[3], done);
        return SUCCESS;
    }
}
