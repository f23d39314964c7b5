package io.clinicalstreams.loadgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.scenario.Scenario;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MalformedInputTest {

    private static final Scenario ONLY_BAD = GeneratorTest.scenario(13, 50, 0, 1, 0, 0);
    private static final int KINDS = Malformation.values().length;
    private static final Map<Malformation, Generated> FIRST_ROUND = new EnumMap<>(Malformation.class);

    private final ObjectMapper json = new ObjectMapper();

    @BeforeAll
    static void generate() {
        GeneratorTest.generate(ONLY_BAD, KINDS)
                .forEach(record -> FIRST_ROUND.put(Objects.requireNonNull(record.malformation()), record));
    }

    @Test
    void cyclesOverAllMalformedInputs() {
        assertThat(FIRST_ROUND.keySet()).containsExactlyInAnyOrder(Malformation.values());
        assertThat(GeneratorTest.generate(ONLY_BAD, 10 * KINDS))
                .filteredOn(record -> record.malformation() == Malformation.HUGE_STRING)
                .as("three megabytes are rare")
                .hasSize(1);
    }

    @Test
    void leavesNothingOfTheTemplateUnfilled() {
        List<String> marks = Arrays.stream(Slot.values()).map(Slot::mark).toList();
        FIRST_ROUND.values().stream().filter(record -> record.value() != null).forEach(record -> assertThat(marks)
                .noneMatch(mark -> GeneratorTest.text(record).contains(mark)));
    }

    @Test
    void hasNoJson() {
        assertThat(value(Malformation.EMPTY_VALUE)).isEmpty();
        assertThat(of(Malformation.TOMBSTONE).value()).isNull();
        assertThat(isJson(Malformation.NOT_JSON)).isFalse();
        assertThat(isJson(Malformation.BUNDLE_CUT_OFF)).isFalse();
        assertThat(isJson(Malformation.NESTED_TOO_DEEP)).isFalse();
        assertThat(isJson(Malformation.UNIT_NOT_CONVERTIBLE)).isTrue();
    }

    @Test
    void endsInsideACharacter() {
        assertThat(isUtf8(value(Malformation.TRUNCATED_UTF8))).isFalse();
        assertThat(isUtf8(value(Malformation.MISSING_STATUS))).isTrue();
    }

    @Test
    void hasOneDefectEach() throws Exception {
        assertThat(tree(Malformation.JSON_ARRAY).isArray()).isTrue();
        assertThat(tree(Malformation.UNKNOWN_RESOURCE_TYPE).path("resourceType").asText())
                .isEqualTo("Telegram");
        assertThat(tree(Malformation.MISSING_RESOURCE_TYPE).has("resourceType")).isFalse();
        assertThat(GeneratorTest.text(of(Malformation.HUGE_EXPONENT))).contains("\"value\":1E+100000,");
        assertThat(value(Malformation.HUGE_STRING)).hasSizeBetween(3_000_000, 4_194_304 - 10_000);
        assertThat(GeneratorTest.text(of(Malformation.DUPLICATE_KEY)).split("\"status\"", -1))
                .hasSize(3);
        assertThat(tree(Malformation.MISSING_STATUS).has("status")).isFalse();
        assertThat(tree(Malformation.MISSING_CODE).has("code")).isFalse();
        assertThat(tree(Malformation.INVALID_STATUS).path("status").asText()).isEqualTo("finished");
        assertThat(tree(Malformation.NO_PATIENT).has("subject")).isFalse();
        assertThat(tree(Malformation.SUBJECT_IS_A_GROUP)
                        .at("/subject/reference")
                        .asText())
                .isEqualTo("Group/ward");
        assertThat(tree(Malformation.INVALID_DATE).path("effectiveDateTime").asText())
                .isEqualTo("yesterday");
        assertThat(tree(Malformation.VALUE_AND_ABSENT_REASON).has("valueQuantity"))
                .isTrue();
        assertThat(tree(Malformation.VALUE_AND_ABSENT_REASON).has("dataAbsentReason"))
                .isTrue();
        assertThat(tree(Malformation.UNIT_NOT_CONVERTIBLE)
                        .at("/valueQuantity/code")
                        .asText())
                .isEqualTo("[degF]");
    }

    @Test
    void countsTheResourcesOfBundlesThatCanBeSplit() throws Exception {
        for (Malformation bundle : List.of(
                Malformation.BUNDLE_UNRESOLVABLE_REFERENCE,
                Malformation.BUNDLE_ONE_BAD_ENTRY,
                Malformation.BUNDLE_NESTED)) {
            assertThat(of(bundle).resources())
                    .isEqualTo(tree(bundle).path("entry").size());
        }
        assertThat(of(Malformation.BUNDLE_ONE_BAD_ENTRY).resources()).isEqualTo(101);
        assertThat(of(Malformation.BUNDLE_UNSUPPORTED_TYPE).resources()).isEqualTo(1);
        assertThat(tree(Malformation.BUNDLE_UNSUPPORTED_TYPE).path("type").asText())
                .isEqualTo("searchset");
        assertThat(of(Malformation.BUNDLE_CUT_OFF).resources()).isEqualTo(1);
    }

    @Test
    void hasOneInvalidEntryAmongValidOnes() throws Exception {
        int bad = 0;
        for (JsonNode entry : tree(Malformation.BUNDLE_ONE_BAD_ENTRY).path("entry")) {
            bad += entry.path("resource").has("status") ? 0 : 1;
        }
        assertThat(bad).isEqualTo(1);
        assertThat(tree(Malformation.BUNDLE_ONE_BAD_ENTRY)
                        .at("/entry/50/resource")
                        .has("status"))
                .isFalse();
    }

    private static Generated of(Malformation malformation) {
        return Objects.requireNonNull(FIRST_ROUND.get(malformation));
    }

    private static byte[] value(Malformation malformation) {
        return Objects.requireNonNull(of(malformation).value());
    }

    private JsonNode tree(Malformation malformation) throws Exception {
        return json.readTree(value(malformation));
    }

    private boolean isJson(Malformation malformation) {
        try {
            return json.readTree(GeneratorTest.text(of(malformation))).isContainerNode();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .hasRemaining();
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
