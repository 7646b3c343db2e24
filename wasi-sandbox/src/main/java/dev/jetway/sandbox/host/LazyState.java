package dev.jetway.sandbox.host;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service for the run of the calling thread, opened by the run's first call: a run
 * without a call opens and closes nothing. Safe to share between threads.
 *
 * @param <S> the state of one run
 */
public final class LazyState<S> {
    private final ScopedValue<Opening<S>> current = ScopedValue.newInstance();
    private final Function<HostContext, S> opener;
    private final Consumer<S> closer;

    /**
     * State that is opened and closed like this.
     *
     * @param closer not called if the opener has thrown
     */
    public LazyState(Function<HostContext, S> opener, Consumer<S> closer) {
        this.opener = opener;
        this.closer = closer;
    }

    /** Begins a run whose state is not open yet. */
    public HostRun begin(HostContext guest) {
        return new Opening<>(this, guest);
    }

    /**
     * The state of this thread's run, open from here on.
     *
     * @throws java.util.NoSuchElementException outside of a run
     */
    public S get() {
        return current.get().state();
    }

    private static final class Opening<S> implements HostRun {
        private final LazyState<S> service;
        private final HostContext guest;
        private @Nullable S state;

        Opening(LazyState<S> service, HostContext guest) {
            this.service = service;
            this.guest = guest;
        }

        S state() {
            S open = state;
            if (open == null) {
                open = service.opener.apply(guest);
                state = open;
            }
            return open;
        }

        @Override
        public <T> T run(Supplier<T> run) {
            return ScopedValue.where(service.current, this).call(run::get);
        }

        @Override
        public void close() {
            S open = state;
            if (open != null) {
                state = null;
                service.closer.accept(open);
            }
        }
    }
}
