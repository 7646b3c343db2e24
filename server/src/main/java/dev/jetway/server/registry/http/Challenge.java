package dev.jetway.server.registry.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants a client to identify itself (RFC 9110 §11.6.1). Immutable.
 *
 * @param scheme in lower case
 * @param parameters by names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    static final String BEARER = "bearer";
    static final String BASIC = "basic";

    /** Maximum characters of a field. */
    private static final int MAX_LENGTH = 4096;

    private static final Pattern START =
            Pattern.compile("(?:^|,)\\s*(bearer|basic)(?=\\s|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z_-]+)\\s*=\\s*(?:\"([^\"\\\\]*)\"|([^\\s,\"]+))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** The challenge that is answered: a token before a password. */
    static Optional<Challenge> best(List<String> fields) {
        Optional<Challenge> basic = Optional.empty();
        for (String field : fields) {
            Matcher start = START.matcher(field);
            while (field.length() <= MAX_LENGTH && start.find()) {
                Challenge one =
                        new Challenge(
                                start.group(1).toLowerCase(Locale.ROOT),
                                parameters(field.substring(start.end())));
                if (one.scheme.equals(BEARER)) {
                    return Optional.of(one);
                }
                basic = Optional.of(one);
            }
        }
        return basic;
    }

    private static Map<String, String> parameters(String text) {
        var parameters = new HashMap<String, String>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            String quoted = parameter.group(2);
            parameters.putIfAbsent(
                    parameter.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? parameter.group(3) : quoted);
        }
        return parameters;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(v -> !v.isEmpty());
    }
}
