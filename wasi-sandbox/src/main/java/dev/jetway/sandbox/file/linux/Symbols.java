package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that volumes need, looked up once. Each takes the segment for
 * {@code errno} first. Loading this class fails if one of them is missing.
 */
final class Symbols {
    private static final Linker LINKER = Linker.nativeLinker();

    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    // The mode is a variadic argument of open and openat, the value one of fcntl.
    static final MethodHandle OPEN = variadic("open", 2, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle OPENAT = variadic("openat", 3, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle FCNTL = variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT);

    static final MethodHandle CLOSE = toInt("close", JAVA_INT);
    // musl has it since 1.2.5.
    static final MethodHandle STATX =
            LINKER.defaultLookup().find("statx").isPresent()
                    ? toInt("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)
                    : statxCall();
    static final MethodHandle MKDIRAT = toInt("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle UNLINKAT = toInt("unlinkat", JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle SYMLINKAT = toInt("symlinkat", ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle RENAMEAT = toInt("renameat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle LINKAT =
            toInt("linkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle UTIMENSAT = toInt("utimensat", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    static final MethodHandle FUTIMENS = toInt("futimens", JAVA_INT, ADDRESS);
    static final MethodHandle FTRUNCATE = toInt("ftruncate", JAVA_INT, JAVA_LONG);
    static final MethodHandle FALLOCATE =
            toInt("fallocate", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle FSYNC = toInt("fsync", JAVA_INT);
    static final MethodHandle FDATASYNC = toInt("fdatasync", JAVA_INT);

    static final MethodHandle READLINKAT =
            toLong("readlinkat", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle READ = toLong("read", JAVA_INT, ADDRESS, JAVA_LONG);
    static final MethodHandle WRITE = toLong("write", JAVA_INT, ADDRESS, JAVA_LONG);
    static final MethodHandle PREAD = toLong("pread", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    static final MethodHandle PWRITE = toLong("pwrite", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    static final MethodHandle LSEEK = toLong("lseek", JAVA_INT, JAVA_LONG, JAVA_INT);
    // glibc has the first name, musl the second; the number fits an int.
    static final MethodHandle GETDENTS =
            link(
                    either("getdents64", "getdents"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));

    /** The number of openat2 (asm-generic/unistd.h), on every architecture. */
    static final long OPENAT2 = 437;

    private Symbols() {}

    /** A system call that the C library lacks: openat2(2). */
    static MethodHandle openat2Call() {
        MethodHandle call =
                link(
                        find("syscall"),
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
                        Linker.Option.firstVariadicArg(1));
        return MethodHandles.insertArguments(call, 1, OPENAT2);
    }

    /** The system call without a function of its own (syscall(2)): all arguments are longs. */
    static MethodHandle statxCall() {
        MethodHandle call =
                link(
                        find("syscall"),
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG,
                                ADDRESS),
                        Linker.Option.firstVariadicArg(1));
        long number = statxNumber(System.getProperty("os.arch", ""));
        return MethodHandles.explicitCastArguments(
                MethodHandles.insertArguments(call, 1, number),
                MethodType.methodType(
                        int.class,
                        MemorySegment.class,
                        int.class,
                        MemorySegment.class,
                        int.class,
                        int.class,
                        MemorySegment.class));
    }

    /** The number of statx (asm/unistd.h) on an architecture as Java names it. */
    static int statxNumber(String architecture) {
        return architecture.equals("aarch64") ? 291 : 332;
    }

    private static MethodHandle toInt(String name, MemoryLayout... arguments) {
        return link(find(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle toLong(String name, MemoryLayout... arguments) {
        return link(find(name), FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private static MethodHandle variadic(String name, int first, MemoryLayout... arguments) {
        return link(
                find(name),
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.firstVariadicArg(first));
    }

    private static MemorySegment find(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    }

    private static MemorySegment either(String name, String other) {
        return LINKER.defaultLookup().find(name).orElseGet(() -> find(other));
    }

    // Native access is the purpose of this class: docs/decisions/0009.
    @SuppressWarnings("restricted")
    private static MethodHandle link(
            MemorySegment symbol, FunctionDescriptor type, Linker.Option... options) {
        var all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(symbol, type, all);
    }
}
