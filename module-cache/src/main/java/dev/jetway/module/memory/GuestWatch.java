package dev.jetway.module.memory;

/** Watches a guest whose start is recorded. Used by the guest's thread only. */
public interface GuestWatch {
    /** Bytes of the memory are about to be read; a part may lie outside of the memory. */
    void read(int address, int size);

    /** Bytes of the memory are about to be written; a part may lie outside of the memory. */
    void written(int address, int size);

    /** A recorded function begins: the number of calls below it. */
    int depth();

    /**
     * A function is about to call another one. Its earlier calls have returned, or were left by an
     * exception.
     *
     * @param depth that it began at
     * @param function that calls
     * @param site number of the call in it
     * @param values its variables and the values on its stack
     */
    void enter(int depth, int function, int site, long... values);
}
