package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jetway.http.CanonicalPath;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.route.RunModule;
import dev.jetway.route.TestRoute;
import java.util.List;
import java.util.Optional;

/** No query reaches the arguments of a route that does not ask for it. */
final class QueryArgumentsFuzzTest {
    private static final List<String> MODULES = List.of("shop.wasm", "php-cgi.wasm", "perl.wat");
    private static final List<String> TEMPLATES =
            List.of("", "run", "run ${SCRIPT_NAME}", "run ${ARGS}", "run /x.php ${args}");

    @FuzzTest(maxDuration = "10m")
    void onlyARouteThatAsksGetsArgumentsOfTheQuery(FuzzedDataProvider data) {
        String module = data.pickValue(MODULES);
        String template = data.pickValue(TEMPLATES);
        CgiRules rules =
                (data.consumeBoolean() ? CgiRules.WAGI : CgiRules.CGI)
                        .settled(data.consumeBoolean(), false);
        String path = "/x" + data.consumeAsciiString(20).replaceAll("[^!-~]|[?#]", "");
        if (CanonicalPath.of(path).isEmpty()) {
            return;
        }
        String query = data.consumeRemainingAsAsciiString().replaceAll("[^!-~]|#", "");
        RunModule action =
                TestRoute.action(
                        TestRoute.of(
                                "/...",
                                module,
                                template.isEmpty() ? Optional.empty() : Optional.of(template),
                                rules));

        List<String> arguments =
                Arguments.of(MetaVariablesTest.request("GET", path + "?" + query), action);

        assertThat(arguments).isNotEmpty();
        assertThat(arguments).noneMatch(a -> a.chars().anyMatch(Character::isISOControl));
        assertThat(arguments).hasSizeLessThanOrEqualTo(query.length() + 4);
        boolean interpreter = !module.startsWith("shop");
        boolean asked =
                template.isEmpty()
                        ? action.rules().queryArguments()
                        : template.contains("${args}")
                                || (template.contains("ARGS") && !interpreter);
        if (interpreter) {
            assertThat(action.rules().queryArguments()).isFalse();
        }
        if (!asked) {
            assertThat(arguments).hasSize(template.isEmpty() ? 1 : words(template, interpreter));
        }
        if (rules.dialect() == Dialect.CGI && template.isEmpty() && query.contains("=")) {
            assertThat(arguments).hasSize(1);
        }
    }

    private static int words(String template, boolean interpreter) {
        String kept = interpreter ? template.replace(" ${ARGS}", "") : template;
        return kept.split(" ", -1).length;
    }
}
