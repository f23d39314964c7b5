package io.clinicalstreams.pipeline.runtime.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** Health is asked for while the watch looks and stream threads restore. */
public final class HealthStress {

    private static final TopicPartition ONE = new TopicPartition("changelog", 0);
    private static final TopicPartition OTHER = new TopicPartition("changelog", 1);

    private HealthStress() {}

    /** The brokers refused the watch, and now they answer. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "no warning any more")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "still the whole warning")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a warning without a sentence")
    @State
    public static class Warnings {

        private final LaneWatch watch = LaneWatchTest.refused();

        @Actor
        public void watch() {
            watch.attempt(LaneWatchTest.answering());
        }

        @Actor
        public void ask(I_Result result) {
            List<String> warnings = watch.warnings();
            // Until it changes, because a look takes much longer than a question.
            for (int times = 0; times < 1_000 && isWhole(warnings); times++) {
                warnings = watch.warnings();
            }
            result.r1 = warnings.isEmpty() ? 0 : isWhole(warnings) ? 1 : -1;
        }

        private static boolean isWhole(List<String> warnings) {
            return !warnings.isEmpty() && warnings.get(0).startsWith("lane ");
        }
    }

    /** A value that has stood still for 5 s is looked at again after 5 more. */
    @JCStressTest
    @Outcome(id = "5", expect = Expect.ACCEPTABLE, desc = "before the look")
    @Outcome(id = "10", expect = Expect.ACCEPTABLE, desc = "after it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "moved in between, though it did not")
    @State
    public static class Standstills {

        private static final Map<TopicPartition, Long> DUE = Map.of(ONE, 7L);

        private final Standstill standstill = new Standstill();

        public Standstills() {
            standstill.look(DUE, Duration.ofSeconds(5));
            standstill.look(DUE, Duration.ofSeconds(5));
        }

        @Actor
        public void look() {
            standstill.look(DUE, Duration.ofSeconds(5));
        }

        @Actor
        public void ask(J_Result result) {
            result.r1 = standstill.longest().toSeconds();
        }
    }

    /** Two stream threads restore; one of them ends. */
    @JCStressTest
    @Outcome(id = "-1, 10", expect = Expect.ACCEPTABLE, desc = "the other still restores")
    @Outcome(expect = Expect.FORBIDDEN, desc = "ready too early, or restoring forever")
    @State
    public static class Restoring {

        private final RestoreProgress progress = new RestoreProgress();

        @Actor
        public void one() {
            progress.onRestoreStart(ONE, "patients", 0, 10);
            progress.onBatchRestored(ONE, "patients", 10, 10);
            progress.onRestoreEnd(ONE, "patients", 10);
        }

        @Actor
        public void other() {
            progress.onRestoreStart(OTHER, "patients", 0, 20);
            progress.onBatchRestored(OTHER, "patients", 10, 10);
        }

        @Arbiter
        public void ask(JJ_Result result) {
            result.r1 = progress.restored().getOrDefault(ONE, -1L);
            result.r2 = progress.restored().getOrDefault(OTHER, -1L);
        }
    }
}
