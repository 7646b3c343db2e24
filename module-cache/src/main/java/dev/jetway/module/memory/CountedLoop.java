package dev.jetway.module.memory;

/**
 * Marks of all cards of a store, made by generated code before a loop whose stores go through the
 * memory in equal steps, so that they need none in the loop. The loop's end tells how many turns it
 * has: it goes on while a counter, compared with a number that stays, has not reached it. Safe to
 * share between threads, the memory aside.
 */
public final class CountedLoop {
    /** More turns than any store within a memory can have. */
    static final long MANY = 1L << Integer.SIZE;

    private CountedLoop() {}

    /**
     * Turns of a loop that goes on while its counter and a number differ.
     *
     * @param first the counter as it is compared in the first turn
     * @param step by which it changes in each turn, not 0
     * @return 1 or more; {@link #MANY} if the counter would have to begin again at its other end
     */
    public static long turnsUntilEqual(int first, int end, int step) {
        long distance = Integer.toUnsignedLong(step > 0 ? end - first : first - end);
        long size = Math.abs((long) step);
        return distance % size == 0 ? distance / size + 1 : MANY;
    }

    /**
     * Turns of a loop that goes on while its counter has not reached a number.
     *
     * @param first the counter as it is compared in the first turn
     * @param step by which it changes in each turn, towards the number, not 0
     * @param equal 1 if the loop goes on, too, if both are equal; 0 otherwise
     * @return 1 or more; {@link #MANY} if the counter would begin again at its other end
     */
    public static long turnsUntilReached(int first, int end, int step, int equal) {
        return step > 0
                ? turns(first, end, step, equal, Integer.MAX_VALUE)
                : turns(-(long) first, -(long) end, -(long) step, equal, -(long) Integer.MIN_VALUE);
    }

    /** Like {@link #turnsUntilReached}, of numbers without a sign; the step has one. */
    public static long turnsUntilReachedUnsigned(int first, int end, int step, int equal) {
        long from = Integer.toUnsignedLong(first);
        long to = Integer.toUnsignedLong(end);
        return step > 0
                ? turns(from, to, step, equal, Integer.toUnsignedLong(-1))
                : turns(-from, -to, -(long) step, equal, 0);
    }

    private static long turns(long first, long end, long step, int equal, long most) {
        long distance = end + equal - first;
        if (distance <= 0) {
            return 1;
        }
        long more = (distance + step - 1) / step;
        return first + more * step > most ? MANY : more + 1;
    }

    /**
     * Marks the cards of stores in all turns, as far as they are within the memory; a store beyond
     * it traps. A base of 2³¹ or more counts as negative: what is added to it may come out at 0.
     *
     * @param base of the addresses in the first turn
     * @param from the least that is added for the first byte of a store
     * @param to the most that is added
     * @param step by which the base changes in each turn, in bytes
     */
    public static void mark(LinearMemory memory, int base, int from, int to, int step, long turns) {
        long last = base + step * (turns - 1);
        long low = Math.max(Math.min(base, last) + from, 0);
        long high = Math.min(Math.max(base, last) + to, memory.limit - 1);
        int end = (int) (high >> LinearMemory.CARD_SHIFT);
        for (int card = (int) (low >> LinearMemory.CARD_SHIFT); card <= end; card++) {
            memory.cards[card] = 1;
        }
    }
}
