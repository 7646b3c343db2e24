package dev.jetway.sandbox.memory;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A part of the heap that is held back for the server's own work. The machine gives softly held
 * memory up before any thread gets an {@link OutOfMemoryError}, whoever asked for too much: then
 * the heap is low, and guests get nothing more of it than a little until three times as much is
 * free again. So it is guests that end, those that take most first. One for the process, made by
 * who starts it; safe to share between threads.
 */
public final class HeapReserve implements AutoCloseable {
    /** What logs and metrics call it. */
    public static final String LIMIT = "host-memory";

    /** The part of the heap that is held back. */
    static final double PART = 0.05;

    /** Bytes held back at least and at most. */
    static final long MIN = 4L << 20;

    /** Bytes held back at least and at most. */
    static final long MAX = 32L << 20;

    /** Between two looks whether it can be taken again, milliseconds. */
    private static final long PAUSE = 250;

    /** The reserve is taken again when this many times its size is free. */
    private static final int ROOM = 3;

    /** How often what is held is touched, so that it is given up last, milliseconds. */
    private static final long TOUCH = 1000;

    /** No humongous object of any collector. */
    private static final int PIECE = 64 * 1024;

    private final int pieces;
    private final Thread thread =
            Thread.ofPlatform().name("jetway-heap-reserve").daemon().unstarted(this::keep);
    private final ReferenceQueue<byte[][]> given = new ReferenceQueue<>();

    /**
     * Holds nothing yet, but is given up like the reserve itself: a heap that nobody has looked at
     * is low when the JVM says so, not because its reserve is still to be taken.
     */
    private volatile SoftReference<byte[][]> held = new SoftReference<>(new byte[0][]);

    private volatile boolean whole;

    HeapReserve(long bytes) {
        this.pieces = (int) (bytes / PIECE);
    }

    /** A reserve in the heap of this process, held by a thread of its own until it is closed. */
    public static HeapReserve start() {
        var reserve = new HeapReserve(size(Runtime.getRuntime().maxMemory()));
        reserve.thread.start();
        return reserve;
    }

    /** Ends the thread; what is held is given up when the heap is low, and not taken again. */
    @Override
    public void close() {
        thread.interrupt();
    }

    /** Bytes that are reserved in a heap of this size. */
    static long size(long heap) {
        return Math.clamp((long) (heap * PART), MIN, MAX);
    }

    /**
     * Whether the heap is too low for more than a little: from the moment on that it was given up.
     */
    public boolean isLow() {
        return held.refersTo(null);
    }

    /** Whether all of it is held, which a server that has just started does not wait for. */
    boolean isWhole() {
        return whole && !isLow();
    }

    private void keep() {
        while (true) {
            try {
                look();
            } catch (InterruptedException e) {
                return;
            } catch (OutOfMemoryError e) {
                // It is low still.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE));
            }
        }
    }

    private void look() throws InterruptedException {
        if (isWhole()) {
            // Returns at once if it is given up; the reference keeps the time of the look.
            given.remove(TOUCH);
            held.get();
        } else if (hasRoom()) {
            held = new SoftReference<>(take(), given);
            whole = true;
        } else if (isLow()) {
            // What the guests that ended have left may still look used, and nothing may ask for it.
            Thread.sleep(PAUSE);
            System.gc();
        } else {
            Thread.sleep(PAUSE);
        }
    }

    /** To try and fail would take from others what was given up for them. */
    private boolean hasRoom() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return isRoom(runtime.maxMemory() - used);
    }

    /** Whether the reserve would be taken again with this many bytes free. */
    boolean isRoom(long free) {
        return free >= (long) ROOM * pieces * PIECE;
    }

    private byte[][] take() {
        byte[][] taken = new byte[pieces][];
        for (int i = 0; i < pieces; i++) {
            taken[i] = new byte[PIECE];
        }
        return taken;
    }
}
