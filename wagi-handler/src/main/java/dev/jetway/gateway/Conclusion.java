package dev.jetway.gateway;

import dev.jetway.admission.GuestScheduler;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Limit;
import dev.jetway.http.Field;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.sandbox.RunOutcome;
import dev.jetway.sandbox.RunReport;
import java.util.List;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param report of the run
 * @param output of the guest
 * @param evicted the reason why the server ended the guest, if it did
 */
record Conclusion(RunReport report, CgiOutput output, Optional<Failure> evicted) {
    /**
     * The step after the run.
     *
     * @param body of the request
     * @param head of the request
     */
    Step step(RequestBody body, RequestHead head) {
        Optional<Failure> broken = broken(body);
        if (broken.isPresent()) {
            return new Step.Failed(broken.get());
        }
        if (report.outcome() instanceof RunOutcome.Exited) {
            if (output.localRedirect().isPresent()) {
                return redirect(head, output.localRedirect().get(), output.kept());
            }
            if (output.isUnmet()) {
                return new Step.Failed(new Failure.PreconditionFailed());
            }
            if (output.hasHead() && !output.isShort()) {
                return new Step.Done();
            }
        }
        return new Step.Failed(failure());
    }

    private Optional<Failure> broken(RequestBody body) {
        if (output.isOverLimit()) {
            return Optional.of(new Failure.ResponseTooLarge(output.bodyLimit()));
        }
        return Optional.ofNullable(output.invalid())
                .<Failure>map(Failure.InvalidResponse::new)
                .or(body::failure);
    }

    private Failure failure() {
        return switch (report.outcome()) {
            case RunOutcome.Exited _ when output.isShort() ->
                    new Failure.InvalidResponse("body shorter than its Content-Length");
            case RunOutcome.Exited exited -> new Failure.NoResponse(exited.code());
            case RunOutcome.Trapped trapped -> new Failure.Trapped(reason(trapped));
            case RunOutcome.TimeLimitReached late -> new Failure.TimeLimit(late.limit());
            case RunOutcome.CpuLimitReached busy -> new Failure.CpuLimit(busy.limit());
            case RunOutcome.Cancelled _ -> evicted.orElseGet(Failure.ClientGone::new);
            case RunOutcome.HostMemoryExhausted none ->
                    new Failure.Overloaded(
                            Limit.labelled(none.limit()).orElse(Limit.HOST_MEMORY),
                            "no memory left on the host",
                            GuestScheduler.RETRY_AFTER);
        };
    }

    private String reason(RunOutcome.Trapped trapped) {
        String trap = trapped.reason();
        return report.memoryRefusedBy()
                .map(limit ->
                        trap + " (no more memory than " + report.memory() + ": " + limit + ")")
                .orElse(trap);
    }

    /** Enters the pipeline again with a new request, after a local redirect. */
    private static Step redirect(RequestHead asked, String target, List<Field> kept) {
        int depth = asked.redirection().map(Redirection::depth).orElse(0);
        if (depth >= Redirection.MAX_DEPTH) {
            return invalid("more than " + Redirection.MAX_DEPTH + " local redirects");
        }
        return RequestTarget.parse(target)
                .<Step>map(parsed -> new Step.Again(asked.redirectedTo(parsed, kept)))
                .orElseGet(() -> invalid("a local redirect to above the root"));
    }

    private static Step invalid(String reason) {
        return new Step.Failed(new Failure.InvalidResponse(reason));
    }
}
