package dev.jetway.server.config.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StampedPathsTest {
    @TempDir private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aChangeAfterAPathWasAdded_isFound() throws Exception {
        Path a = write("a", "1");
        Path none = folder.resolve("none");
        var paths = new StampedPaths();
        assertThat(List.of(paths.add(a), paths.add(none), paths.add(a)))
                .containsExactly(true, true, false);
        assertThat(paths).containsExactly(a, none);
        assertThat(paths.stamps().now()).isEqualTo(paths.stamps());

        write("a", "22");
        paths.add(a);
        write("none", "");
        SourceStamps now = paths.stamps().now();
        assertThat(now.unlike(paths.stamps()).byPath()).containsOnlyKeys(a, none);
        assertThat(now.unlike(now).isEmpty()).isTrue();
    }

    @Test
    void stampsOfOthers_areKeptAsTheyWere() throws Exception {
        Path a = write("a", "1");
        var early = new StampedPaths();
        early.add(a);
        write("a", "22");
        var paths = new StampedPaths();
        paths.addAll(early.stamps());
        paths.add(a);

        assertThat(paths.stamps()).isEqualTo(early.stamps());
    }

    @Test
    void aProblem_isToldOnceWhileItLasts() {
        var one = new Problem(Problem.Severity.ERROR, new SourcePosition("a", 1), "one");
        var two = new Problem(Problem.Severity.ERROR, new SourcePosition("a", 1), "two");
        var told = new ToldProblems(List.of(one));

        assertThat(told.fresh(List.of(one, two))).containsExactly(two);
        assertThat(told.fresh(List.of(one, two, two))).isEmpty();
        assertThat(told.fresh(List.of())).isEmpty();
        assertThat(told.fresh(List.of(one))).containsExactly(one);
    }
}
