package dev.jetway.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.resume.ResumableCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/** Makes machines from the generated main class, for instances of one module only. */
final class MachineFactory implements Function<Instance, Machine> {
    private static final MethodType CONSTRUCTOR = MethodType.methodType(void.class, Instance.class);
    private static final MethodType RESUME =
            MethodType.methodType(void.class, long[][].class, Memory.class, Instance.class);
    private static final MethodType FACTORY = MethodType.methodType(Machine.class, Instance.class);

    private final WasmModule wasm;
    private final GuestClassLoader loader;
    private final MethodHandle constructor;

    private MachineFactory(WasmModule wasm, GuestClassLoader loader, MethodHandle constructor) {
        this.wasm = wasm;
        this.loader = loader;
        this.constructor = constructor;
    }

    /**
     * Links the main class; other classes are linked when they are called.
     *
     * @throws LinkageError if the image is not what this JVM and this engine can run
     */
    static MachineFactory link(WasmModule wasm, ModuleImage image) {
        var loader = new GuestClassLoader(MachineFactory.class.getClassLoader(), image.classes());
        try {
            Class<?> main = loader.loadClass(image.mainClass());
            MethodHandle constructor =
                    MethodHandles.publicLookup().findConstructor(main, CONSTRUCTOR).asType(FACTORY);
            return new MachineFactory(wasm, loader, constructor);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the main class is missing", e);
        }
    }

    /** Defines and verifies every class now, so that a bad one does not fail a guest later. */
    static void verify(ModuleImage image) {
        var loader = new GuestClassLoader(MachineFactory.class.getClassLoader(), image.classes());
        for (String name : image.classes().keySet()) {
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException e) {
                throw new LinkageError("a class is missing", e);
            }
        }
    }

    /**
     * Adds the classes that resume a stack.
     *
     * @throws LinkageError if the JVM cannot take them
     */
    MethodHandle add(ResumableCode.Resuming code) {
        loader.add(code.classes());
        try {
            for (String name : code.classes().keySet()) {
                Class.forName(name, true, loader);
            }
            return MethodHandles.publicLookup()
                    .findStatic(loader.loadClass(code.mainClass()), code.method(), RESUME);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a class is missing", e);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Not equals, which would compare all content.
    public Machine apply(Instance instance) {
        if (instance.module() != wasm) {
            throw new IllegalArgumentException("an instance of another module");
        }
        try {
            return (Machine) constructor.invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the machine cannot be made", e);
        }
    }
}
