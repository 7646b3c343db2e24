package dev.jetway.sandbox.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.LimitHits;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DescriptorsTest {
    private static final int MOST = 1;

    private final List<Descriptor> streams = List.of(descriptor(), descriptor(), descriptor());
    private final Descriptor directory = descriptor();
    private final List<String> opened = new ArrayList<>();
    private final Descriptors descriptors =
            new Descriptors(
                    MOST,
                    new LimitHits(),
                    streams,
                    () -> {
                        opened.add("directories");
                        return List.of(directory);
                    });

    private static Descriptor descriptor() {
        return new Descriptor.Input(InputStream.nullInputStream());
    }

    @Test
    void streams_needNoDirectories() {
        for (int i = 0; i < streams.size(); i++) {
            assertThat(descriptors.get(i)).isSameAs(streams.get(i));
        }
        descriptors.remove(2);
        assertThat(descriptors.areInitial()).isTrue();
        descriptors.close();

        assertThat(opened).isEmpty();
    }

    @Test
    void directories_areOpenedOnce() {
        assertThat(descriptors.get(3)).isSameAs(directory);
        assertThat(descriptors.get(3)).isSameAs(directory);
        assertThat(descriptors.isInitial(3)).isTrue();
        assertThat(descriptors.isInitial(4)).isFalse();
        assertThatThrownBy(() -> descriptors.get(4)).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> descriptors.get(-1)).isInstanceOf(ErrnoException.class);

        assertThat(opened).hasSize(1);
    }

    @Test
    void numberOfAClosedStream_isTheNextOne_alsoBeforeDirectoriesAreOpened() {
        descriptors.remove(1);
        Descriptor own = descriptor();

        assertThat(descriptors.add(own)).isEqualTo(1);
        assertThat(descriptors.get(3)).isSameAs(directory);
        assertThat(descriptors.get(1)).isSameAs(own);
    }

    @Test
    void directories_doNotCount() {
        assertThat(descriptors.add(descriptor())).isEqualTo(4);
        assertThat(descriptors.areInitial()).isFalse();
        assertThatThrownBy(() -> descriptors.add(descriptor())).isInstanceOf(ErrnoException.class);
    }
}
