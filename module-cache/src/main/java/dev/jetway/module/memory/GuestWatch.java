package dev.jetway.module.memory;

/** Watches a guest whose start is recorded. Used by the guest's thread only. */
public interface GuestWatch {
    /** Bytes of the memory are about to be read; a part may lie outside of the memory. */
    void read(int address, int size);

    /** Bytes of the memory are about to be written; a part may lie outside of the memory. */
    void written(int address, int size);

    /**
     * A function is about to call another one.
     *
     * @param function that calls
     * @param site number of the call in it
     * @param values its variables and the values on its stack
     */
    void enter(int function, int site, long... values);

    /** The call has returned. */
    void leave();
}
