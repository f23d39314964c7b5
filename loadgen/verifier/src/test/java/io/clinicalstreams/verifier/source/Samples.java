package io.clinicalstreams.verifier.source;

/** Small valid resources. */
public final class Samples {

    private Samples() {}

    public static String observation(String patient) {
        return """
                {"resourceType":"Observation","id":"o1","status":"final",\
                "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},\
                "subject":{"reference":"%s"},"effectiveDateTime":"2024-01-01T10:00:00Z",\
                "valueQuantity":{"value":4.10,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}""".formatted(patient);
    }

    public static String medicationRequest(String patient) {
        return """
                {"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",\
                "medicationCodeableConcept":{"text":"digoxin"},"subject":{"reference":"%s"}}""".formatted(patient);
    }

    public static String encounter(String patient) {
        return """
                {"resourceType":"Encounter","id":"e1","status":"finished",\
                "class":{"code":"AMB"},"subject":{"reference":"%s"}}""".formatted(patient);
    }

    /** A product of RxNorm. */
    public static String medicationKnowledge(String code) {
        return """
                {"resourceType":"MedicationKnowledge","code":{"coding":[\
                {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"%s"}]}}""".formatted(code);
    }

    public static String patient(String id) {
        return """
                {"resourceType":"Patient","id":"%s"}""".formatted(id);
    }

    /** A Bundle of these resources, each with a fullUrl {@code urn:uuid:<index>}. */
    public static String bundle(String type, String... resources) {
        StringBuilder json =
                new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[".formatted(type));
        for (int i = 0; i < resources.length; i++) {
            json.append(i == 0 ? "" : " , ")
                    .append("{\"fullUrl\":\"urn:uuid:%d\",\"resource\": %s }".formatted(i, resources[i]));
        }
        return json.append("]}").toString();
    }
}
