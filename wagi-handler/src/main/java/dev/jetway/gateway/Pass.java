package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import java.util.function.Consumer;

/**
 * One pass of a request through the stages of the pipeline.
 *
 * @param attempt the request
 * @param completion ends the pass
 * @param again serves the request that this one causes
 */
record Pass(Attempt attempt, RequestCompletion completion, Consumer<Attempt> again) {
    Exchange exchange() {
        return attempt.exchange();
    }

    /** Ends the pass with an answer that no guest has given. */
    void answered(Step step) {
        completion.end(step).ifPresent(again);
    }

    /** Ends the pass with a failure. */
    void failed(Failure failure) {
        completion.end(new Step.Failed(failure)).ifPresent(again);
    }
}
