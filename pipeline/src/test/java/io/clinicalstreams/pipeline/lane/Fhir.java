package io.clinicalstreams.pipeline.lane;

import java.nio.charset.StandardCharsets;

/** Small FHIR resources for tests, as bytes. */
final class Fhir {

    private Fhir() {}

    static byte[] potassium(String id, String patient, String value, String effective) {
        return bytes("""
                {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"2823-3"}]},"subject":{"reference":"%s"},"effectiveDateTime":"%s","valueQuantity":{"value":%s,\
                "unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}""".formatted(id, patient, effective, value));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
