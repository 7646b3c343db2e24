package dev.jetway.server.config.site;

import dev.jetway.failure.ErrorPages;
import dev.jetway.route.Access;
import dev.jetway.route.FileRules;
import dev.jetway.route.HttpRules;
import dev.jetway.server.config.route.AccessReader;
import dev.jetway.server.config.route.ErrorPagesReader;
import dev.jetway.server.config.route.SearchPath;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import java.util.List;

/**
 * The settings of a {@code site.toml} other than limits. Immutable.
 *
 * @param keys of {@link SiteFileKeys#TENANT}
 * @param values of the site
 * @param access the clients that may use the site
 * @param pages its error pages
 */
record TenantSettings(KeyValues keys, SiteValues values, Access access, ErrorPages pages) {
    /** The settings of a site without the file. */
    static TenantSettings none(SiteValues values) {
        return new TenantSettings(
                KeyValues.defaults(SiteFileKeys.TENANT, 1), values, Access.OPEN, ErrorPages.NONE);
    }

    /** The settings of a file. */
    static TenantSettings read(
            Section section,
            SiteValues provided,
            Hosting hosting,
            SearchPath search,
            Problems problems) {
        section.rejectUnknown(
                SiteFileKeys.TENANT_NAMES,
                SiteFileKeys.NOT_FOR_TENANTS,
                "is not for a site to say: ask the provider");
        KeyValues keys =
                KeysReader.ofTable(section, problems)
                        .read(
                                SiteFileKeys.TENANT,
                                KeyValues.defaults(SiteFileKeys.TENANT, 1),
                                KeyValues.NONE);
        if (keys.find(SiteFileKeys.METHODS).filter(List::isEmpty).isPresent()) {
            problems.error(section.position("methods"), "'methods' names no method");
        }
        return new TenantSettings(
                keys,
                provided.lowered(section, hosting, problems),
                new AccessReader(search, problems).read(section),
                new ErrorPagesReader(search, problems).read(section));
    }

    <V> V get(Key<V> key) {
        return keys.get(key);
    }

    /** The rules for sending its files. */
    FileRules files() {
        return new FileRules(
                keys.find(SiteFileKeys.CACHE_CONTROL),
                get(SiteFileKeys.PRECOMPRESSED),
                get(SiteFileKeys.COMPRESS));
    }

    /** The rules of HTTP for its programs. */
    HttpRules http() {
        return new HttpRules(
                keys.find(SiteFileKeys.METHODS).orElse(List.of()),
                HttpRules.DEFAULT.conditional(),
                HttpRules.DEFAULT.halfClosedTime());
    }
}
