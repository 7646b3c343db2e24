package dev.jetway.sandbox.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HeapReserveTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void aTwentiethOfTheHeapIsHeldBackWithinBounds() {
        assertThat(HeapReserve.size(0)).isEqualTo(4 * MEBIBYTE);
        assertThat(HeapReserve.size(80 * MEBIBYTE)).isEqualTo(4 * MEBIBYTE);
        assertThat(HeapReserve.size(81 * MEBIBYTE)).isGreaterThan(4 * MEBIBYTE);
        assertThat(HeapReserve.size(200 * MEBIBYTE)).isEqualTo(10 * MEBIBYTE);
        assertThat(HeapReserve.size(639 * MEBIBYTE)).isLessThan(32 * MEBIBYTE);
        assertThat(HeapReserve.size(640 * MEBIBYTE)).isEqualTo(32 * MEBIBYTE);
        assertThat(HeapReserve.size(Long.MAX_VALUE)).isEqualTo(32 * MEBIBYTE);
    }

    @Test
    void itIsTakenAgainWhenThreeTimesAsMuchIsFree() {
        var reserve = new HeapReserve(4 * MEBIBYTE);

        assertThat(reserve.isRoom(12 * MEBIBYTE - 1)).isFalse();
        assertThat(reserve.isRoom(12 * MEBIBYTE)).isTrue();
    }

    /** Before the first look at the heap a guest gets its memory. */
    @Test
    void reserveNeverTaken_isNotLow() {
        var reserve = new HeapReserve(4 * MEBIBYTE);

        assertThat(reserve.isWhole()).isFalse();
        assertThat(reserve.isLow()).isFalse();
    }

    @Test
    @Timeout(60)
    void reserveThatThereIsNoRoomFor_isLowOnlyWhenTheHeapIs() throws Exception {
        assertThat(probe("-Xmx10m", "small")).matches("low after [23456789] MiB\\n");
    }

    @Test
    @Timeout(60)
    void theReserveIsGivenUpBeforeTheHeapIsExhaustedAndHeldAgainAfterwards() throws Exception {
        assertThat(probe("-Xmx64m")).matches("low after [345]\\d MiB, 512 more\\nheld again\\n");
    }

    @Test
    @Timeout(60)
    void whatIsClosedHoldsNothingBack() {
        HeapReserve reserve = HeapReserve.start();
        await().until(reserve::isWhole);
        reserve.close();
        await().until(() -> !reserve.isWhole());

        assertThat(reserve.isLow()).isFalse();
    }

    @Test
    @Timeout(60)
    void aReserveThatIsClearedWhileThereIsRoom_isNotLow() throws Exception {
        // Idle references are cleared by any collection.
        assertThat(probe("-XX:SoftRefLRUPolicyMSPerMB=0", "idle"))
                .isEqualTo("cleared, and not low\n");
    }

    private static String probe(String option, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(option);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(HeapReserveProbe.class.getName());
        command.addAll(List.of(arguments));
        Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(probe.getInputStream().readAllBytes(), UTF_8);
        assertThat(probe.waitFor()).as(said).isZero();
        return said;
    }
}
