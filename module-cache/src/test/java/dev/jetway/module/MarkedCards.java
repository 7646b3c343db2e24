package dev.jetway.module;

import dev.jetway.module.memory.LinearMemory;

/** Written bytes that the cards of a memory do not show. */
final class MarkedCards {
    /** Bytes beside a marked card that a reset restores. */
    private static final int BESIDE = LinearMemory.NEAR + 7;

    private MarkedCards() {}

    /** The address of a written byte that no card shows, or -1. */
    static int missed(LinearMemory memory, byte[] before) {
        for (int address = 0; address < memory.limit; address++) {
            byte was = address < before.length ? before[address] : 0;
            if (memory.bytes[address] != was && !isMarked(memory, address)) {
                return address;
            }
        }
        return -1;
    }

    private static boolean isMarked(LinearMemory memory, int address) {
        int first = Math.max(0, address - BESIDE) / LinearMemory.CARD;
        int last = Math.min(memory.limit - 1, address + BESIDE) / LinearMemory.CARD;
        for (int card = first; card <= last; card++) {
            if (memory.cards[card] != 0) {
                return true;
            }
        }
        return false;
    }
}
