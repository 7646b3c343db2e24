package dev.jetway.sandbox.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The umask of this process (umask(2)): the permissions that no new file gets. */
public final class Umask {
    private static final Optional<MethodHandle> UMASK = find();

    private Umask() {}

    /**
     * Sets the umask for the whole process.
     *
     * @param bits 0 to 0777
     * @return the one before; the new one on systems without it
     */
    public static int set(int bits) {
        if (UMASK.isEmpty()) {
            return bits;
        }
        try {
            return (int) UMASK.get().invokeExact(bits);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library", e);
        }
    }

    // Native access as for volumes: docs/decisions/0009.
    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> find() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("umask")
                .map(function ->
                        linker.downcallHandle(function, FunctionDescriptor.of(JAVA_INT, JAVA_INT)));
    }
}
