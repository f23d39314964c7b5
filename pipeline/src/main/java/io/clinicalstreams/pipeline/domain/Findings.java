package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the results of an evaluation. */
final class Findings {

    private PatientState state;
    private final List<Alert> alerts = new ArrayList<>(0);
    private final List<Unevaluated> notEvaluated = new ArrayList<>(0);
    private final List<Suppressed> suppressed = new ArrayList<>(0);
    private final List<MergeEvent> merges = new ArrayList<>(0);
    private @Nullable Forward forward;

    Findings(PatientState state) {
        this.state = state;
    }

    PatientState state() {
        return state;
    }

    void keep(PatientState changed) {
        state = changed;
    }

    void keep(Episode changed) {
        state = state.with(changed);
    }

    void alert(Alert alert) {
        keep(alert.episode());
        alerts.add(alert);
    }

    /** Whether a transition of the alert was found. */
    boolean hasAlert(String alertId) {
        return alerts.stream().anyMatch(alert -> alert.alertId().equals(alertId));
    }

    boolean hasAlerts() {
        return !alerts.isEmpty();
    }

    void notEvaluated(Unevaluated measurement) {
        notEvaluated.add(measurement);
    }

    void suppressed(Suppressed reason) {
        suppressed.add(reason);
    }

    void merge(MergeEvent event) {
        merges.add(event);
    }

    void forward(Forward further) {
        forward = further;
    }

    Evaluation evaluation() {
        return new Evaluation(state, alerts, notEvaluated, suppressed, merges, forward);
    }
}
