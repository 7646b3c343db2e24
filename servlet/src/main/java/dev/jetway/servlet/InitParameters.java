package dev.jetway.servlet;

import dev.jetway.embedding.Dialect;
import dev.jetway.embedding.ProgramRoute;
import dev.jetway.embedding.Programs;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The init-parameters of a servlet or a filter: each whose name begins with a slash is a route and
 * its module, a file of the web application.
 *
 * @param contextPath of the web application
 * @param files the real path of a file of the web application, by its path there
 * @param names of all parameters
 * @param values by name
 */
record InitParameters(
        String contextPath,
        Function<String, @Nullable String> files,
        List<String> names,
        Function<String, String> values) {
    private static final String DIALECT = "dialect";
    private static final String CACHE = "cache";

    static InitParameters of(ServletConfig config) {
        return new InitParameters(
                config.getServletContext().getContextPath(),
                config.getServletContext()::getRealPath,
                list(config.getInitParameterNames()),
                config::getInitParameter);
    }

    static InitParameters of(FilterConfig config) {
        return new InitParameters(
                config.getServletContext().getContextPath(),
                config.getServletContext()::getRealPath,
                list(config.getInitParameterNames()),
                config::getInitParameter);
    }

    private static List<String> list(Enumeration<String> names) {
        return Collections.list(names).stream().sorted().toList();
    }

    /**
     * The programs that the parameters name.
     *
     * @throws ServletException if a parameter is invalid
     */
    Programs programs() throws ServletException {
        Dialect dialect = Dialect.CGI;
        for (String name : names) {
            if (name.equals(DIALECT)) {
                dialect = dialect(values.apply(name));
            } else if (!name.startsWith("/") && !name.equals(CACHE)) {
                throw new ServletException(
                        "the init-parameter '%s' is not known: known are '%s', '%s' and the paths of"
                                        .formatted(name, DIALECT, CACHE)
                                + " programs, which begin with '/'");
            }
        }
        Programs programs = programs(dialect);
        return names.contains(CACHE)
                ? programs.withCache(file(CACHE, values.apply(CACHE)))
                : programs;
    }

    private Programs programs(Dialect dialect) throws ServletException {
        var routes = new ArrayList<ProgramRoute>();
        for (String name : names.stream().filter(n -> n.startsWith("/")).toList()) {
            try {
                routes.add(ProgramRoute.of(name, file(name, values.apply(name))).with(dialect));
            } catch (IllegalArgumentException e) {
                throw new ServletException(
                        "the init-parameter '%s': %s".formatted(name, e.getMessage()), e);
            }
        }
        if (routes.isEmpty()) {
            throw new ServletException(
                    "no init-parameter names a program: name=\"/hello\" with"
                            + " value=\"WEB-INF/hello.wasm\" does");
        }
        return programs(routes);
    }

    private static Programs programs(List<ProgramRoute> routes) throws ServletException {
        try {
            return Programs.of(routes);
        } catch (IllegalArgumentException e) {
            throw new ServletException("the init-parameters: " + e.getMessage(), e);
        }
    }

    private static Dialect dialect(String text) throws ServletException {
        return switch (text) {
            case "cgi" -> Dialect.CGI;
            case "wagi" -> Dialect.WAGI;
            default ->
                    throw new ServletException(
                            "the init-parameter '%s' is \"cgi\" or \"wagi\", not \"%s\""
                                    .formatted(DIALECT, text));
        };
    }

    private Path file(String name, String value) throws ServletException {
        String real = files.apply(value.startsWith("/") ? value : "/" + value);
        if (real == null) {
            throw new ServletException(
                    "the init-parameter '%s': \"%s\" is not a file of the web application; an"
                                    .formatted(name, value)
                            + " application in an archive must be unpacked");
        }
        return Path.of(real);
    }
}
