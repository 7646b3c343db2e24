package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.memory.LinearMemory;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * One file of the specification's test suite: its modules are compiled and run as the server
 * compiles and runs them, and each assertion is looked at.
 */
@NullMarked
final class SuiteScript {
    private final ModuleCache modules;
    private final Path folder;
    private final Store store = SuiteHost.store();
    private final Map<String, Instance> named = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable Instance last;
    private int passed;
    private int refused;

    SuiteScript(ModuleCache modules, Path folder) {
        this.modules = modules;
        this.folder = folder;
    }

    /**
     * What became of the assertions of a file.
     *
     * @param refused assertions about modules that are refused because they are beyond us
     * @param failures one line each
     */
    record Result(int passed, int refused, List<String> failures) {}

    Result run(Path json) throws IOException {
        Map<?, ?> script = SuiteJson.parse(Files.readString(json));
        for (Object command : (List<?>) member(script, "commands")) {
            step((Map<?, ?>) command);
        }
        return new Result(passed, refused, failures);
    }

    private void step(Map<?, ?> command) {
        String kind = String.valueOf(command.get("type"));
        try {
            switch (kind) {
                case "module" -> define(command);
                case "register" ->
                        store.register(
                                String.valueOf(command.get("as")), instance(command.get("name")));
                case "action" -> perform(command);
                case "assert_return" -> expectReturn(command);
                case "assert_trap", "assert_exhaustion" -> expectTrap(command);
                case "assert_exception" -> expectException(command);
                case "assert_malformed", "assert_invalid" -> expectInvalid(command);
                case "assert_unlinkable", "assert_uninstantiable" -> expectNoInstance(command);
                default -> fail(command, "unknown command " + kind);
            }
        } catch (RefusedException e) {
            refused++;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            fail(command, e.toString());
        }
    }

    private void define(Map<?, ?> command) {
        last = null;
        Object name = command.get("name");
        if (name != null) {
            named.remove(String.valueOf(name));
        }
        Instance made = instantiate(supported(command));
        last = made;
        if (name != null) {
            named.put(String.valueOf(name), made);
        }
    }

    private CompiledModule supported(Map<?, ?> command) {
        try {
            return load(command);
        } catch (ModuleException e) {
            if (e.reason() == ModuleException.Reason.UNSUPPORTED) {
                throw new RefusedException();
            }
            throw new IllegalStateException(e.getMessage());
        }
    }

    private CompiledModule load(Map<?, ?> command) throws ModuleException {
        return modules.load(
                        new FileReference(folder.resolve(String.valueOf(command.get("filename")))))
                .module();
    }

    private Instance instantiate(CompiledModule module) {
        return Instance.builder(module.wasm())
                .withImportValues(store.toImportValues())
                .withMachineFactory(module.machineFactory())
                .withMemoryFactory(LinearMemory::new)
                .withStart(false)
                .build();
    }

    private void expectReturn(Map<?, ?> command) {
        long[] results = perform(command);
        List<SuiteValue> expected = SuiteValue.all(member(command, "expected"));
        boolean same = results == null ? expected.isEmpty() : matches(expected, results);
        if (same) {
            passed++;
        } else {
            fail(command, "returned " + hex(results) + ", expected " + expected);
        }
    }

    private static boolean matches(List<SuiteValue> expected, long[] results) {
        boolean same = expected.size() == results.length;
        for (int i = 0; same && i < results.length; i++) {
            same = expected.get(i).matches(results[i]);
        }
        return same;
    }

    private static Object member(Map<?, ?> object, String name) {
        Object member = object.get(name);
        if (member == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return member;
    }

    private static String hex(long @Nullable [] results) {
        var out = new ArrayList<String>();
        for (long result : results == null ? new long[0] : results) {
            out.add(Long.toHexString(result));
        }
        return out.toString();
    }

    private void expectTrap(Map<?, ?> command) {
        try {
            perform(command);
            fail(command, "no trap");
        } catch (ChicoryException | StackOverflowError | IndexOutOfBoundsException e) {
            passed++;
        }
    }

    private void expectException(Map<?, ?> command) {
        try {
            perform(command);
            fail(command, "no exception");
        } catch (WasmException e) {
            passed++;
        }
    }

    private void expectInvalid(Map<?, ?> command) {
        if ("text".equals(command.get("module_type"))) {
            return;
        }
        try {
            CompiledModule module = load(command);
            instantiate(module);
            fail(command, "accepted");
        } catch (ModuleException e) {
            passed++;
        } catch (ChicoryException e) {
            fail(command, "accepted by the load, refused by the instance: " + e.getMessage());
        }
    }

    private void expectNoInstance(Map<?, ?> command) {
        try {
            instantiate(supported(command));
            fail(command, "instantiated");
        } catch (ChicoryException e) {
            passed++;
        }
    }

    private long @Nullable [] perform(Map<?, ?> command) {
        Map<?, ?> action = (Map<?, ?>) member(command, "action");
        Instance instance = instance(action.get("module"));
        String field = String.valueOf(action.get("field"));
        if ("get".equals(action.get("type"))) {
            return new long[] {instance.exports().global(field).getValue()};
        }
        long[] arguments =
                SuiteValue.all(member(action, "args")).stream()
                        .mapToLong(SuiteValue::bits)
                        .toArray();
        return instance.export(field).apply(arguments);
    }

    private Instance instance(@Nullable Object name) {
        Instance found = name == null ? last : named.get(String.valueOf(name));
        if (found == null) {
            throw new RefusedException();
        }
        return found;
    }

    private void fail(Map<?, ?> command, String why) {
        failures.add("line " + command.get("line") + ": " + why);
    }

    /** The module that an assertion is about is not there. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
