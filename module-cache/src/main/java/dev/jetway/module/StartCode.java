package dev.jetway.module;

import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.resume.ResumableCode;
import dev.jetway.module.resume.UnresumableException;
import java.util.List;
import java.util.Map;

/**
 * Variants of a module to record how a guest starts, and code to go on from there. Used by one
 * thread.
 */
public final class StartCode {
    private final ModuleImage image;
    private final ResumableCode code;

    StartCode(WasmModule wasm, ModuleImage image) {
        this.image = image;
        this.code =
                new ResumableCode(
                        wasm,
                        image.classes(),
                        ModuleCompiler.FUNCTIONS_PER_CLASS,
                        image.interpreted().isEmpty());
    }

    /** The module, its loads and stores watched. */
    public CompiledModule watched(String digest) {
        return linked(digest, code.watched());
    }

    /**
     * The module, watched, where the functions of a stack record it.
     *
     * @param stack the functions, the entry point first and a host function last
     * @throws UnresumableException if one of them cannot
     */
    public CompiledModule recording(String digest, List<Integer> stack) {
        return linked(digest, code.recording(stack));
    }

    private CompiledModule linked(String digest, Map<String, byte[]> classes) {
        return CompiledModule.link(
                digest,
                new ModuleImage(
                        image.wasm(),
                        image.interpreter(),
                        image.interpreted(),
                        image.mainClass(),
                        classes));
    }

    /** The classes that resume a stack; see {@link CompiledModule#resumption}. */
    ResumableCode.Resuming resuming(List<Integer> stack, List<Integer> sites, String name) {
        return code.resuming(stack, sites, name);
    }
}
