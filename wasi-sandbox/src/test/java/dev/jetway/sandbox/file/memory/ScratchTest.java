package dev.jetway.sandbox.file.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.linux.HostFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A directory in memory and the bounds of its content; WasiSuiteTest tests its other behaviour. */
final class ScratchTest {
    private static final int BLOCK = ScratchRoom.BLOCK;
    private static final OpenRequest NEW =
            new OpenRequest(true, true, false, false, false, true, true, false, false);

    private final AtomicLong together = new AtomicLong();
    private final LimitHits limitHits = new LimitHits();
    private long available = Long.MAX_VALUE;

    private ScratchRoom room(long limit) {
        var account =
                new ScratchRoom.Account() {
                    @Override
                    public Optional<String> reserve(long bytes) {
                        if (together.get() + bytes > available) {
                            return Optional.of("site-memory");
                        }
                        together.addAndGet(bytes);
                        return Optional.empty();
                    }

                    @Override
                    public void release(long bytes) {
                        together.addAndGet(-bytes);
                    }
                };
        return new ScratchRoom(limit, account, () -> 42, limitHits);
    }

    private static GuestPath path(String text) {
        return GuestPath.of(text.getBytes(UTF_8));
    }

    private static OpenFile file(Directory root, String name) {
        return (OpenFile) root.open(path(name), NEW);
    }

    @Test
    void aNameAndItsContentsMayFillTheRoomAndNoMore() {
        ScratchRoom room = room(3 * BLOCK);
        OpenFile file = file(HostFiles.scratch(room), "file");

        assertThat(file.write(new byte[3 * BLOCK], 3 * BLOCK)).isEqualTo(2 * BLOCK);
        assertThat(limitHits.names()).containsExactly("scratch");
        assertThat(room.used()).isEqualTo(3 * BLOCK);
        assertErrno(Errno.NOSPC, () -> file.write(new byte[1], 1));
        assertThat(file.status().size()).isEqualTo(2 * BLOCK);
    }

    @Test
    void namesCountEvenIfNothingIsInThem() {
        Directory root = HostFiles.scratch(room(4 * BLOCK));
        root.createDirectory(path("a"));
        root.createLink(path("a").names().getFirst(), path("b"));
        file(root, "c").close();
        root.link(path("c"), root, path("d"));

        assertErrno(Errno.NOSPC, () -> root.createDirectory(path("e")));
        root.removeFile(path("d"));
        root.createDirectory(path("e"));
        assertThat(limitHits.names()).containsExactly("scratch");
    }

    @Test
    void holesTakeNoRoomButNoFileIsLongerThanTheRoom() {
        ScratchRoom room = room(100 * BLOCK);
        OpenFile file = file(HostFiles.scratch(room), "file");

        file.setSize(100 * BLOCK);
        file.writeAt(100 * BLOCK - 1, new byte[] {1}, 1);
        assertThat(room.used()).isEqualTo(2 * BLOCK);
        assertErrno(Errno.FBIG, () -> file.setSize(100 * BLOCK + 1));
        assertErrno(Errno.FBIG, () -> file.writeAt(100 * BLOCK, new byte[1], 1));
        assertErrno(Errno.FBIG, () -> file.writeAt(Long.MAX_VALUE, new byte[1], 1));
        assertErrno(Errno.FBIG, () -> file.allocate(Long.MAX_VALUE, Long.MAX_VALUE));
        assertErrno(Errno.NOSPC, () -> file.allocate(0, 100 * BLOCK));
        assertThat(room.used()).isEqualTo(100 * BLOCK);
    }

    @Test
    void whatIsCutOffIsZerosWhenTheFileGrowsAgain() {
        OpenFile file = file(HostFiles.scratch(room(10 * BLOCK)), "file");
        byte[] text = "secret".getBytes(UTF_8);
        file.write(text, text.length);

        file.setSize(2);
        file.setSize(text.length);
        byte[] read = new byte[10];
        assertThat(file.readAt(0, read, read.length)).isEqualTo(text.length);
        assertThat(read).startsWith('s', 'e', 0, 0, 0, 0);
    }

    @Test
    void contentsWithoutANameLastAsLongAsTheyAreOpen() {
        ScratchRoom room = room(10 * BLOCK);
        Directory root = HostFiles.scratch(room);
        OpenFile file = file(root, "file");
        file.write(new byte[BLOCK], BLOCK);

        root.removeFile(path("file"));
        assertThat(room.used()).isEqualTo(BLOCK);
        assertThat(file.readAt(0, new byte[BLOCK], BLOCK)).isEqualTo(BLOCK);
        file.close();
        file.close();
        assertThat(room.used()).isZero();
    }

    @Test
    void theRoomComesFromAnAccountOfManyAndGoesBackToIt() {
        available = 2 * BLOCK;
        ScratchRoom room = room(10 * BLOCK);
        OpenFile file = file(HostFiles.scratch(room), "file");

        assertThat(file.write(new byte[2 * BLOCK], 2 * BLOCK)).isEqualTo(BLOCK);
        assertThat(limitHits.names()).containsExactly("site-memory");
        assertThat(together.get()).isEqualTo(2 * BLOCK);
        room.close();
        assertThat(together.get()).isZero();
    }

    @Test
    void noDirectoryIsMovedIntoItselfAndNothingIsMadeInOneThatIsGone() {
        Directory root = HostFiles.scratch(room(10 * BLOCK));
        root.createDirectory(path("a"));
        root.createDirectory(path("a/b"));
        OpenRequest directory =
                new OpenRequest(true, false, false, false, true, false, false, false, false);
        Directory inner = (Directory) root.open(path("a/b"), directory);

        assertErrno(Errno.INVAL, () -> root.rename(path("a"), inner, path("c")));
        assertErrno(Errno.INVAL, () -> root.rename(path("a"), root, path("a/c")));
        root.removeDirectory(path("a/b"));
        assertErrno(Errno.NOENT, () -> inner.createDirectory(path("c")));
        root.createDirectory(path("f"));
        assertErrno(Errno.NOENT, () -> root.rename(path("f"), inner, path("c")));
        assertThat(names(root)).containsExactly(".", "..", "a", "f");
    }

    @Test
    void aListingGoesOnWhereItWasWhateverIsRemovedMeanwhile() {
        Directory root = HostFiles.scratch(room(100 * BLOCK));
        for (String name : List.of("a", "b", "c", "d")) {
            root.createDirectory(path(name));
        }
        var cookies = new ArrayList<Long>();
        root.list(0, entry -> cookies.add(entry.next()));

        root.removeDirectory(path("a"));
        root.removeDirectory(path("c"));
        var rest = new ArrayList<String>();
        root.list(cookies.get(3), entry -> rest.add(new String(entry.name(), UTF_8)));
        assertThat(rest).containsExactly("d");
    }

    @Test
    void nothingLeadsFromOneDirectoryInMemoryToAnother() {
        Directory one = HostFiles.scratch(room(10 * BLOCK));
        Directory other = HostFiles.scratch(room(10 * BLOCK));
        file(one, "file").close();

        assertErrno(Errno.XDEV, () -> one.rename(path("file"), other, path("file")));
        assertErrno(Errno.XDEV, () -> one.link(path("file"), other, path("file")));
        assertErrno(Errno.PERM, () -> one.createDirectory(path("../x")));
    }

    private static List<String> names(Directory directory) {
        var names = new ArrayList<String>();
        directory.list(0, entry -> names.add(new String(entry.name(), UTF_8)));
        return names;
    }

    private static void assertErrno(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }
}
