package dev.jetway.sandbox;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of platform threads. Safe to share between threads. */
public final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    /** Nanoseconds that the calling thread has run so far; 0 if the platform does not tell. */
    public static long ofThisThread() {
        return THREADS.isCurrentThreadCpuTimeSupported()
                ? Math.max(0, THREADS.getCurrentThreadCpuTime())
                : 0;
    }

    /**
     * Nanoseconds that a thread has run so far; 0 if it has ended or the platform does not tell.
     */
    public static long of(Thread thread) {
        return THREADS.isThreadCpuTimeSupported()
                ? Math.max(0, THREADS.getThreadCpuTime(thread.threadId()))
                : 0;
    }
}
