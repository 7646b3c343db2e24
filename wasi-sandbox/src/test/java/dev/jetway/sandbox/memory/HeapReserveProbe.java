package dev.jetway.sandbox.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs in a small heap of its own: fills it piece by piece, releases it, and prints its
 * observations.
 */
final class HeapReserveProbe {
    private HeapReserveProbe() {}

    public static void main(String[] args) throws InterruptedException {
        HeapReserve reserve = HeapReserve.start();
        if (List.of(args).contains("idle")) {
            System.out.println(collect(reserve));
            return;
        }
        if (args.length > 0) {
            System.out.println("low after " + fill(reserve).size() / 256 + " MiB");
            return;
        }
        awaitWhole(reserve);
        List<byte[]> taken = fill(reserve);
        // The server allocates without an error.
        var own = new ArrayList<byte[]>();
        for (int i = 0; i < 2 * 256; i++) {
            own.add(new byte[4096]);
        }
        System.out.println("low after " + taken.size() / 256 + " MiB, " + own.size() + " more");
        taken.clear();
        awaitWhole(reserve);
        System.out.println("held again");
    }

    /**
     * Collects garbage until the reserve is cleared, as it is at once in this JVM if it is idle.
     */
    private static String collect(HeapReserve reserve) throws InterruptedException {
        awaitWhole(reserve);
        while (reserve.isWhole()) {
            System.gc();
        }
        return reserve.isLow() ? "low" : "cleared, and not low";
    }

    private static void awaitWhole(HeapReserve reserve) throws InterruptedException {
        while (!reserve.isWhole()) {
            Thread.sleep(1);
        }
    }

    /** Allocates as guests do, which look first. */
    private static List<byte[]> fill(HeapReserve reserve) {
        var taken = new ArrayList<byte[]>();
        while (!reserve.isLow()) {
            taken.add(new byte[4096]);
        }
        return taken;
    }
}
