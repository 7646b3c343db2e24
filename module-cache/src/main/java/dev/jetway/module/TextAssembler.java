package dev.jetway.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.wasi.WasiExitException;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.ChicoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * WebAssembly text to binary. The assembler is wabt's wat2wasm, itself a WASI program: it gets the
 * text on its standard input and nothing else.
 */
final class TextAssembler {
    /** Bytes of text that are assembled: text is for examples and tests. */
    static final int MAX_TEXT = 1 << 20;

    private static final String RESOURCE = "/wat2wasm";

    private TextAssembler() {}

    /** The assembler's own binary. */
    static byte[] program() {
        try (InputStream in = TextAssembler.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("wat2wasm is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("wat2wasm cannot be read", e);
        }
    }

    /**
     * The binary.
     *
     * @throws ModuleException with line and column of the first error
     */
    static byte[] assemble(byte[] text, CompiledModule assembler) throws ModuleException {
        if (text.length > MAX_TEXT) {
            throw new ModuleException(
                    "is WebAssembly text of more than " + MAX_TEXT + " bytes: assemble it first");
        }
        var binary = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var options =
                WasiOptions.builder()
                        .withArguments(List.of("wat2wasm", "-", "--output=-"))
                        .withStdin(new ByteArrayInputStream(text), false)
                        .withStdout(binary, false)
                        .withStderr(errors, false)
                        .build();
        try (var wasi = WasiPreview1.builder().withOptions(options).build()) {
            var store = new Store().addFunction(wasi.toHostFunctions());
            Instance.builder(assembler.wasm())
                    .withMachineFactory(assembler.machineFactory())
                    .withImportValues(store.toImportValues())
                    .build();
        } catch (WasiExitException e) {
            if (e.exitCode() != 0) {
                throw new ModuleException("line " + firstError(errors));
            }
        } catch (ChicoryException e) {
            throw new ModuleException("the text cannot be assembled: " + e.getMessage());
        }
        return binary.toByteArray();
    }

    /** {@code -:3:5: error: …} becomes {@code 3:5: error: …}. */
    private static String firstError(ByteArrayOutputStream errors) {
        String all = errors.toString(StandardCharsets.UTF_8).strip();
        String first = all.lines().findFirst().orElse("0: error: unknown");
        return first.startsWith("-:") ? first.substring(2) : first;
    }
}
