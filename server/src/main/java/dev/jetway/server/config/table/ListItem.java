package dev.jetway.server.config.table;

import dev.jetway.base.SourcePosition;
import java.util.Optional;

/**
 * An element of a list: a text or a table. Neither if it cannot be read.
 *
 * @param position in the file
 */
public record ListItem(SourcePosition position, Optional<String> text, Optional<Section> table) {
    boolean isReadable() {
        return text.isPresent() || table.isPresent();
    }
}
