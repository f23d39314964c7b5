package io.clinicalstreams.trial.backtest;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.trial.AlertingTrial;
import io.clinicalstreams.trial.TrialRules;
import io.clinicalstreams.trial.TrialSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule set on recorded stays.
 *
 * @param rules what the user called it
 * @param curve alerts against sensitivity
 * @param differences from the first rule set; empty for the first
 */
record Backtest(
        String rules,
        TrialSummary summary,
        AlertHistory history,
        Measures measures,
        List<YieldCurve.Point> curve,
        List<Difference> differences) {

    /**
     * What all rule sets are tried on.
     *
     * @param files as of {@code InputFiles}
     * @param outcomes null if they are not known: then there is no sensitivity
     * @param hourZero of every stay; null for each stay's first reading
     * @param horizon the time before an onset in which a page foresees it
     */
    record Design(
            Catalogue catalogue,
            List<Path> files,
            @Nullable Outcomes outcomes,
            @Nullable Instant hourZero,
            Duration horizon,
            Instant now) {

        Backtest run(Path rules, @Nullable Backtest first) throws IOException {
            AlertHistory history = new AlertHistory();
            AlertingTrial trial = new AlertingTrial(catalogue, TrialRules.of(List.of(rules)), now, history);
            TrialSummary summary = trial.takeAll(files, () -> false);
            List<Stay> stays = stays(trial.patients(), history);
            return new Backtest(
                    rules.toString(),
                    summary,
                    history,
                    Measures.of(stays, horizon),
                    YieldCurve.of(stays, horizon),
                    first == null ? List.of() : Difference.between(first.history, history));
        }

        /** Of patients with an outcome and a reading; of all patients with a reading if outcomes are not known. */
        private List<Stay> stays(Map<PatientKey, AlertingTrial.Span> patients, AlertHistory history) {
            List<Stay> stays = new ArrayList<>();
            patients.forEach((patient, span) -> {
                String key = patient.reference();
                Outcomes.Outcome known =
                        outcomes == null ? null : outcomes.byPatient().get(key);
                Outcomes.Outcome outcome = known == null ? Outcomes.UNKNOWN : known;
                Instant zero = hourZero == null ? span.first() : hourZero;
                double days = outcome.days(Duration.between(span.first(), span.last()));
                Instant end = zero.plusMillis(Math.round(days * 86_400_000));
                history.endStay(key, end.isBefore(span.last()) ? span.last() : end);
                if (outcomes == null || known != null) {
                    stays.add(Stay.of(days, outcome.onset(zero), history.of(key)));
                }
            });
            return stays;
        }
    }

    /** How many alerts differ from the first rule set, in one way. */
    long count(Difference.Kind kind) {
        return differences.stream()
                .filter(difference -> difference.kind() == kind)
                .count();
    }
}
