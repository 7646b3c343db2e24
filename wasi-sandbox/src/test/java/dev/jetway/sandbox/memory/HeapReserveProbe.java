package dev.jetway.sandbox.memory;

import java.util.ArrayList;

/**
 * Runs in a small heap of its own: fills it piece by piece, releases it, and prints what it saw.
 */
final class HeapReserveProbe {
    private HeapReserveProbe() {}

    public static void main(String[] args) throws InterruptedException {
        HeapReserve reserve = HeapReserve.shared();
        while (reserve.isLow()) {
            Thread.sleep(1);
        }
        var taken = new ArrayList<byte[]>();
        // As guests do: each looks before it takes.
        while (!reserve.isLow()) {
            taken.add(new byte[4096]);
        }
        // The server goes on without an error.
        var own = new ArrayList<byte[]>();
        for (int i = 0; i < 2 * 256; i++) {
            own.add(new byte[4096]);
        }
        System.out.println("low after " + taken.size() / 256 + " MiB, " + own.size() + " more");
        taken.clear();
        while (reserve.isLow()) {
            Thread.sleep(1);
        }
        System.out.println("held again");
    }
}
