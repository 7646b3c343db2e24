package dev.jetway.sandbox;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of platform threads. Safe to share between threads. */
final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    /**
     * Nanoseconds that a thread has run so far; 0 if it has ended or the platform does not tell.
     */
    static long of(Thread thread) {
        return THREADS.isThreadCpuTimeSupported()
                ? Math.max(0, THREADS.getThreadCpuTime(thread.threadId()))
                : 0;
    }
}
