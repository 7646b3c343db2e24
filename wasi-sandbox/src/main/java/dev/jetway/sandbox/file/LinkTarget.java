package dev.jetway.sandbox.file;

import java.util.Arrays;

/**
 * Checks targets of symbolic links that guests create. The walk does not depend on this: the check
 * keeps links that lead out of a volume from other programs of the host, which may follow them.
 */
public final class LinkTarget {
    private static final byte[] UP = {'.', '.'};
    private static final byte[] HERE = {'.'};

    private LinkTarget() {}

    /**
     * Throws for a target that could lead out of a volume from a directory at this depth. {@code
     * ..} after a name is refused too: the name may be a link, or become one.
     */
    public static void require(byte[] target, int depth) {
        GuestPath.requireText(target);
        boolean named = false;
        int ups = 0;
        for (byte[] name : GuestPath.parse(target).names()) {
            if (Arrays.equals(name, UP)) {
                ups++;
                if (named || ups > depth) {
                    throw Errno.PERM.failure();
                }
            } else if (!Arrays.equals(name, HERE)) {
                named = true;
            }
        }
    }
}
