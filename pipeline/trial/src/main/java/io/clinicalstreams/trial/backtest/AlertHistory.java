package io.clinicalstreams.trial.backtest;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.trial.TrialListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Every transition that one rule set causes, and every reading of an open alert that it suppresses, by patient key. */
final class AlertHistory implements TrialListener {

    private final Map<String, List<AlertEvent>> events = new LinkedHashMap<>();

    @Override
    public void alert(Record<byte[], AlertRecord> alert) {
        note(AlertEvent.of(alert));
    }

    /** An episode counts its suppressed readings; the evaluation itself does not say which rule's they are. */
    @Override
    public void state(byte[] patient, byte @Nullable [] before, byte @Nullable [] after, long at) {
        if (before == null || after == null) {
            return;
        }
        PatientState was = PatientStateCodec.decode(before);
        for (Episode episode : PatientStateCodec.decode(after).episodes()) {
            Episode same = was.episode(episode.alertId());
            int more = same == null ? 0 : episode.suppressed() - same.suppressed();
            for (int i = 0; i < more; i++) {
                note(AlertEvent.suppressed(
                        new String(patient, StandardCharsets.UTF_8), episode, Instant.ofEpochMilli(at)));
            }
        }
    }

    private void note(AlertEvent event) {
        events.computeIfAbsent(event.patient(), patient -> new ArrayList<>()).add(event);
    }

    /** Leaves out the alerts that came after a stay: every stay ends in silence, which is no alert of it. */
    void endStay(String patient, Instant end) {
        List<AlertEvent> theirs = events.getOrDefault(patient, new ArrayList<>());
        Set<String> during = theirs.stream()
                .filter(event -> !event.at().isAfter(end))
                .map(AlertEvent::alertId)
                .collect(Collectors.toSet());
        theirs.removeIf(event -> !during.contains(event.alertId()));
    }

    /** Of one patient, in the order in which they occurred. */
    List<AlertEvent> of(String patient) {
        return events.getOrDefault(patient, List.of());
    }

    /** The transitions of each alert, in order, by its id. */
    Map<String, List<AlertEvent>> byAlert() {
        Map<String, List<AlertEvent>> alerts = new LinkedHashMap<>();
        events.values().stream()
                .flatMap(List::stream)
                .filter(event -> !event.isSuppressed())
                .forEach(event -> alerts.computeIfAbsent(event.alertId(), id -> new ArrayList<>())
                        .add(event));
        return alerts;
    }
}
