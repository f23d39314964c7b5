package io.clinicalstreams.application;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Small FHIR resources, written out so that a test shows what it sends. */
final class Resources {

    private Resources() {}

    /** A potassium result; 7.1 mmol/L is beyond every limit, 4.2 is normal. */
    static String potassium(String id, String patient, String value) {
        return observation(id, patient, "2823-3", value, "mmol/L");
    }

    static String observation(String id, String patient, String loinc, String value, String unit) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final",\
                "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},\
                "subject":{"reference":"%s"},"effectiveDateTime":"%s",\
                "valueQuantity":{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(id, loinc, patient, now(), value, unit, unit);
    }

    /** A transaction with one entry for each resource. */
    static String bundle(List<String> resources) {
        StringBuilder text = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (int i = 0; i < resources.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT, "{\"fullUrl\":\"urn:uuid:00000000-0000-4000-9000-%012d\",\"resource\":", i))
                    .append(resources.get(i))
                    .append(",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}");
        }
        return text.append("]}").toString();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
