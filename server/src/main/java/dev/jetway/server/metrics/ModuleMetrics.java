package dev.jetway.server.metrics;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheStatistics;
import java.util.function.ToDoubleFunction;

/** Metrics of the module cache. */
public final class ModuleMetrics {
    private ModuleMetrics() {}

    public static void register(ModuleCache modules, Metrics metrics) {
        counter(metrics, modules, "memory_hits", "Loads from memory.", s -> s.memoryHits());
        counter(metrics, modules, "disk_loads", "Loads from disk.", s -> s.diskLoads());
        counter(metrics, modules, "compilations", "Modules compiled.", s -> s.compilations());
        counter(metrics, modules, "failures", "Modules that did not load.", s -> s.failures());
        counter(metrics, modules, "evictions", "Modules that left memory.", s -> s.evictions());
        counter(
                metrics,
                modules,
                "compilation_seconds",
                "Time spent on compilations.",
                s -> s.compiling().toNanos() / 1e9);
        metrics.gauge("jetway_modules", "Modules in memory.", () -> modules.statistics().modules());
        metrics.gauge(
                "jetway_modules_bytes",
                "Approximate bytes of code and heap of modules in memory.",
                () -> modules.statistics().cost().bytes());
    }

    private static void counter(
            Metrics metrics,
            ModuleCache modules,
            String name,
            String help,
            ToDoubleFunction<ModuleCacheStatistics> value) {
        metrics.counter(
                "jetway_module_" + name, help, () -> value.applyAsDouble(modules.statistics()));
    }
}
