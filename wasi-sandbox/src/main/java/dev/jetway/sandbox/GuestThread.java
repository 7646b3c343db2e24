package dev.jetway.sandbox;

/** The thread that a guest runs on, in a server as on a terminal: its stack is the guest's. */
public final class GuestThread {
    /**
     * Bytes of stack: interpreters and parsers recurse deeply. A main thread has an eighth of it.
     * Only touched pages cost memory.
     */
    public static final long STACK = 8L << 20;

    private GuestThread() {}

    /** Makes such threads, which do not keep the process alive. */
    public static Thread.Builder.OfPlatform builder() {
        return Thread.ofPlatform().name("jetway-guest").daemon().stackSize(STACK);
    }
}
