package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.route.CgiRules;
import dev.jetway.route.Interpreters;
import dev.jetway.route.TestRoute;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsTest {
    private static final CgiRules ASKED = CgiRules.CGI.settled(true, false);

    private static List<String> arguments(String target, Optional<String> argv) {
        return arguments(target, argv, "x.wasm", CgiRules.WAGI);
    }

    private static List<String> arguments(
            String target, Optional<String> argv, String module, CgiRules rules) {
        return Arguments.of(
                MetaVariablesTest.request("GET", target),
                TestRoute.action(TestRoute.of("/...", module, argv, rules)));
    }

    @ParameterizedTest
    @CsvSource({
        "/foo,            /foo",
        "/foo?,           /foo|",
        "/foo?a=1&b,      /foo|a=1|b",
        "/foo?a=1&&b,     /foo|a=1||b",
        "/foo?a%20b+c,    /foo|a%20b+c",
    })
    void argumentsWithoutATemplateArePathAndQuery(String target, String expected) {
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
    void aTemplateFixesTheArguments(String template, String target, String expected) {
        assertThat(arguments(target, Optional.of(template)))
                .containsExactly(expected.split("\\|", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "/x,               x.wasm",
        "/x?,              x.wasm",
        "/x?a+b%20c,       x.wasm|a|b c",
        "/x?a+b=c,         x.wasm",
        "/x?a%00b,         x.wasm",
        "/x?a+b%0Ac,       x.wasm",
        "/x?-d+allow%3Don, x.wasm|-d|allow=on",
    })
    void inTheCgiDialectAnIndexedQueryBecomesWordsIfAskedFor(String target, String expected) {
        assertThat(arguments(target, Optional.empty(), "x.wasm", ASKED))
                .containsExactly(expected.split("\\|", -1));
        assertThat(arguments(target, Optional.empty(), "x.wasm", CgiRules.CGI))
                .containsExactly("x.wasm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "php-cgi-8.2.0.wasm",
                "perl.wasm",
                "python3.wasm",
                "Ruby.WASM",
                "qjs.wat",
                "my_lua.wasm"
            })
    void anInterpreterNeverGetsAnArgumentFromARequest(String module) {
        String target = "/x?-d+auto_prepend_file=php://input&-d+x";
        String indexed = "/x?-d+auto_prepend_file%3Dphp%3A%2F%2Finput";

        assertThat(arguments(target, Optional.empty(), module, CgiRules.WAGI))
                .containsExactly("/x");
        assertThat(arguments(indexed, Optional.empty(), module, ASKED)).containsExactly(module);
    }

    @Test
    void aPlaceholderInARequestIsNotReplaced() {
        assertThat(
                        arguments(
                                "/x/${ARGS}?-d&a",
                                Optional.of("run ${SCRIPT_NAME}"),
                                "x.wasm",
                                CgiRules.WAGI))
                .containsExactly("run", "/x/$%7BARGS%7D");
    }

    @ParameterizedTest
    @CsvSource({
        "php-cgi ${ARGS}, php-cgi",
        "php-cgi -n ${ARGS} ${args} end, php-cgi|-n|end",
        "/bin/php x${ARGS}, /bin/php",
        "ruby -v /env.rb ${SCRIPT_NAME} ${ARGS}, ruby|-v|/env.rb|/x|-d|a",
        "${SCRIPT_NAME} /env.py ${args}, /x|/env.py|-d|a",
    })
    void anInterpreterGetsTheQueryAfterAScriptOnly(String template, String expected) {
        assertThat(arguments("/x?-d&a", Optional.of(template), "php.wasm", CgiRules.WAGI))
                .containsExactly(expected.split("\\|", -1));
    }

    @ParameterizedTest
    @CsvSource({
        // template, target, arguments of a module, arguments of an interpreter
        "-,                        /x,       /x|,         /x",
        "-,                        /x?,      /x|,         /x",
        "-,                        /x?a=1&b, /x|a=1|b,    /x",
        "-,                        /x?a&&b,  /x|a||b,     /x",
        "${SCRIPT_NAME} ${ARGS},   /x?a=1&b, /x|a=1|b,    /x",
        "'a  b ${ARGS}',           /x,       a||b|,       a|b",
        "'${SCRIPT_NAME} -v /env.rb ${SCRIPT_NAME} ${ARGS}', /x?q, /x|-v|/env.rb|/x|q, /x|-v|/env.rb|/x|q",
    })
    void spinSplitsItsTemplateAtEachSpace(
            String template, String target, String expected, String ofInterpreter) {
        Optional<String> argv = Optional.of(template).filter(t -> !t.equals("-"));

        assertThat(arguments(target, argv, "x.wasm", CgiRules.SPIN))
                .containsExactly(expected.split("\\|", -1));
        assertThat(arguments(target, argv, "php-cgi.wasm", CgiRules.SPIN))
                .containsExactly(ofInterpreter.split("\\|", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"phpinfo.wasm", "shop.wasm", "perlite.wasm", "hello.wasm"})
    void anyOtherModuleIsNotAnInterpreter(String module) {
        assertThat(Interpreters.isOne(module)).isFalse();
    }
}
