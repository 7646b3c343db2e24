package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.log.LogWriter.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OldLogsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @TempDir private Path folder;
    private final OldLogs logs = new OldLogs();

    private static Target target(int number) {
        return new Target(new LogPlace(Path.of("/logs"), false), "log" + number);
    }

    @Test
    void aLog_isDueAtOnce_andThenOnceInAnInterval() {
        logs.add(target(1), NOW);
        logs.add(target(1), NOW);

        assertThat(logs.due(NOW)).containsExactly(target(1));
        assertThat(logs.due(NOW.plus(OldLogs.INTERVAL).minusNanos(1))).isEmpty();
        assertThat(logs.due(NOW.plus(OldLogs.INTERVAL))).containsExactly(target(1));
        logs.remove(target(1));
        assertThat(logs.due(NOW.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void manyLogs_areLookedAtAFewAtATime() {
        for (int i = 0; i <= OldLogs.MAX_LOOKS; i++) {
            logs.add(target(i), NOW);
        }

        assertThat(logs.due(NOW)).hasSize(OldLogs.MAX_LOOKS);
        assertThat(logs.due(NOW)).hasSize(1);
        assertThat(logs.due(NOW)).isEmpty();
    }

    @Test
    void logsOverTheBound_areNotLookedAt() {
        for (int i = 0; i <= OldLogs.MAX_LOGS; i++) {
            logs.add(target(i), NOW);
        }

        int found = 0;
        for (int count = 1; count > 0; found += count) {
            count = logs.due(NOW).size();
        }
        assertThat(found).isEqualTo(OldLogs.MAX_LOGS);
    }

    @Test
    void renamedFiles_areDeletedWhenTheyAreDue_withoutAnotherRenaming() throws Exception {
        var now = new AtomicReference<>(NOW);
        Duration most = Duration.ofDays(1);
        var writer =
                new LogWriter(
                        new Rotation(1000, Optional.empty(), 2, Optional.of(most)),
                        Optional.empty(),
                        now::get);
        Path first = Files.writeString(folder.resolve("access.log.1"), "line\n");
        Path second = Files.writeString(folder.resolve("access.log.2"), "line\n");
        Files.setLastModifiedTime(first, FileTime.from(NOW));
        Files.setLastModifiedTime(second, FileTime.from(NOW.minus(most).minusSeconds(1)));
        writer.write(new Target(new LogPlace(folder, false), "access.log"), "line\n");

        writer.deleteOld();
        assertThat(second).doesNotExist();
        now.set(NOW.plus(most));
        writer.deleteOld();
        assertThat(first).exists();
        now.set(NOW.plus(most).plus(OldLogs.INTERVAL));
        writer.deleteOld();
        assertThat(first).doesNotExist();
        assertThat(folder.resolve("access.log")).exists();
    }
}
