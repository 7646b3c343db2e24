package dev.jetway.server.config.script;

import dev.jetway.route.ScriptHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The handlers of a site's scripts. Immutable.
 *
 * @param byExtension the chosen handler of each extension, else the first of the provider's file
 * @param byName all handlers, for {@code #!} lines
 */
public record SiteHandlers(
        Map<String, HandlerSettings> byExtension, Map<String, HandlerSettings> byName) {
    private static final Pattern INTERPRETER =
            Pattern.compile(
                    "#![ \\t]*(?:\\S*/env[ \\t]+(?:-S[ \\t]+)?)?(?:\\S*/)?([^/\\s]+).*",
                    Pattern.DOTALL);

    /** Version suffixes of interpreters: {@code python3.12}, {@code perl5}. */
    private static final Pattern VERSION = Pattern.compile("[0-9.-]+$");

    public static SiteHandlers of(List<HandlerSettings> offered, Map<String, String> chosen) {
        var byName = new LinkedHashMap<String, HandlerSettings>();
        var byExtension = new LinkedHashMap<String, HandlerSettings>();
        for (HandlerSettings handler : offered) {
            byName.put(handler.name(), handler);
            handler.extensions().forEach(e -> byExtension.putIfAbsent(e, handler));
        }
        chosen.forEach((extension, name) -> {
            HandlerSettings handler = byName.get(name);
            if (handler != null) {
                byExtension.put(extension, handler);
            }
        });
        return new SiteHandlers(byExtension, byName);
    }

    /** The extensions in the order of the handlers. */
    public List<String> extensions() {
        return List.copyOf(byExtension.keySet());
    }

    /** Each handler in use, with its extensions for this site. */
    public List<ScriptHandler> all(Function<HandlerSettings, ScriptHandler> make) {
        var handlers = new ArrayList<ScriptHandler>();
        for (HandlerSettings handler : byName.values()) {
            Set<String> own = new LinkedHashSet<>();
            byExtension.forEach((extension, chosen) -> {
                if (chosen.equals(handler)) {
                    own.add(extension);
                }
            });
            if (!own.isEmpty()) {
                ScriptHandler made = make.apply(handler);
                handlers.add(new ScriptHandler(made.name(), own, made.argv(), made.run()));
            }
        }
        return handlers;
    }

    /**
     * The handler of a {@code #!} line: with the interpreter's name, else with that name without a
     * version.
     *
     * @param head the beginning of the script
     */
    public Optional<HandlerSettings> ofFirstLine(String head) {
        Matcher line = INTERPRETER.matcher(head);
        if (!line.matches()) {
            return Optional.empty();
        }
        String name = line.group(1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byName.get(name))
                .or(() -> Optional.ofNullable(byName.get(VERSION.matcher(name).replaceFirst(""))));
    }
}
