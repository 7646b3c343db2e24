package dev.jetway.module;

import dev.jetway.base.ByteSize;
import dev.jetway.module.binary.BinaryException;
import dev.jetway.module.binary.EngineForm;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.module.source.TextForm;
import java.util.Optional;

/** Looks whether a module can be read and is well-formed, without compiling it. */
public final class ModuleCheck {
    private ModuleCheck() {}

    /**
     * The reason why a module cannot be used; empty if none is found. Text is not assembled.
     *
     * @param limit bytes of a module
     */
    public static Optional<String> fault(ModuleReference module, ByteSize limit)
            throws InterruptedException {
        try {
            ModuleBytes content = module.fetch(limit);
            byte[] bytes = content.bytes();
            if (!content.isBinary()) {
                return TextForm.matches(bytes)
                        ? Optional.empty()
                        : Optional.of("is not a WebAssembly module: neither binary nor text");
            }
            ModuleBytes.requireCoreModule(bytes);
            var _ = EngineForm.of(bytes);
            return Optional.empty();
        } catch (ModuleException | BinaryException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return Optional.of("is too large for the memory of this command");
        }
    }
}
