package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.source.MemoryTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real lanes and the verifier agree about flagged results, also if the versions of an Observation have different
 * codes, values and components, and come without a key.
 */
class FlagsInMemoryTest {

    private static final int RESULTS = 1_200;
    private static final int PATIENTS = 40;
    private static final List<String> CODES = List.of("10839-9", "600-7", "2823-3");
    private static final List<String> FLAGS = List.of("", "", "N", "H", "HH", "LL", "AA");
    private static final List<String> STATUSES =
            List.of("final", "final", "final", "final", "preliminary", "corrected", "registered", "entered-in-error");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 12})
    void theVerifierExpectsWhatTheLanesDo(long seed) {
        Random random = new Random(seed);
        List<Generated> input = new ArrayList<>();
        for (int i = 0; i < RESULTS; i++) {
            input.add(result(i, random));
        }

        RunVerdict verdict = LanesInMemory.run(input, null).verdict();

        assertThat(verdict.broken()).isEmpty();
        long raised = verdict.alerts().raised();
        assertThat(raised).isGreaterThan(100);
        assertThat(Objects.requireNonNull(verdict.due()).demanded())
                .as("judged, not only tolerated")
                .isGreaterThan(raised * 7 / 10);
    }

    private static Generated result(int number, Random random) {
        Instant at = LanesInMemory.START.plusMillis(100L * number);
        int id = random.nextInt(4) == 0 ? number - random.nextInt(Math.min(number + 1, 40)) : number;
        // Now and then filed under another patient.
        int patient = random.nextInt(20) == 0 ? random.nextInt(PATIENTS) : id % PATIENTS;
        String value =
                switch (random.nextInt(6)) {
                    case 0 -> "'valueString':'seen'";
                    case 1 ->
                        "'component':[{'code':{'coding':[{'system':'http://loinc.org','code':'1975-2'}]}"
                                + interpretation(random) + "}]";
                    default ->
                        "'valueQuantity':{'value':" + (random.nextInt(3) == 0 ? "7.1" : "4.2")
                                + ",'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}";
                };
        String meta = random.nextInt(3) == 0 ? "'meta':{'versionId':'" + random.nextInt(3) + "'}," : "";
        String resource =
                "{'resourceType':'Observation','id':'f-" + id + "'," + meta + "'status':'" + one(STATUSES, random)
                        + "','code':{'coding':[{'system':'http://loinc.org','code':'" + one(CODES, random)
                        + "'}]},'subject':{'reference':'Patient/" + patient + "'},'effectiveDateTime':'"
                        + at.minusSeconds(random.nextInt(60)) + "'," + value + interpretation(random) + "}";
        String key = random.nextInt(50) == 0 ? null : "Patient/" + patient;
        return generated(key, resource, at);
    }

    private static Generated generated(@Nullable String key, String resource, Instant at) {
        byte[] value = MemoryTopics.bytes(resource.replace('\'', '"'));
        byte[] bytes = key == null ? null : MemoryTopics.bytes(key);
        return new Generated(
                new Outgoing(bytes, value, null, 1),
                at,
                Generated.Kind.BUNDLE,
                key == null ? Generated.Keying.NO_KEY : Generated.Keying.RIGHT,
                false,
                null);
    }

    private static String interpretation(Random random) {
        String flag = one(FLAGS, random);
        String system = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
        return flag.isEmpty()
                ? ""
                : ",'interpretation':[{'coding':[{'system':'%s','code':'%s'}]}]".formatted(system, flag);
    }

    private static String one(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
