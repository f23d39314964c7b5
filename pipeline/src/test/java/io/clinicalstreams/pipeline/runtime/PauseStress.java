package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.step.LoadRules;
import io.clinicalstreams.pipeline.step.RuleTable;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The rules of one lane are deleted, and those of another come, while both start: in the end the first is paused, the
 * second is not.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "paused without rules only")
@Outcome(expect = Expect.FORBIDDEN, desc = "evaluates without rules, or waits though it has them")
@State
public class PauseStress {

    private static final String ID = "hospital/flag";
    private static final byte[] RULE = """
            {"id":"hospital/flag","version":"1","title":"t","analyte":"a","source":"s","maxAge":"PT1H","coolDown":"PT1H",\
            "kind":"laboratory-flag","levels":{"high":[{"system":"urn:s","code":"HH"}]}}""".getBytes(StandardCharsets.UTF_8);

    private final OneLane deleted = new OneLane();
    private final OneLane loaded = new OneLane();

    public PauseStress() {
        deleted.load(RULE);
    }

    /** A lane that is held back, and the rules that it waits for. */
    private static final class OneLane implements PauseWithoutRules.Pausable {

        private final RuleTable rules = new RuleTable();
        private final LoadRules loading = new LoadRules("rules", rules);
        private final PauseWithoutRules gate = new PauseWithoutRules(this, rules);
        private volatile boolean paused;

        OneLane() {
            gate.holdBack();
        }

        void load(byte[] rule) {
            loading.process(new Record<>(ID, rule, 0));
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        @Override
        public boolean isPaused() {
            return paused;
        }
    }

    @Actor
    public void load() {
        deleted.load(null);
        loaded.load(RULE);
    }

    @Actor
    public void start() {
        deleted.gate.referenceDataLoaded();
        loaded.gate.referenceDataLoaded();
    }

    @Arbiter
    public void afterwards(ZZ_Result result) {
        result.r1 = deleted.isPaused();
        result.r2 = loaded.isPaused();
    }
}
