package dev.jetway.servlet;

import dev.jetway.embedding.Programs;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves programs in a web application; a request at none of their paths is answered with 404.
 * Paths are below the context path. The container's thread reads the request's body and writes the
 * response; programs run on threads of their own. Safe to share between threads.
 */
public final class WagiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Servlets are serializable by inheritance only.
    private final Optional<Programs> given;

    private transient volatile @Nullable ServletPrograms open;

    /** A servlet whose init-parameters name the programs: see docs/embedding.md. */
    public WagiServlet() {
        this.given = Optional.empty();
    }

    /** A servlet of programs. */
    public WagiServlet(Programs programs) {
        this.given = Optional.of(programs);
    }

    /**
     * Loads the modules.
     *
     * @throws ServletException if an init-parameter is invalid, or a module cannot be run
     */
    @Override
    public void init() throws ServletException {
        open = ServletPrograms.open(given, InitParameters.of(getServletConfig()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ServletPrograms now = open;
        if (now == null || !now.serve(request, response)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
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
