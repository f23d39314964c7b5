package io.clinicalstreams.pipeline.fhir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Observations in the shape that exporters write: 831 bytes on average, most with one quantity, some with components. */
final class RealisticObservations {

    private static final String[][] MEASUREMENTS = {
        {"laboratory", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", "6.39"},
        {"vital-signs", "8302-2", "Body Height", "cm", "176.35499866729558"},
        {"vital-signs", "8867-4", "Heart rate", "/min", "78"},
        {"laboratory", "2339-0", "Glucose [Mass/volume] in Blood", "mg/dL", "92.66"},
        {"laboratory", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "mmol/L", "4.10"},
        {"survey", "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "{score}", "2"}
    };

    private static final String FRAME = """
            {"resourceType":"Observation","id":"%s","meta":{"profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab"]},\
            "status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",\
            "code":"%s","display":"%s"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"%s","display":"%s"}],"text":"%s"},\
            "subject":{"reference":"urn:uuid:%s"},"encounter":{"reference":"urn:uuid:%s"},\
            "effectiveDateTime":"2017-08-%02dT10:35:05+00:00","issued":"2017-08-%02dT10:35:05.716+00:00",%s}""";

    private RealisticObservations() {}

    static List<byte[]> of(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] m = MEASUREMENTS[random.nextInt(MEASUREMENTS.length)];
            int day = 1 + random.nextInt(28);
            String value = random.nextInt(20) == 0
                    ? "\"component\":[" + component("8462-4", "Diastolic Blood Pressure") + ","
                            + component("8480-6", "Systolic Blood Pressure") + "]"
                    : "\"valueQuantity\":" + quantity(m[4], m[3]);
            String json = String.format(
                    Locale.ROOT,
                    FRAME,
                    id(random),
                    m[0],
                    m[0],
                    m[1],
                    m[2],
                    m[2],
                    id(random),
                    id(random),
                    day,
                    day,
                    value);
            all.add(json.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    private static String component(String code, String display) {
        return "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" + code + "\",\"display\":\""
                + display + "\"}],\"text\":\"" + display + "\"},\"valueQuantity\":" + quantity("81", "mm[Hg]") + "}";
    }

    private static String quantity(String value, String unit) {
        return "{\"value\":" + value + ",\"unit\":\"" + unit + "\",\"system\":\"http://unitsofmeasure.org\",\"code\":\""
                + unit + "\"}";
    }

    private static String id(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
