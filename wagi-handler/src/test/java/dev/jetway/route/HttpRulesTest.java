package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRulesTest {
    private static HttpRules of(String methods) {
        List<String> list = methods.isEmpty() ? List.of() : List.of(methods.split(" "));
        return new HttpRules(list, true, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        // methods of the route, method of the request, whether the request reaches the program
        "'',         GET,      true",
        "'',         PROPFIND, true",
        "'',         get,      true",
        "'',         TRACE,    false",
        "'',         trace,    false",
        "'',         Trace,    false",
        "GET,        GET,      true",
        "GET,        HEAD,     true",
        "GET,        get,      false",
        "GET,        POST,     false",
        "GET,        TRACE,    false",
        "HEAD,       GET,      false",
        "TRACE,      TRACE,    true",
        "TRACE,      trace,    false",
        "PROPFIND,   PROPFIND, true",
        "PROPFIND,   OPTIONS,  false",
    })
    void aMethodReachesTheProgramOfItsRoute(String methods, String method, boolean reaches) {
        assertThat(of(methods).allows(method)).isEqualTo(reaches);
    }

    @ParameterizedTest
    @CsvSource({
        "'',            'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'",
        "GET,           'GET, HEAD'",
        "HEAD GET,      'HEAD, GET'",
        "POST GET PUT,  'POST, GET, HEAD, PUT'",
        "GET POST GET,  'GET, HEAD, POST'",
        "PROPFIND,      PROPFIND",
    })
    void allowNamesEachMethodOnce(String methods, String allow) {
        assertThat(of(methods).allow()).isEqualTo(allow);
    }

    @Test
    void aMethodHasAtMostSixtyFourCharacters() {
        assertThat(HttpRules.method("M".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> HttpRules.method("M".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PROPFIND", "M-SEARCH", "purge", "a!#$%&'*+.^_`|~9"})
    void aMethodIsAToken(String method) {
        assertThat(HttpRules.method(method)).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "GET ", "G:ET", "G/ET", "GÉT", "GET\n", "\"GET\"", "CONNECT"})
    void anyOtherTextIsNotAMethod(String method) {
        assertThatThrownBy(() -> HttpRules.method(method))
                .hasMessageContaining("is not a method like");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Post", "tRACE", "options"})
    void aCommonMethodInAnotherCaseIsAMistake(String method) {
        assertThatThrownBy(() -> HttpRules.method(method))
                .hasMessageContaining("their case counts");
    }
}
