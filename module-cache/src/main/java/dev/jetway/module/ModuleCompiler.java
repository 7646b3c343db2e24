package dev.jetway.module;

import com.dylibso.chicory.compiler.Cache;
import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.ModuleLoad.Origin;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binary to code, by the disk store if it can, else by the compiler, a few at once. */
final class ModuleCompiler {
    private final Optional<DiskStore> store;
    private final Semaphore compilations;

    ModuleCompiler(Optional<DiskStore> store, int atOnce) {
        this.store = store;
        this.compilations = new Semaphore(atOnce, true);
    }

    /** What a compilation came to. */
    record Result(CompiledModule module, Origin origin) {}

    Result compile(byte[] binary, String digest) throws ModuleException {
        compilations.acquireUninterruptibly();
        try {
            WasmModule wasm = parse(binary);
            var code = new StoredCode(store, digest);
            Function<Instance, Machine> factory =
                    MachineFactoryCompiler.builder(wasm)
                            .withInterpreterFallback(InterpreterFallback.SILENT)
                            .withCache(code)
                            .compile();
            var module = new CompiledModule(digest, wasm, factory, binary.length + code.size);
            return new Result(module, code.found ? Origin.DISK : Origin.COMPILED);
        } catch (ChicoryException e) {
            throw new ModuleException("does not compile: " + oneLine(e));
        } finally {
            compilations.release();
        }
    }

    private static WasmModule parse(byte[] binary) throws ModuleException {
        try {
            return Parser.builder().build().parse(() -> new ByteArrayInputStream(binary));
        } catch (ChicoryException | IndexOutOfBoundsException e) {
            throw new ModuleException("is not a valid WebAssembly module: " + oneLine(e));
        }
    }

    private static String oneLine(RuntimeException e) {
        String message = e.getMessage() == null ? "unexpected end" : e.getMessage();
        return message.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** The engine's hook for compiled code, keyed by our digest instead of its own. */
    private static final class StoredCode implements Cache {
        private final Optional<DiskStore> store;
        private final String digest;
        private boolean found;
        private long size;

        StoredCode(Optional<DiskStore> store, String digest) {
            this.store = store;
            this.digest = digest;
        }

        @Override
        public byte @Nullable [] get(String key) {
            byte[] code = store.flatMap(s -> s.get(digest)).orElse(null);
            found = code != null;
            size = code == null ? 0 : code.length;
            return code;
        }

        @Override
        public void putIfAbsent(String key, byte[] code) {
            size = code.length;
            store.ifPresent(s -> s.put(digest, code));
        }
    }
}
