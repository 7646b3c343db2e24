package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.files.Lookup;
import dev.jetway.files.RecentFiles;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.ResponseHead;
import dev.jetway.route.RouteMatch;
import dev.jetway.route.ScriptFile;
import dev.jetway.sandbox.file.ErrnoException;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests of routes that serve folders: sends files and runs scripts by their handlers.
 * Safe to share between threads.
 */
final class FolderHandler {
    /** The methods of a file (RFC 9110 §9.3). */
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    private final ModuleHandler modules;
    private final RecentFiles recent = new RecentFiles();

    FolderHandler(ModuleHandler modules) {
        this.modules = modules;
    }

    /**
     * Answers after a look-up in the folder: on this thread if that waits for no disk, or on a
     * guest's thread, which may wait and whose slot a script may use.
     */
    void serve(Pass pass, RouteMatch match, ServedFolder folder) {
        boolean guest = pass.attempt().slot().isPresent();
        long now = System.nanoTime();
        if (guest || recent.isQuick(folder.action(), match.pathInfo(), now)) {
            look(pass, match, folder, now);
        } else {
            pass.exchange().offload(() -> look(pass, match, folder, System.nanoTime()));
        }
    }

    private void look(Pass pass, RouteMatch match, ServedFolder folder, long begin) {
        Lookup found;
        try {
            found = timed(match, folder, pass.exchange().arrived(begin), begin);
        } catch (ErrnoException e) {
            pass.failed(new Failure.HostFault("document root: " + e.errno()));
            return;
        } catch (RuntimeException | Error e) {
            pass.failed(new Failure.HostFault("document root: " + e));
            throw e;
        }
        switch (found) {
            case Lookup.Nothing() -> pass.failed(new Failure.NoRoute());
            case Lookup.Unreadable() -> pass.failed(new Failure.Unreadable());
            case Lookup.Refused(String reason) ->
                    pass.failed(new Failure.ModuleUnavailable(reason));
            case Lookup.FolderWithoutSlash() ->
                    pass.answered(new Step.Answered(toSlash(pass.exchange().head())));
            case Lookup.File file -> file(pass, file);
            case Lookup.Script script -> script(pass, match, folder, script);
            case Lookup.Program program -> program(pass, match, folder, program);
        }
    }

    private Lookup timed(RouteMatch match, ServedFolder folder, long arrived, long begin) {
        String path = match.pathInfo();
        Lookup unchanged = recent.unchanged(folder.action(), path, arrived, begin);
        Lookup found = unchanged == null ? folder.lookup().find(path) : unchanged;
        recent.looked(folder.action(), path, found, begin, System.nanoTime());
        return found;
    }

    /**
     * Redirects to the path with a slash at the end. The path is canonical: it cannot begin with
     * two slashes and name another host.
     */
    private static ResponseHead toSlash(RequestHead head) {
        String target = head.path() + "/" + head.query().map(query -> "?" + query).orElse("");
        return ResponseHead.bodiless(301, new Field("Location", target));
    }

    private static void file(Pass pass, Lookup.File found) {
        switch (pass.exchange().head().method()) {
            case "GET", "HEAD" ->
                    pass.exchange().send(found.file(), pass.exchange().head(), new End(pass));
            case "OPTIONS" ->
                    pass.answered(
                            new Step.Answered(
                                    ResponseHead.bodiless(200, new Field("Allow", ALLOW))));
            default -> pass.failed(new Failure.MethodNotAllowed(ALLOW));
        }
    }

    private void script(Pass pass, RouteMatch match, ServedFolder folder, Lookup.Script script) {
        ServedModule module = folder.scripts().get(script.extension());
        if (module == null) {
            pass.failed(new Failure.HostFault("no module for " + script.handler().name()));
            return;
        }
        var file =
                new ScriptFile(
                        script.guestPath(),
                        Optional.of(folder.action().guestRoot()),
                        match.scriptPath(),
                        script.handler().arguments(script.guestPath()),
                        true);
        run(pass, match.running(file, match.scriptPath() + script.path(), script.info()), module);
    }

    private void program(Pass pass, RouteMatch match, ServedFolder folder, Lookup.Program program) {
        ServedModule module = folder.programs().get(program.file());
        if (module == null) {
            pass.failed(new Failure.HostFault("no module for a program"));
            return;
        }
        var file =
                new ScriptFile(
                        program.guestPath(),
                        Optional.of(folder.action().guestRoot()),
                        match.scriptPath(),
                        List.of(program.name()),
                        false);
        run(pass, match.running(file, match.scriptPath() + program.path(), program.info()), module);
    }

    private void run(Pass pass, RouteMatch match, ServedModule module) {
        RequestHead head = pass.exchange().head();
        Optional<Failure> refused =
                Gateway.wrongMethod(module, head).or(() -> Gateway.count(pass, module));
        if (refused.isPresent()) {
            pass.failed(refused.get());
        } else {
            modules.serve(pass, match, module);
        }
    }

    private record End(Pass pass) implements FileEnd {
        @Override
        public void sent(int status, long bytes) {
            pass.answered(new Step.Sent(status, bytes));
        }

        @Override
        public void failed(Failure failure, long bytes) {
            pass.completion().sent(bytes);
            pass.failed(failure);
        }
    }
}
