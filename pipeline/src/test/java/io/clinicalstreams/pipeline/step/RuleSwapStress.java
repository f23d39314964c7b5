package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.LaboratoryFlag;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.time.Duration;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/** A set of one rule becomes a set of two while a stream thread evaluates input: it never sees a part of a set. */
@JCStressTest
@Outcome(id = "true, 1, 1", expect = Expect.ACCEPTABLE, desc = "the old set")
@Outcome(id = "true, 1, 2", expect = Expect.ACCEPTABLE, desc = "the old set, then the new one")
@Outcome(id = "true, 2, 2", expect = Expect.ACCEPTABLE, desc = "the new set")
@Outcome(expect = Expect.FORBIDDEN, desc = "no rules, or back to the old set")
@State
public class RuleSwapStress {

    private static final String OWNER = "hospital";
    private static final LaboratoryFlag FIRST = rule("hospital/a");
    private static final LaboratoryFlag SECOND = rule("hospital/b");
    private static final RuleManifest OF_ONE = RuleManifest.of(OWNER, Map.of(FIRST.id(), FIRST.version()));
    private static final RuleManifest OF_BOTH =
            RuleManifest.of(OWNER, Map.of(FIRST.id(), FIRST.version(), SECOND.id(), SECOND.version()));

    private final RuleTable table = new RuleTable();

    public RuleSwapStress() {
        table.put(FIRST.id(), FIRST);
        table.manifest(RuleManifest.keyOf(OWNER), OF_ONE);
    }

    private static LaboratoryFlag rule(String id) {
        return new LaboratoryFlag(
                new RuleDefinition(id, "1", "title", "source", Duration.ofHours(1), Duration.ofHours(1), AgeBand.ANY),
                Map.of(new Coding("urn:s", "HH"), Severity.HIGH));
    }

    @Actor
    public void load() {
        table.put(SECOND.id(), SECOND);
        table.manifest(RuleManifest.keyOf(OWNER), OF_BOTH);
    }

    @Actor
    public void evaluate(ZII_Result result) {
        result.r1 = table.isUsable();
        result.r2 = table.book().size();
        result.r3 = table.size();
    }
}
