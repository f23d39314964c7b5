package io.clinicalstreams.verifier.alert;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.util.Map;

/** Alerts as the pipeline would write them. */
final class Alerts {

    static final String ID = "0123456789abcdef0123456789abcdef";

    private Alerts() {}

    static String json(String id, int version, String transition, String severity, int escalations) {
        return """
                {"resourceType":"DetectedIssue","id":"%s","meta":{"versionId":"%d"},"extension":[\
                {"url":"https://clinical-streams.io/fhir/rule","valueString":"curated/potassium-high"},\
                {"url":"https://clinical-streams.io/fhir/transition","valueCode":"%s"},\
                {"url":"https://clinical-streams.io/fhir/escalations","valueInteger":%d}],\
                "status":"final","severity":"%s"}""".formatted(id, version, transition, escalations, severity);
    }

    static void generate(MemoryTopics topics, String patient, String json) {
        write(topics, MemoryTopics.verified().alertsGenerated(), patient, json);
    }

    static void keep(MemoryTopics topics, String id, String json) {
        write(topics, MemoryTopics.verified().alertsCurrent(), id, json);
    }

    private static void write(MemoryTopics topics, VerifiedTopic topic, String key, String json) {
        Coordinates origin = Coordinates.ofRecord("test.clinical.resource.received", 0, 0);
        topics.output(topic, key, bytes(json), origin, Map.of());
    }
}
