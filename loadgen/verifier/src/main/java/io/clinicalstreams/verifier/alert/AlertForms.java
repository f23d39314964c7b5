package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The final form of each alert, by its id.
 *
 * @param byId a tombstone only deletes an ended alert, which {@link EveryAlertOnce} checks: the form before it remains
 *     the final one
 */
public record AlertForms(Map<String, AlertForm> byId) {

    public AlertForms {
        byId = Map.copyOf(byId);
    }

    /** Reads the topic of current alerts. */
    public static AlertForms current(TopicSource source, VerifiedTopics topics, Mark from) {
        Map<String, AlertForm> byId = new HashMap<>();
        source.read(topics.alertsCurrent(), from, record -> {
            AlertForm form = record.value() == null ? null : AlertForm.read(record.value());
            if (form != null) {
                byId.put(form.id(), form);
            }
        });
        return new AlertForms(byId);
    }

    public AlertCounts counts() {
        Collection<AlertForm> forms = byId.values();
        return new AlertCounts(
                forms.size(),
                forms.stream().mapToLong(AlertForm::escalations).sum(),
                ended("resolved"),
                ended("retracted"));
    }

    private long ended(String transition) {
        return byId.values().stream()
                .filter(form -> form.transition().equals(transition))
                .count();
    }
}
