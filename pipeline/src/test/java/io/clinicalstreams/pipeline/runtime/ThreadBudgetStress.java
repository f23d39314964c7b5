package io.clinicalstreams.pipeline.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads fail at once, and the budget has one replacement left. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the first is replaced")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the second is replaced")
@Outcome(expect = Expect.FORBIDDEN, desc = "none or both are replaced")
@State
public class ThreadBudgetStress {

    private final ThreadBudget budget = new ThreadBudget(1, Duration.ofMinutes(1), InstantSource.fixed(Instant.EPOCH));

    @Actor
    public void first(ZZ_Result result) {
        result.r1 = budget.take();
    }

    @Actor
    public void second(ZZ_Result result) {
        result.r2 = budget.take();
    }
}
