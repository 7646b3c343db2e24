package dev.jetway.sandbox.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A path as a guest writes it: relative, UTF-8, bounded, cut into its names. Immutable. */
public final class GuestPath {
    /** Maximum length of a path in bytes, as PATH_MAX of Linux. */
    public static final int MAX_LENGTH = 4096;

    /** Maximum length of one name in bytes, as NAME_MAX of Linux. */
    public static final int MAX_NAME = 255;

    private static final byte[] HERE = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private final List<byte[]> names;
    private final boolean trailingSlash;

    private GuestPath(List<byte[]> names, boolean trailingSlash) {
        this.names = names;
        this.trailingSlash = trailingSlash;
    }

    /** Reads a path of a guest. */
    public static GuestPath of(byte[] text) {
        requireText(text);
        return parse(text);
    }

    /** Reads a path from the host's file system: a link's target, of any bytes. */
    public static GuestPath parse(byte[] text) {
        if (text.length == 0) {
            throw Errno.NOENT.failure();
        }
        if (text.length > MAX_LENGTH) {
            throw Errno.NAMETOOLONG.failure();
        }
        if (text[0] == '/') {
            throw Errno.PERM.failure();
        }
        return new GuestPath(split(text), text[text.length - 1] == '/');
    }

    /** Decodes text of a guest: UTF-8 without NUL, within the bound. */
    static void requireText(byte[] text) {
        if (text.length > MAX_LENGTH) {
            throw Errno.NAMETOOLONG.failure();
        }
        if (!isUtf8(text)) {
            throw Errno.ILSEQ.failure();
        }
        for (byte b : text) {
            if (b == 0) {
                throw Errno.INVAL.failure();
            }
        }
    }

    public static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<byte[]> split(byte[] text) {
        var names = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || text[i] == '/') {
                if (i - start > MAX_NAME) {
                    throw Errno.NAMETOOLONG.failure();
                }
                if (i > start) {
                    names.add(Arrays.copyOfRange(text, start, i));
                }
                start = i + 1;
            }
        }
        return names;
    }

    /** The names, without empty ones. */
    public List<byte[]> names() {
        return names;
    }

    /** The path that begins at one of its names; the directory itself behind the last one. */
    public GuestPath from(int name) {
        return name == names.size()
                ? new GuestPath(List.of(HERE), trailingSlash)
                : new GuestPath(names.subList(name, names.size()), trailingSlash);
    }

    /** The path without its last name. */
    public GuestPath folder() {
        return new GuestPath(names.subList(0, names.size() - 1), false);
    }

    /** Whether one of its names is {@code .} or {@code ..}. */
    public boolean hasDots() {
        for (byte[] name : names) {
            if (Arrays.equals(name, HERE) || Arrays.equals(name, PARENT)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its last name is {@code ..}. */
    public boolean endsInParent() {
        return !names.isEmpty() && Arrays.equals(names.getLast(), PARENT);
    }

    /** Whether it is the directory itself: nothing but {@code .}. */
    public boolean isDirectoryItself() {
        return names.stream().allMatch(name -> Arrays.equals(name, HERE));
    }

    /** Whether it ends with a slash, so that only a directory can be meant. */
    public boolean trailingSlash() {
        return trailingSlash;
    }
}
