package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import java.util.function.Consumer;

/**
 * One pass of a request through the pipeline, from stage to stage.
 *
 * @param attempt the request
 * @param completion its end
 * @param again serves the request that this one leads to
 */
record Pass(Attempt attempt, RequestCompletion completion, Consumer<Attempt> again) {
    Exchange exchange() {
        return attempt.exchange();
    }

    /** The request has its answer, without a guest. */
    void answered(Step step) {
        completion.end(step).ifPresent(again);
    }

    /** The request is not answered by its route. */
    void failed(Failure failure) {
        completion.end(new Step.Failed(failure)).ifPresent(again);
    }
}
