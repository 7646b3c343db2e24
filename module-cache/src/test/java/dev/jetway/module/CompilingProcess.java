package dev.jetway.module;

import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A process that compiles one module after another until it is killed, and reports each. */
final class CompilingProcess {
    private static final int NUMBERS = 64;

    private CompilingProcess() {}

    static ModuleCache cache(Path folder) {
        return new ModuleCache(ModuleCacheSettings.in(Optional.of(folder.resolve("cache")), 1));
    }

    /** The result of function {@code f} of a module. */
    static long result(int module) {
        return module % NUMBERS;
    }

    /** One of many different modules; a custom section makes sure that they differ. */
    static byte[] module(int number) {
        byte[] code = Fixtures.returning(number % NUMBERS);
        byte[] name = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        byte[] module = new byte[code.length + 3 + name.length];
        System.arraycopy(code, 0, module, 0, code.length);
        module[code.length + 1] = (byte) (name.length + 1);
        module[code.length + 2] = (byte) name.length;
        System.arraycopy(name, 0, module, code.length + 3, name.length);
        return module;
    }

    /** Arguments: the folder, the first module, a name for files of its own. */
    public static void main(String[] arguments) throws IOException, ModuleException {
        Path folder = Path.of(arguments[0]);
        ModuleCache cache = cache(folder);
        Path file = folder.resolve(arguments[2]);
        for (int number = Integer.parseInt(arguments[1]); ; number++) {
            Files.write(file, module(number));
            if (Fixtures.call(cache.load(new FileReference(file))) != result(number)) {
                System.exit(1);
            }
            System.out.write('.');
            System.out.flush();
        }
    }
}
