package dev.jetway.admission;

import dev.jetway.sandbox.GuestThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread that waits for what happens on the connections of one selector, and runs short guests
 * itself. If a guest runs on, {@link #handOver} starts a successor that takes over the selector;
 * this thread then belongs to its guest and ends after it. Used by itself, except {@link
 * #handOver}.
 *
 * <p>Before it runs a task, the thread is offered the work that another thread could do meanwhile
 * ({@link #offer}), which costs no wake-up as long as nobody has to.
 */
public final class SelectorThread extends Thread {
    /** Run time of guests between two waits for connections; more guests go to other threads. */
    static final Duration TURN = Duration.ofMillis(5);

    /** The states of a selector thread. */
    private enum State {
        /** Serves its selector. */
        SERVING,
        /** Runs a guest; a successor may be started at any time. */
        RUNNING_GUEST,
        /** A successor serves the selector. */
        SUCCEEDED
    }

    private final Runnable selector;
    private final Executor others;

    /** Threads that have a successor and have not ended, of all threads of this selector. */
    private final AtomicInteger succeeded;

    private final AtomicReference<State> state = new AtomicReference<>(State.SERVING);
    private final Object takeOver = new Object();
    private final List<Runnable> atEnd = new ArrayList<>(0);
    private boolean blocks;
    private boolean isOffered;
    private Runnable beforeWait = () -> {};
    private @Nullable Runnable connection;
    private long guestNanos;

    /**
     * A thread for a selector.
     *
     * @param selector serves it until it stops, or until another thread does
     * @param others threads for what else is offered
     */
    public SelectorThread(Runnable selector, Executor others) {
        this(selector, others, new AtomicInteger());
    }

    private SelectorThread(Runnable selector, Executor others, AtomicInteger succeeded) {
        super(null, null, "jetway-selector", GuestThread.STACK);
        this.selector = selector;
        this.others = others;
        this.succeeded = succeeded;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            selector.run();
        } finally {
            if (state.get() == State.SUCCEEDED) {
                succeeded.decrementAndGet();
            }
            leave();
        }
    }

    /** Runs work after this thread has left the connection of its guest. */
    void afterwards(Runnable work) {
        atEnd.add(work);
    }

    private void leave() {
        atEnd.forEach(Runnable::run);
        atEnd.clear();
    }

    /** The thread is about to wait for connections. */
    public void waits() {
        guestNanos = 0;
        begins(true);
    }

    /**
     * The thread has left a task and begins another.
     *
     * @param mayBlock whether the task may wait, for example for a disk
     */
    public void begins(boolean mayBlock) {
        blocks = mayBlock;
        isOffered = false;
        connection = null;
        if (!atEnd.isEmpty()) {
            leave();
        }
    }

    /**
     * Notes work that another thread could do while this one is busy with its task: the selector,
     * then the connection of the task.
     *
     * @return false if this thread must do the work itself: the task may block, or a thread before
     *     has not ended, which would take the selector back
     */
    public boolean offer(Runnable work) {
        if (state.get() == State.SUCCEEDED) {
            return work.equals(selector) && begin();
        }
        if (blocks || succeeded.get() > 0) {
            return false;
        }
        if (work.equals(selector)) {
            isOffered = true;
            connection = null;
        } else if (isOffered) {
            connection = work;
        }
        return isOffered;
    }

    /**
     * Starts a successor for a thread that has one, but has come back to the selector before it.
     */
    private boolean begin() {
        successor().start();
        return true;
    }

    private SelectorThread successor() {
        return new SelectorThread(selector, others, succeeded);
    }

    /**
     * To be called before a wait that others must not wait for too. Does nothing on threads that do
     * not run a guest on behalf of a selector.
     */
    public static void beforeWait() {
        if (Thread.currentThread() instanceof SelectorThread own) {
            own.beforeWait.run();
        }
    }

    /**
     * Begins to run a guest, if a successor can be started meanwhile and it is no other's turn.
     *
     * @param waits called by the thread before the guest waits
     */
    boolean beginGuest(Runnable waits) {
        if (!isOffered || guestNanos >= TURN.toNanos() || state.get() != State.SERVING) {
            return false;
        }
        beforeWait = waits;
        state.set(State.RUNNING_GUEST);
        return true;
    }

    /**
     * The guest has ended.
     *
     * @param nanos its run time
     */
    void endGuest(long nanos) {
        beforeWait = () -> {};
        guestNanos += nanos;
        if (!state.compareAndSet(State.RUNNING_GUEST, State.SERVING)) {
            // The start of the successor may be under way, and may fail.
            synchronized (takeOver) {
                var _ = state.compareAndSet(State.RUNNING_GUEST, State.SERVING);
            }
        }
    }

    /**
     * Starts a successor if the thread runs a guest now. Called by any thread.
     *
     * @return whether the thread belongs to its guest since now
     * @throws OutOfMemoryError if there is no thread; the call may be repeated
     */
    boolean handOver() {
        synchronized (takeOver) {
            if (!state.compareAndSet(State.RUNNING_GUEST, State.SUCCEEDED)) {
                return false;
            }
            succeeded.incrementAndGet();
            boolean started = false;
            try {
                successor().start();
                started = true;
            } finally {
                if (!started) {
                    succeeded.decrementAndGet();
                    state.set(State.RUNNING_GUEST);
                }
            }
            resume(connection);
            return true;
        }
    }

    /** Whether a successor serves the selector. Called by any thread. */
    boolean hasSuccessor() {
        return state.get() == State.SUCCEEDED;
    }

    private void resume(@Nullable Runnable work) {
        if (work == null) {
            return;
        }
        try {
            others.execute(work);
        } catch (RejectedExecutionException e) {
            // The server stops: the connection is closed.
            return;
        }
    }
}
