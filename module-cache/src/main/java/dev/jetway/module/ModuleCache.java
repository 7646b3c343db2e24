package dev.jetway.module;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jetway.module.ModuleLoad.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Module files to compiled modules: one for each content, in memory and on disk. However many
 * callers ask for the same bytes, they are compiled once. Safe to share between threads.
 */
public final class ModuleCache {
    private static final int KIBIBYTE = 1024;

    private final ModuleCacheSettings settings;
    private final ModuleCompiler compiler;
    private final Cache<String, CompiledModule> modules;

    /** A cache; a folder that cannot be used is done without, after a warning. */
    public ModuleCache(ModuleCacheSettings settings) {
        this.settings = settings;
        this.compiler =
                new ModuleCompiler(
                        settings.directory().flatMap(d -> DiskStore.open(d, EngineVersion.text())),
                        settings.compilations());
        this.modules =
                Caffeine.newBuilder()
                        .maximumWeight(settings.memory().bytes() / KIBIBYTE)
                        .weigher((String key, CompiledModule m) -> weight(m))
                        .build();
    }

    private static int weight(CompiledModule module) {
        return (int) Math.min(Integer.MAX_VALUE, module.size() / KIBIBYTE + 1);
    }

    /**
     * Loads a module, waiting if it must be compiled.
     *
     * @param file a WebAssembly binary, or text; the content tells
     * @throws ModuleException if there is no such module or it does not compile
     */
    public ModuleLoad load(Path file) throws ModuleException {
        long start = System.nanoTime();
        byte[] bytes = ModuleBytes.read(file, settings.moduleSize());
        if (!ModuleBytes.isBinary(bytes)) {
            if (!ModuleBytes.isText(bytes)) {
                throw new ModuleException(
                        bytes.length == 0
                                ? "is empty"
                                : "is not a WebAssembly module: neither binary nor text");
            }
            bytes = TextAssembler.assemble(bytes, assembler());
        }
        ModuleCompiler.Result result = compiled(bytes);
        return new ModuleLoad(
                result.module(), result.origin(), Duration.ofNanos(System.nanoTime() - start));
    }

    private CompiledModule assembler() throws ModuleException {
        return compiled(TextAssembler.program()).module();
    }

    private ModuleCompiler.Result compiled(byte[] binary) throws ModuleException {
        ModuleBytes.requireCoreModule(binary);
        String digest = ModuleBytes.digest(binary);
        var origin = new AtomicReference<>(Origin.MEMORY);
        try {
            CompiledModule module =
                    modules.get(
                            digest,
                            key -> {
                                try {
                                    var result = compiler.compile(binary, key);
                                    origin.set(result.origin());
                                    return result.module();
                                } catch (ModuleException e) {
                                    throw new CompletionException(e);
                                }
                            });
            return new ModuleCompiler.Result(module, origin.get());
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModuleException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
