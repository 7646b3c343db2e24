package dev.jetway.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of a document root that are sent, where {@code .php} and {@code .pl} are scripts. */
final class ServedNamesTest {
    private static final Set<String> SCRIPTS = Set.of("php", "pl");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site.toml",
                "SITE.TOML",
                "modules.toml",
                "spin.toml",
                "php.ini",
                "web.config",
                "a.wasm",
                "a.WASM",
                "a.wat",
                "a.wasm.gz",
                "a.php",
                "a.PHP",
                "a.pHp",
                "a.pl",
                "a.phtml",
                "a.php5",
                "a.phar",
                "a.cgi",
                "a.fcgi",
                "a.cgi.1",
                "a.inc",
                "a.php~",
                "a.php.bak",
                "a.php.old",
                "a.php.orig",
                "a.php.save",
                "a.php.swp",
                "a.php.br",
                "a.php.gz",
                "a.php.GZ",
                "a.php.br.gz",
                "a.php.bak.gz",
                "a.php.zip",
                "a.php.",
                "a.php ",
                "a.php..",
                "#a.php#",
                "a.pl~",
                "a.pl.gz",
                "a.pl.tar.gz",
                "a.php.1",
                "a.php.2026-11-26",
                "a.php.new",
                "a.php.off",
                "a.php.1.new",
                "a.php.txt.gz.1.php",
                "a.php_",
                "a.php-old",
                "a.php copy",
                "a.php (1)",
                "a.php,v",
                "a.php.txt~",
                "shop.sqlite-journal",
                "shop.db-wal",
                "dump.sql.1",
                "composer.json",
                "composer.lock",
                "composer.lock.1",
                "auth.json",
                "error_log",
                "debug.log",
                "notes.txt~",
                "notes.bak",
                "dump.sql",
                "dump.sql.gz",
                "shop.sqlite",
                "shop.db",
                ""
            })
    void isPrivate_privateNames_isTrue(String name) {
        assertThat(ServedNames.isPrivate(name, SCRIPTS::contains)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "a.css",
                "a.css.gz",
                "a.css.br",
                "a.js",
                "a.mjs",
                "a.json",
                "a.toml",
                "a.py",
                "a.rb",
                "php",
                "wasm",
                "sql",
                "a.php.txt",
                "a.php.jpg",
                "a.pl.html",
                "a.pl.po",
                "phplist.html",
                "a.phpx.bin",
                "jquery-3.7.1",
                "a.1",
                "package.json",
                "server.log",
                "a - copy.html",
                "README",
                "archive.tar.gz",
                "photo.jpg",
                "site.toml.html",
                "bak",
                "old.html",
                "a~b.html",
                "#a",
                "é.html"
            })
    void isPrivate_publicNames_isFalse(String name) {
        assertThat(ServedNames.isPrivate(name, SCRIPTS::contains)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        ".git, true, true",
        ".env, false, true",
        ".htaccess, false, true",
        ".user.ini, true, true",
        ".well-known, true, false",
        ".well-known, false, true",
        ".Well-Known, true, true",
        "..., true, true",
        "a.b, true, false",
        "'', true, false",
    })
    void isHidden_namesWithADot_isTrue(String name, boolean first, boolean hidden) {
        assertThat(ServedNames.isHidden(name, first)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({"a.php, php", "a.b.PHP, php", "image.jpg, jpg", "a., ''", ".php, php"})
    void extension_isTheTextAfterTheLastDot(String name, String extension) {
        assertThat(ServedNames.extension(name)).hasValue(extension);
    }
}
