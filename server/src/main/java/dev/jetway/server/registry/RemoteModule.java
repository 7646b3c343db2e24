package dev.jetway.server.registry;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.module.source.ModuleVersion;
import dev.jetway.server.registry.http.RegistryException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A module on another machine. Pulled once, when it is loaded first; then read from the folder of
 * pulled modules, without the other machine. Immutable.
 *
 * @param place of the module
 * @param settings of the operator
 */
public record RemoteModule(RemotePlace place, RegistrySettings settings)
        implements ModuleReference {
    private static final ModuleVersion NEVER = new ModuleVersion("never pulled");

    @Override
    public String name() {
        return place.name();
    }

    /** The folder of pulled modules, if there is one. */
    private Optional<PullCache> cache() {
        return settings.cache().map(folder -> new PullCache(folder, settings.cacheSize()));
    }

    /** The record of what was pulled last. */
    public Optional<PullRecord> record() {
        return cache().flatMap(cache -> cache.record(place));
    }

    /** The digest of the content that is run, if it is known. */
    private Optional<Digest> content(PullCache cache) {
        return switch (place) {
            case OciPlace _ -> cache.record(place).map(PullRecord::module);
            case FilePlace file -> Optional.of(file.digest());
        };
    }

    @Override
    public boolean isLocal() {
        return cache().filter(cache -> content(cache).filter(cache::has).isPresent()).isPresent();
    }

    /** The stamp of the record. */
    @Override
    public ModuleVersion version() {
        return cache().map(cache -> cache.stamp(place))
                .filter(stamp -> stamp.isPresent())
                .map(stamp -> new ModuleVersion(stamp.toString()))
                .orElse(NEVER);
    }

    @Override
    public ModuleBytes fetch(ByteSize limit) throws ModuleException, InterruptedException {
        try {
            Optional<ModuleBytes> kept = kept(limit);
            if (kept.isPresent()) {
                return kept.get();
            }
            return new Puller(settings, InstantSource.system())
                    .pull(wanted(), place, limit)
                    .content();
        } catch (RegistryException e) {
            // Whatever is wrong may be mended there: tried again.
            throw new ModuleException(Reason.UNREADABLE, e.reason());
        }
    }

    private Optional<ModuleBytes> kept(ByteSize limit) {
        return cache().flatMap(cache -> content(cache).flatMap(d -> cache.content(d, limit)));
    }

    /** The place, or the content that was recorded if a moved tag is refused. */
    private RemotePlace wanted() {
        return place instanceof OciPlace oci && settings.movedTags() == MovedTags.REFUSE
                ? record().flatMap(PullRecord::manifest).map(oci::at).orElse(oci)
                : place;
    }
}
