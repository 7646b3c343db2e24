package dev.jetway.sandbox.memory;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds back a part of the heap for the server's own work. The JVM clears softly referenced memory
 * before any thread gets an {@link OutOfMemoryError}: then the heap is low, and guests get only a
 * little until three times the reserve is free again. So guests end, those that use most first, and
 * not the server. One for a process, made at its start; safe to share between threads.
 */
public final class HeapReserve implements AutoCloseable {
    /** Name of the limit in logs and metrics. */
    public static final String LIMIT = "host-memory";

    /** Fraction of the heap that is held back. */
    static final double PART = 0.05;

    /** Range of the reserve, in bytes. */
    static final long MIN = 4L << 20;

    /** Range of the reserve, in bytes. */
    static final long MAX = 32L << 20;

    /** Time between two attempts to take the reserve again, in milliseconds. */
    private static final long PAUSE = 250;

    /** The reserve is taken again when this many times its size is free. */
    private static final int ROOM = 3;

    /**
     * Time between two uses of the reference, which keep it among the last to be cleared, in
     * milliseconds.
     */
    private static final long TOUCH = 1000;

    /** Size of a piece in bytes: no humongous object of any collector. */
    private static final int PIECE = 64 * 1024;

    private final int pieces;
    private final Thread thread =
            Thread.ofPlatform().name("jetway-heap-reserve").daemon().unstarted(this::keep);
    private final ReferenceQueue<byte[][]> given = new ReferenceQueue<>();

    /**
     * Empty at first, but cleared like the reserve itself: before the reserve is taken, the heap is
     * low only when the JVM says so.
     */
    private volatile SoftReference<byte[][]> held = nothing();

    private volatile boolean whole;

    HeapReserve(long bytes) {
        this.pieces = (int) (bytes / PIECE);
    }

    /**
     * Starts a reserve in the heap of this process, held by a thread of its own until it is closed.
     */
    public static HeapReserve start() {
        var reserve = new HeapReserve(size(Runtime.getRuntime().maxMemory()));
        reserve.thread.start();
        return reserve;
    }

    /** Ends the thread, which gives the reserve back and does not take it again. */
    @Override
    public void close() {
        thread.interrupt();
    }

    /** Size of the reserve in a heap of this size, in bytes. */
    static long size(long heap) {
        return Math.clamp((long) (heap * PART), MIN, MAX);
    }

    /**
     * Whether the heap has only a little left for guests: from the moment on that the reserve was
     * cleared, until there is room for it. The JVM may also clear it for having been idle while old
     * garbage fills the heap; there is room then.
     */
    public boolean isLow() {
        return isCleared() && !hasRoom();
    }

    /** Whether all of the reserve is held. A server that starts does not wait for that. */
    boolean isWhole() {
        return whole && !isCleared();
    }

    private boolean isCleared() {
        return held.refersTo(null);
    }

    private void keep() {
        while (true) {
            try {
                look();
            } catch (InterruptedException e) {
                // Collectors leave what is softly referenced until the heap is full.
                held = nothing();
                whole = false;
                return;
            } catch (OutOfMemoryError e) {
                // The heap is still low.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE));
            }
        }
    }

    private void look() throws InterruptedException {
        if (isWhole()) {
            // Returns at once when the reserve is cleared; get() notes the time of use.
            given.remove(TOUCH);
            held.get();
        } else if (hasRoom()) {
            held = new SoftReference<>(take(), given);
            whole = true;
        } else if (isCleared()) {
            // Garbage of guests that ended may still look used, and nothing else may trigger a
            // collection.
            Thread.sleep(PAUSE);
            System.gc();
        } else {
            Thread.sleep(PAUSE);
        }
    }

    /** Asks before it allocates: a failed attempt would take memory from others. */
    private boolean hasRoom() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return isRoom(runtime.maxMemory() - used);
    }

    /** Whether the reserve would be taken again with this many bytes free. */
    boolean isRoom(long free) {
        return free >= (long) ROOM * pieces * PIECE;
    }

    private static SoftReference<byte[][]> nothing() {
        return new SoftReference<>(new byte[0][]);
    }

    private byte[][] take() {
        byte[][] taken = new byte[pieces][];
        for (int i = 0; i < pieces; i++) {
            taken[i] = new byte[PIECE];
        }
        return taken;
    }
}
