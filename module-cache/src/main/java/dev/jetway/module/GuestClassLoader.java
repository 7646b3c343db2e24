package dev.jetway.module;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads the classes of one module. A class is defined when it is first used, so that a module from
 * disk costs its functions only when they are called. All of it can be collected when the module is
 * no longer used.
 */
final class GuestClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> waiting;

    /**
     * A loader.
     *
     * @param engine the loader of the engine's own classes
     */
    GuestClassLoader(ClassLoader engine, Map<String, byte[]> classes) {
        super("guest", engine);
        this.waiting = new ConcurrentHashMap<>(classes);
    }

    /** Adds classes, of names that the module does not use. */
    void add(Map<String, byte[]> classes) {
        waiting.putAll(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = waiting.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
