package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentsTest {
    private static List<String> arguments(String target, Optional<String> argv) {
        Route route = RouteTableTest.route("/...");
        return Arguments.of(
                MetaVariablesTest.request("GET", target),
                new Route(
                        route.pattern(),
                        route.module(),
                        route.entrypoint(),
                        argv,
                        route.volumes(),
                        route.environment(),
                        route.limits(),
                        route.position()));
    }

    @ParameterizedTest
    @CsvSource({
        "/foo,            /foo",
        "/foo?,           /foo|",
        "/foo?a=1&b,      /foo|a=1|b",
        "/foo?a=1&&b,     /foo|a=1||b",
        "/foo?a%20b+c,    /foo|a%20b+c",
    })
    void withoutATemplateTheyArePathAndQuery(String target, String expected) {
        assertThat(arguments(target, Optional.empty())).containsExactly(expected.split("\\|", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "python /code/env.py ${ARGS}, /x?a&b,  python|/code/env.py|a|b",
        "python /code/env.py ${ARGS}, /x,      python|/code/env.py",
        "${SCRIPT_NAME} -v ${SCRIPT_NAME}, /x, /x|-v|/x",
        "${script_name} ${args},      /x?a,    /x|a",
        "fixed,                       /x?a,    fixed",
    })
    void aTemplateFixesThem(String template, String target, String expected) {
        assertThat(arguments(target, Optional.of(template)))
                .containsExactly(expected.split("\\|", -1));
    }
}
