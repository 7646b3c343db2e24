package dev.jetway.sandbox;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that swaps the targets of names in a volume, as fast as it can: a directory for links
 * that lead out, a file for links that lead out, the directory for its absence (it is outside
 * meanwhile). Arguments: the folder that holds volume and outside, the number of swaps.
 */
final class VolumeAttacker {
    private final Path folder;
    private final Path volume;

    private VolumeAttacker(Path folder) {
        this.folder = folder;
        this.volume = folder.resolve("volume");
    }

    public static void main(String[] arguments) throws IOException {
        var attacker = new VolumeAttacker(Path.of(arguments[0]));
        int swaps = Integer.parseInt(arguments[1]);
        for (int i = 0; i < swaps; i++) {
            attacker.swap(i);
        }
    }

    /** The last swap restores everything. */
    private void swap(int number) throws IOException {
        switch (number % 4) {
            case 0 -> exchange("d", folder.resolve("outside"));
            case 1 -> exchange("d", Path.of("../outside"));
            case 2 -> exchange("f", Path.of("../outside/secret"));
            default -> {
                move(volume.resolve("d"), folder.resolve("parked/d"));
                move(folder.resolve("parked/d"), volume.resolve("d"));
            }
        }
    }

    /** Replaces a name by a link, and back. */
    private void exchange(String name, Path target) throws IOException {
        Path place = volume.resolve(name);
        Path parked = folder.resolve("parked").resolve(name);
        Path link = folder.resolve("parked/link");
        Files.createSymbolicLink(link, target);
        move(place, parked);
        move(link, place);
        move(place, link);
        Files.delete(link);
        move(parked, place);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    }
}
