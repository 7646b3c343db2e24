package dev.jetway.server.config.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.SourcePosition;
import dev.jetway.module.source.FileReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteHandlersTest {
    private static final SiteHandlers HANDLERS =
            SiteHandlers.of(
                    List.of(handler("perl"), handler("python"), handler("python3")), Map.of());

    private static HandlerSettings handler(String name) {
        return new HandlerSettings(
                name,
                new FileReference(Path.of("/x.wasm")),
                List.of(),
                List.of(name),
                new LinkedHashMap<>(),
                false,
                false,
                new SourcePosition("jetway.toml", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    #!/usr/bin/perl             | perl
                    #!/usr/bin/perl -w          | perl
                    #! /usr/bin/perl            | perl
                    #!perl                      | perl
                    #!/usr/bin/Perl5.36         | perl
                    #!/usr/bin/env perl         | perl
                    #!/usr/bin/env -S perl -T   | perl
                    #!/usr/bin/env python3      | python3
                    #!/usr/bin/python3.12       | python
                    #!/usr/bin/ruby             | -
                    #!/bin/sh perl              | -
                    #!                          | -
                    perl                        | -
                     #!/usr/bin/perlish         | -
                    """)
    void theFirstLineNamesTheHandler(String line, String name) {
        assertThat(HANDLERS.ofFirstLine(line).map(HandlerSettings::name).orElse("-"))
                .isEqualTo(name);
    }
}
