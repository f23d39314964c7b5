package io.clinicalstreams.peer.naive;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Raises an alert when a reading meets a limit and none is open, and ends it with the next reading that does not. */
final class RaiseAlerts extends ContextualProcessor<String, String, String, String> {

    /** The store of open alerts, by patient and rule. */
    static final String OPEN = "open-alerts";

    private static final FhirContext FHIR = FhirContext.forR4();

    private final Map<String, List<NaiveLimit>> limits;
    private @Nullable KeyValueStore<String, String> open;

    RaiseAlerts(List<NaiveLimit> limits) {
        this.limits = limits.stream().collect(Collectors.groupingBy(NaiveLimit::code));
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
        super.init(context);
        open = context.getStateStore(OPEN);
    }

    @Override
    public void process(Record<String, String> received) {
        Observation observation;
        try {
            observation = FHIR.newJsonParser().parseResource(Observation.class, received.value());
        } catch (DataFormatException | ClassCastException other) {
            return;
        }
        if (!observation.hasValueQuantity() || !observation.getValueQuantity().hasValue()) {
            return;
        }
        for (Coding coding : observation.getCode().getCoding()) {
            for (NaiveLimit limit : limits.getOrDefault(coding.getCode(), List.of())) {
                if (limit.unit().equals(observation.getValueQuantity().getCode())) {
                    evaluate(limit, observation, received);
                }
            }
        }
    }

    private void evaluate(NaiveLimit limit, Observation observation, Record<String, String> received) {
        KeyValueStore<String, String> alerts = Objects.requireNonNull(open);
        String key = received.key() + '|' + limit.rule();
        boolean isOpen = alerts.get(key) != null;
        boolean isMet = limit.isMetBy(observation.getValueQuantity().getValue());
        if (isMet == isOpen) {
            return;
        }
        alerts.put(key, isMet ? limit.rule() : null);
        DetectedIssue issue = new DetectedIssue();
        issue.setStatus(
                isMet ? DetectedIssue.DetectedIssueStatus.PRELIMINARY : DetectedIssue.DetectedIssueStatus.FINAL);
        issue.getCode().setText(limit.rule());
        issue.setPatient(observation.getSubject());
        issue.setIdentified(DateTimeType.now());
        issue.addImplicated(new Reference(observation.getIdElement().toUnqualifiedVersionless()));
        context().forward(received.withValue(FHIR.newJsonParser().encodeResourceToString(issue)));
    }
}
