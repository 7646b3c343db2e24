package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserFoldersTest {
    @ParameterizedTest
    @CsvSource({
        // XDG_CACHE_HOME, HOME, cache, state
        "/var/cache, /home/a, /var/cache/jetway, /home/a/.local/state/jetway",
        ", /home/a, /home/a/.cache/jetway, /home/a/.local/state/jetway",
        "'', /home/a, /home/a/.cache/jetway, /home/a/.local/state/jetway",
        "cache, /home/a, /home/a/.cache/jetway, /home/a/.local/state/jetway",
        "/var/cache, , /var/cache/jetway, ",
        "cache, home, , ",
        ", '', , ",
        ", , , ",
        "'\0', /home/a, /home/a/.cache/jetway, /home/a/.local/state/jetway",
    })
    void foldersAreThoseOfTheVariablesOrOfTheHome(String xdg, String home, Path cache, Path state) {
        Map<String, String> environment = new HashMap<>();
        if (xdg != null) {
            environment.put("XDG_CACHE_HOME", xdg);
        }
        if (home != null) {
            environment.put("HOME", home);
        }
        var folders = new UserFolders(environment);

        assertThat(folders.cache()).isEqualTo(Optional.ofNullable(cache));
        assertThat(folders.state()).isEqualTo(Optional.ofNullable(state));
    }
}
