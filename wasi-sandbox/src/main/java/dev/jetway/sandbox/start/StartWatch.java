package dev.jetway.sandbox.start;

import dev.jetway.module.memory.GuestWatch;
import dev.jetway.module.memory.LinearMemory;
import dev.jetway.module.resume.GuestStack;
import dev.jetway.module.resume.ResumableCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Watches the start of one guest: which host functions it calls, what it reads of its request, and
 * the files it looks at. Ends the guest where its start ends, before it has an effect. Used by the
 * guest's thread, and by others after its run.
 */
public final class StartWatch implements GuestWatch {
    /** Maximum number of host calls in a start. */
    public static final int CALLS = 10_000;

    /** Maximum number of places with bytes of a request. */
    public static final int CELLS = 256;

    /** Maximum number of looks at files. */
    public static final int LOOKS = 2048;

    /** Maximum number of bytes of the environment that a start may read. */
    public static final int READS = 2048;

    private static final String ENDED = "the guest has ended";
    private static final Set<String> ENVIRONMENT = Set.of("environ_sizes_get", "environ_get");

    private final int entry;
    private final @Nullable StartPoint target;
    private final byte @Nullable [] content;
    private final int volumes;
    private final List<String> calls = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private final List<FileLook> looks = new ArrayList<>();

    /** The bytes of the environment that the guest has read, in any of its copies. */
    private final BitSet environmentRead = new BitSet();

    private final Deque<Frame> frames = new ArrayDeque<>();
    private @Nullable EnvironmentPlace place;
    private final StartPoints points = new StartPoints();

    /** Number of loads and stores until now. */
    private long accesses;

    private boolean prepares = true;
    private boolean young;
    private String reason = ENDED;
    private boolean reached;
    private int timed;
    private long beganAt;
    private long time;

    /** The values of a function on the stack. */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    private record Frame(int function, int site, long[] values) {}

    /**
     * A watch.
     *
     * @param entry the guest's entry point
     * @param volumes how many directories of the guest are volumes, or the root above them; the
     *     others belong to a request
     * @param target ends the guest, which records its stack there; null to find the last point
     * @param content of the environment, in place of that of the run
     */
    public StartWatch(
            int entry, int volumes, @Nullable StartPoint target, byte @Nullable [] content) {
        this.entry = entry;
        this.volumes = volumes;
        this.target = target;
        this.content = content;
    }

    /**
     * A watch of the time until a host function is called, which ends the guest.
     *
     * @param calls number of the call
     */
    public static StartWatch timing(int entry, int volumes, int calls) {
        var watch = new StartWatch(entry, volumes, null, null);
        watch.timed = calls;
        watch.leaveUnprepared();
        return watch;
    }

    /** The guest begins at its entry point, or goes on. */
    public void begin() {
        frames.clear();
        beganAt = System.nanoTime();
    }

    /** Nanoseconds from the beginning to the timed call; 0 if it was not made. */
    public long time() {
        return time;
    }

    /**
     * A host function is about to run.
     *
     * @param name of the function
     * @param early whether it may run in a start
     * @param clean whether the guest has the descriptors that it had at first, and no others
     */
    public void call(String name, boolean early, boolean clean) {
        calls.add(name);
        if (calls.size() == timed) {
            time = System.nanoTime() - beganAt;
            throw end("it was timed");
        }
        if (clean && (target == null || calls.size() == target.calls().size())) {
            note();
        }
        if (ENVIRONMENT.contains(name)) {
            points.environment();
        }
        if (!early) {
            throw end("it calls " + name);
        }
        if (calls.size() > CALLS) {
            throw end("it makes more than " + CALLS + " calls");
        }
    }

    private void note() {
        List<Integer> stack = GuestStack.now(ResumableCode.DEEPEST + 1);
        boolean usable =
                !stack.isEmpty()
                        && stack.getFirst() == entry
                        && stack.size() <= ResumableCode.DEEPEST;
        if (usable) {
            points.add(new StartPoint(calls, stack), accesses);
        }
        if (target != null) {
            reached = usable && points.last().filter(target::equals).isPresent() && isWhole(stack);
            throw end(reached ? "it is where it should be" : "it takes another way each time");
        }
    }

    /** Whether the functions on the stack have all told their values. */
    private boolean isWhole(List<Integer> stack) {
        List<Integer> told = new ArrayList<>();
        frames.descendingIterator().forEachRemaining(frame -> told.add(frame.function()));
        return told.equals(stack.subList(0, stack.size() - 1));
    }

    /** The end of the guest's run. */
    private StartEnd end(String why) {
        reason = why;
        return new StartEnd(why);
    }

    /** The layout of the environment, once and for all. */
    public EnvironmentPlace place(List<byte[]> variables) {
        EnvironmentPlace known = place;
        if (known == null) {
            known = EnvironmentPlace.of(variables);
            if (known == null) {
                throw end("its environment is too large");
            }
            place = known;
        }
        return known;
    }

