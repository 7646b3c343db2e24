package dev.jetway.servlet;

import dev.jetway.embedding.Programs;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves programs in front of a web application: a request at none of their paths goes on to it.
 * Otherwise as {@link WagiServlet}.
 */
public final class WagiFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Filters of this kind are serializable by inheritance only.
    private final Optional<Programs> given;

    private transient volatile @Nullable ServletPrograms open;

    /** A filter whose init-parameters name the programs: see docs/embedding.md. */
    public WagiFilter() {
        this.given = Optional.empty();
    }

    /** A filter of programs. */
    public WagiFilter(Programs programs) {
        this.given = Optional.of(programs);
    }

    /**
     * Loads the modules.
     *
     * @throws ServletException if an init-parameter is invalid, or a module cannot be run
     */
    @Override
    public void init() throws ServletException {
        open = ServletPrograms.open(given, InitParameters.of(getFilterConfig()));
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletPrograms now = open;
        if (now == null || !now.serve(request, response)) {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void destroy() {
        ServletPrograms now = open;
        open = null;
        if (now != null) {
            now.close();
        }
    }
}
