package dev.jetway.server.program;

import dev.jetway.gateway.ServedFolder;
import dev.jetway.gateway.ServedModule;
import dev.jetway.gateway.ServedRefusal;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.gateway.ServedScript;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.Route;
import dev.jetway.route.RunModule;
import dev.jetway.route.RunScript;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A route of the configuration with the programs of its modules. Immutable.
 *
 * @param route as configured
 * @param programs of its module; for a folder, one for each handler, then one for each program, in
 *     their order
 */
record ConfiguredRoute(Route route, List<ProgramSlot> programs) {
    ConfiguredRoute {
        programs = List.copyOf(programs);
    }

    /**
     * The route with its programs' run-time parts.
     *
     * @param served adds the parts to a program
     */
    ServedRoute served(Function<ProgramSlot, ServedModule> served) {
        return switch (route.action()) {
            case RunModule _ -> served.apply(programs.getFirst());
            case RunScript script -> new ServedScript(script, served.apply(programs.getFirst()));
            case ServeFolder folder ->
                    new ServedFolder(
                            route, folder, scripts(folder, served), programs(folder, served));
            case Refuse refuse -> new ServedRefusal(route, refuse);
        };
    }

    private Map<String, ServedModule> scripts(
            ServeFolder folder, Function<ProgramSlot, ServedModule> served) {
        var scripts = new HashMap<String, ServedModule>();
        for (int i = 0; i < folder.handlers().size(); i++) {
            ScriptHandler handler = folder.handlers().get(i);
            ServedModule module = served.apply(programs.get(i));
            handler.extensions().forEach(extension -> scripts.put(extension, module));
        }
        return scripts;
    }

    private Map<String, ServedModule> programs(
            ServeFolder folder, Function<ProgramSlot, ServedModule> served) {
        var modules = new HashMap<String, ServedModule>();
        int next = folder.handlers().size();
        for (String path : folder.programs().keySet()) {
            modules.put(path, served.apply(programs.get(next++)));
        }
        return modules;
    }
}
