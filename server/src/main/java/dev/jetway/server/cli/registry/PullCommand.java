package dev.jetway.server.cli.registry;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.server.cli.text.ByteSizeText;
import dev.jetway.server.registry.Digest;
import dev.jetway.server.registry.PullRecord;
import dev.jetway.server.registry.Puller;
import dev.jetway.server.registry.RegistrySettings;
import dev.jetway.server.registry.RemoteModule;
import dev.jetway.server.registry.RemotePlace;
import dev.jetway.server.registry.http.RegistryException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code jetway pull}: transfers modules before a server needs them. */
public final class PullCommand {
    private static final int ERROR = 2;

    private final RegistrySettings settings;
    private final PrintWriter out;
    private final PrintWriter err;

    public PullCommand(RegistrySettings settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /**
     * Transfers all modules, even if some fail.
     *
     * @return the exit code: 0 if all are in the folder now
     */
    public int run(List<RemotePlace> places) throws InterruptedException {
        int code = 0;
        for (RemotePlace place : places) {
            try {
                pull(place);
            } catch (RegistryException e) {
                err.printf("jetway: %s: %s%n", place, e.reason());
                code = ERROR;
            }
        }
        out.flush();
        return code;
    }

    private void pull(RemotePlace place) throws RegistryException, InterruptedException {
        Optional<PullRecord> before = new RemoteModule(place, settings).record();
        PullRecord now =
                new Puller(settings, InstantSource.system())
                        .pull(place, ModuleCacheSettings.MODULE_LIMIT)
                        .record();
        out.printf("%s: %s, %s%n", place, ByteSizeText.of(new ByteSize(now.size())), now.module());
        now.manifest().ifPresent(manifest -> out.printf("  manifest %s%n", manifest));
        before.flatMap(PullRecord::manifest)
                .filter(manifest -> !now.manifest().equals(Optional.of(manifest)))
                .ifPresent((Digest moved) -> out.printf("  the tag has moved from %s%n", moved));
    }
}
