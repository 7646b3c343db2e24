package dev.jetway.server.config.site;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The hosts that a tenant may claim in {@code site.toml}. */
public enum TenantHosts {
    /** None. */
    NONE,
    /** Hosts below one that the site has by its folder's name or by the provider's files. */
    BELOW,
    /** Any host that is neither another site's nor below one. */
    ANY;

    static final String RANGE =
            Arrays.stream(values())
                    .map(value -> "`\"" + value + "\"`")
                    .collect(Collectors.joining(", "));

    static TenantHosts parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is " + RANGE.replace("`", "")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
