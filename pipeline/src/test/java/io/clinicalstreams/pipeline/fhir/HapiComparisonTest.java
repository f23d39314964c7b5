package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * HAPI's parser with its strict error handler is the oracle: same verdict, same fields, but for the deliberate
 * differences that the package's documentation lists.
 */
class HapiComparisonTest {

    private final HapiComparison hapi = new HapiComparison();
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void embeddedExamplesAreReadAsHapiReadsThem() {
        Examples.embedded().forEach(hapi::compare);
    }

    /** The name states what the tests need: the build's summary counts the skipped ones. */
    @Nested
    class RealData {

        @Test
        void officialExamplesAreReadAsHapiReadsThem() {
            for (String type : List.of("Observation", "MedicationRequest", "Encounter", "MedicationKnowledge")) {
                Examples.lines("hl7-r4-examples/" + type + ".ndjson").forEach(hapi::compare);
            }
        }

        @Test
        void exportedDataIsReadAsHapiReadsIt() {
            for (String type : List.of("Observation", "MedicationRequest", "Encounter")) {
                List<String> lines = Examples.lines("synthea-3.3/" + type + ".ndjson.gz");
                for (int i = 0; i < lines.size(); i += 7) {
                    hapi.compare(lines.get(i));
                }
            }
        }
    }

    @Test
    void mutatedResourcesAreAcceptedOrRejectedAsByHapiButForTheNamedDifferences() throws JsonProcessingException {
        Random random = new Random(2024);
        List<ObjectNode> originals = new ArrayList<>();
        for (String json : Examples.embedded()) {
            Finding found = hapi.read(json);
            if (found instanceof Finding.Routed || found instanceof Finding.Catalogued) {
                originals.add((ObjectNode) mapper.readTree(json));
            }
        }
        Map<String, Integer> outcomes = new TreeMap<>();
        Map<Mutation.Kind, Integer> kinds = new EnumMap<>(Mutation.Kind.class);
        for (int i = 0; i < 12_000; i++) {
            Mutation mutation = Mutation.of(originals.get(i % originals.size()), random::nextInt);
            outcomes.merge(hapi.judge(mutation.json()), 1, Integer::sum);
            kinds.merge(mutation.kind(), 1, Integer::sum);
        }
        assertThat(kinds).hasSize(Mutation.Kind.values().length);
        assertThat(outcomes.get("same")).isGreaterThan(4_000);
        assertThat(outcomes.get("laxer")).isGreaterThan(2_000);
        assertThat(outcomes.get("format")).isGreaterThan(3_000);
        assertThat(outcomes.get("both reject")).isGreaterThan(100);
    }
}
