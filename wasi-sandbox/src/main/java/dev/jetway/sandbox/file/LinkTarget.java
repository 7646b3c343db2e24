package dev.jetway.sandbox.file;

import java.util.Arrays;

/**
 * What a guest may write into a symbolic link. The walk does not depend on it; it keeps links that
 * lead out of a volume from other programs of the host, which may follow what they find there.
 */
public final class LinkTarget {
    private static final byte[] UP = {'.', '.'};
    private static final byte[] HERE = {'.'};

    private LinkTarget() {}

    /**
     * Throws for a target that could lead out of a volume, from a directory that lies so deep in
     * it. {@code ..} after a name is refused with it: the name may be a link, or become one.
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
