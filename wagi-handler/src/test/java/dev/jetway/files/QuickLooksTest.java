package dev.jetway.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class QuickLooksTest {
    private static final Path ROOT = Path.of("/srv/a");
    private static final long FRESH = QuickLooks.FRESH.toNanos();
    private static final long QUICK = QuickLooks.QUICK.toNanos();

    private final QuickLooks looks = new QuickLooks();

    @Test
    void smallFile_isQuickUntilItsTimeIsOver() {
        looks.looked(ROOT, "/a", true, 0, QUICK - 1);

        assertThat(looks.isQuick(ROOT, "/a", QUICK - 1 + FRESH - 1)).isTrue();
        assertThat(looks.isQuick(ROOT, "/a", QUICK - 1 + FRESH)).isFalse();
    }

    @Test
    void otherPathsAndFolders_areNot() {
        looks.looked(ROOT, "/a", true, 0, 1);

        assertThat(looks.isQuick(ROOT, "/b", 2)).isFalse();
        assertThat(looks.isQuick(Path.of("/srv/b"), "/a", 2)).isFalse();
    }

    @Test
    void lookThatWasSlowOrFoundSomethingElse_forgetsTheFile() {
        looks.looked(ROOT, "/a", true, 0, 1);
        looks.looked(ROOT, "/a", true, 1, 1 + QUICK);
        assertThat(looks.isQuick(ROOT, "/a", 2 + QUICK)).isFalse();

        looks.looked(ROOT, "/a", true, 0, 1);
        looks.looked(ROOT, "/a", false, 1, 2);
        assertThat(looks.isQuick(ROOT, "/a", 3)).isFalse();
    }

    @Test
    void moreFilesThanThereIsRoom_replaceOthers() {
        for (int i = 0; i <= QuickLooks.FILES; i++) {
            looks.looked(ROOT, "/" + i, true, 0, 1);
        }

        assertThat(looks.isQuick(ROOT, "/" + QuickLooks.FILES, 2)).isTrue();
    }
}
