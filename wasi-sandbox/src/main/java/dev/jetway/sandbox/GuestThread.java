package dev.jetway.sandbox;

/** The thread of a guest, in a server and on a terminal: its stack is the guest's. */
public final class GuestThread {
    /**
     * Stack size in bytes: interpreters and parsers recurse deeply. A main thread has an eighth of
     * it. Only touched pages cost memory.
     */
    public static final long STACK = 8L << 20;

    private GuestThread() {}

    /** A builder of such threads, which do not keep the process alive. */
    public static Thread.Builder.OfPlatform builder() {
        return Thread.ofPlatform().name("jetway-guest").daemon().stackSize(STACK);
    }
}
