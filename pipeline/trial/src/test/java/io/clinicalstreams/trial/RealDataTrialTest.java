package io.clinicalstreams.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.replay.InputFiles;
import io.clinicalstreams.pipeline.ledger.Accounting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real data is evaluated without an unexplained skip; skipped where it is absent. */
class RealDataTrialTest {

    private static final Path DATA =
            Path.of(System.getProperty("project.root", "../..")).resolve("../shared/data");

    /** Why a reading may be passed over in data that is clean. */
    private static final Set<String> EXPLAINED = Set.of(
            "no-rule", "no-value", "age", "stale", "unit-not-convertible", "unit-missing", "comparator-undecided");

    @Test
    void theSyntheaPatientsAreEvaluatedWhole() throws IOException {
        evaluated(42_351, "synthea-2019/Patient.ndjson.gz", "synthea-2019/Observation.ndjson.gz");
        evaluated(12_697, "synthea-3.3/Patient.ndjson.gz", "synthea-3.3/Observation.ndjson.gz");
    }

    @Test
    void theStaysInIntensiveCareAreEvaluatedWholeAndPageWithinReason() throws IOException {
        TrialSummary summary = evaluated(103_019, "icu-sepsis/stays.ndjson.gz");

        assertThat(summary.patients()).isEqualTo(300);
        assertThat(summary.counts().get(Accounting.ALERTS).get("raised")).isBetween(100L, 10_000L);
    }

    private static TrialSummary evaluated(long observations, String... names) throws IOException {
        List<Path> paths = Arrays.stream(names).map(DATA::resolve).toList();
        Assumptions.assumeTrue(paths.stream().allMatch(Files::isReadable), "no real data next to the project");
        AlertingTrial trial = new AlertingTrial(
                TrialInput.CATALOGUE, TrialRules.of(List.of()), Instant.parse("2026-11-27T00:00:00Z"), alert -> {});
        TrialSummary summary = trial.takeAll(InputFiles.of(paths).paths(), () -> false);
        assertThat(summary.isAccounted()).isTrue();
        assertThat(summary.rejected()).isEmpty();
        assertThat(summary.counts().get(Accounting.EVALUATED)).containsEntry("Observation", observations);
        assertThat(EXPLAINED)
                .containsAll(summary.counts().get(Accounting.NOT_EVALUATED).keySet());
        return summary;
    }
}