    /** The bytes to be written for an environment. */
    public byte[] content(List<byte[]> variables) {
        byte[] given = content;
        return given == null ? place(variables).content(variables).orElseThrow() : given;
    }

    /** The environment was written. */
    public void environment(int address) {
        add(new Cell(Cell.Kind.ENVIRONMENT, address, place(List.of()).size(), environmentRead));
    }

    /** A time was written, of eight bytes. */
    public void time(int address, boolean realtime) {
        add(new Cell(realtime ? Cell.Kind.REALTIME : Cell.Kind.MONOTONIC, address, Long.BYTES));
    }

    /** Random bytes were written. */
    public void random(int address, int size) {
        add(new Cell(Cell.Kind.RANDOM, address, size));
    }

    private void add(Cell cell) {
        if (cells.size() >= CELLS) {
            throw end("it asks for more than " + CELLS + " times, random numbers and environments");
        }
        if (cell.size() > 0) {
            cells.add(cell);
        }
    }

    /** A path was looked at, in a directory that the guest has from its start. */
    public void look(FileLook look) {
        if (look.directory() >= volumes) {
            throw end("it looks at a directory of one request");
        }
        if (looks.size() >= LOOKS) {
            throw end("it looks at more than " + LOOKS + " files");
        }
        looks.add(look);
    }

    /** Replaces the looks. */
    public void lookAgain(UnaryOperator<FileLook> again) {
        looks.replaceAll(again);
    }

    /** There is no snapshot although the guest has come to its target. */
    public void refuse(String why) {
        reason = why;
    }

    /** A look was one at something that may change unseen. */
    public StartEnd refused(String why) {
        return end(why);
    }

    /** A look was one at a file that changed a moment ago; later it would be as any other. */
    public StartEnd tooYoung() {
        young = true;
        return end("it looks at a file that has just changed");
    }

    /** Whether the start has ended because a file is too young. */
    public boolean isTooYoung() {
        return young;
    }

    /** Whether the guest has returned, trapped, or exceeded a limit before its start ended. */
    public boolean hasEnded() {
        return reason.equals(ENDED);
    }

    /** Whether the guest is to prepare for a snapshot before it begins. */
    public boolean prepares() {
        return prepares;
    }

    /** Has the guest begin unprepared. */
    public void leaveUnprepared() {
        prepares = false;
    }

    @Override
    public void read(int address, int size) {
        accesses++;
        if (cells.isEmpty()) {
            return;
        }
        for (Cell cell : cells) {
            if (cell.meets(address, size)) {
                if (cell.kind() != Cell.Kind.ENVIRONMENT) {
                    throw end(
                            cell.kind() == Cell.Kind.RANDOM
                                    ? "it uses random numbers"
                                    : "it looks at a clock");
                }
                cell.markRead(address, size);
                if (cell.read().cardinality() > READS) {
                    throw end("it reads its environment");
                }
            }
        }
    }

    @Override
    public void written(int address, int size) {
        accesses++;
        if (cells.isEmpty()) {
            return;
        }
        for (Cell cell : cells) {
            cell.markWritten(address, size);
        }
    }

    @Override
    public int depth() {
        return frames.size();
    }

    @Override
    public void enter(int depth, int function, int site, long... values) {
        while (frames.size() > depth) {
            frames.pop();
        }
        frames.push(new Frame(function, site, values));
    }

    /** The point that a snapshot is best taken at; empty if there is none. */
    public Optional<StartPoint> point() {
        return points.best();
    }

    /** The reason why the start ended. */
    public String reason() {
        return reason;
    }

    /** Whether the guest has come to its target with its whole stack recorded. */
    public boolean isReached() {
        return reached;
    }

    /** The numbers of the calls on the stack, the first one first. */
    public List<Integer> sites() {
        List<Integer> sites = new ArrayList<>();
        frames.descendingIterator().forEachRemaining(frame -> sites.add(frame.site()));
        return sites;
    }

    /** The values on the stack, of the first function first. */
    public long[][] frames() {
        List<long[]> values = new ArrayList<>();
        frames.descendingIterator().forEachRemaining(frame -> values.add(frame.values()));
        return values.toArray(long[][]::new);
    }

    /** Stops watching and overwrites what belongs to the request, so that it is not kept. */
    public void wipe(LinearMemory memory) {
        memory.watch(null);
        for (Cell cell : cells) {
            cell.live().stream().forEach(i -> memory.writeByte(cell.address() + i, (byte) 0));
        }
    }

    /** The conditions for later runs, and the places of their own values. */
    public RequestPart requestPart(List<byte[]> variables) {
        return new RequestPart(place, variables, List.copyOf(cells), List.copyOf(looks));
    }
}
