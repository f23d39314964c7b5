package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.FuzzInput;
import java.util.List;

/**
 * Fuzz targets, one for each type that is read: one to three changes to an example, whatever the fuzzer's bytes choose,
 * compared with HAPI's parser, strict and by default.
 */
final class ReaderFuzz {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final HapiComparison hapi = new HapiComparison();
    private final DefaultParser defaultParser = new DefaultParser();
    private final List<ObjectNode> originals;

    private ReaderFuzz(String type) {
        List<String> examples = Examples.embedded().stream()
                .filter(json -> parse(json).get("resourceType").asText().equals(type))
                .toList();
        assertThat(examples).isNotEmpty();
        // HAPI's model takes seconds to load.
        examples.forEach(hapi::judge);
        originals = examples.stream().map(ReaderFuzz::parse).toList();
    }

    private void run(byte[] data) {
        String mutated = mutated(data);
        String unused = hapi.judge(mutated);
        boolean unusedToo = defaultParser.judge(mutated);
    }

    private String mutated(byte[] data) {
        FuzzInput choices = new FuzzInput(data);
        ObjectNode resource = originals.get(choices.applyAsInt(originals.size()));
        int more = choices.applyAsInt(3);
        Mutation mutation = Mutation.of(resource, choices);
        while (more-- > 0 && mutation.kind() != Mutation.Kind.DUPLICATE) {
            mutation = Mutation.of(parse(mutation.json()), choices);
        }
        return mutation.json();
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static final class OfObservation {

        private static final ReaderFuzz FUZZ = new ReaderFuzz("Observation");

        private OfObservation() {}

        public static void fuzzerTestOneInput(byte[] data) {
            FUZZ.run(data);
        }
    }

    static final class OfMedicationRequest {

        private static final ReaderFuzz FUZZ = new ReaderFuzz("MedicationRequest");

        private OfMedicationRequest() {}

        public static void fuzzerTestOneInput(byte[] data) {
            FUZZ.run(data);
        }
    }

    static final class OfEncounter {

        private static final ReaderFuzz FUZZ = new ReaderFuzz("Encounter");

        private OfEncounter() {}

        public static void fuzzerTestOneInput(byte[] data) {
            FUZZ.run(data);
        }
    }

    static final class OfMedicationKnowledge {

        private static final ReaderFuzz FUZZ = new ReaderFuzz("MedicationKnowledge");

        private OfMedicationKnowledge() {}

        public static void fuzzerTestOneInput(byte[] data) {
            FUZZ.run(data);
        }
    }

    static final class OfPatient {

        private static final ReaderFuzz FUZZ = new ReaderFuzz("Patient");

        private OfPatient() {}

        public static void fuzzerTestOneInput(byte[] data) {
            FUZZ.run(data);
        }
    }
}
