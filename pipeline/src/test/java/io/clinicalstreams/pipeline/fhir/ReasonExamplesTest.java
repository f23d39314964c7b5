package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples in the README's table of reason codes are rejected with exactly that code. */
class ReasonExamplesTest {

    private static final Map<String, String> VALID = Map.of(
            "Observation",
            "{'resourceType':'Observation','status':'final','code':{'coding':[{'code':'2823-3'}]},"
                    + "'subject':{'reference':'Patient/1'}}",
            "MedicationRequest",
            "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                    + "'medicationCodeableConcept':{'text':'x'},'subject':{'reference':'Patient/1'}}",
            "Encounter",
            "{'resourceType':'Encounter','status':'finished','class':{'code':'AMB'},"
                    + "'subject':{'reference':'Patient/1'}}");

    private static final Pattern WHOLE = Pattern.compile("`(.+)`");
    private static final Pattern WITH = Pattern.compile("(\\w+) with `(.+)`");
    private static final Pattern WITHOUT = Pattern.compile("(\\w+) without `(\\w+)`");

    /** Examples in words: other tests reject such input with these codes. */
    private static final Set<Reason> IN_WORDS = EnumSet.of(
            Reason.NULL_VALUE,
            Reason.EMPTY_VALUE,
            Reason.INVALID_UTF8,
            Reason.NESTING_TOO_DEEP,
            Reason.STRING_TOO_LONG,
            Reason.NESTED_BUNDLE,
            Reason.MISKEYED,
            Reason.TOO_LARGE,
            Reason.TOO_MANY_REPETITIONS,
            Reason.UNEXPECTED);

    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    /** The level that includes the other. */
    private final Reading reading = new Reading(new FhirSettings(null, null, Validation.FULL));

    @Test
    void eachIsRejectedForThatReason() throws JsonProcessingException {
        EnumSet<Reason> inWords = EnumSet.noneOf(Reason.class);
        for (Reason reason : Reason.values()) {
            String example = example(reason.example());
            if (example.isEmpty()) {
                inWords.add(reason);
            } else {
                assertThat(Reading.verdict(reading.one(example.getBytes(StandardCharsets.UTF_8))))
                        .as(example)
                        .isEqualTo(reason.name());
            }
        }
        assertThat(inWords).isEqualTo(IN_WORDS);
    }

    private String example(String text) throws JsonProcessingException {
        Matcher whole = WHOLE.matcher(text);
        Matcher with = WITH.matcher(text);
        Matcher without = WITHOUT.matcher(text);
        if (whole.matches()) {
            return whole.group(1);
        }
        if (with.matches()) {
            ObjectNode resource = valid(with.group(1));
            resource.setAll((ObjectNode) mapper.readTree("{" + with.group(2) + "}"));
            return resource.toString();
        }
        if (without.matches()) {
            ObjectNode resource = valid(without.group(1));
            assertThat(resource.remove(without.group(2))).isNotNull();
            return resource.toString();
        }
        return "";
    }

    private ObjectNode valid(String type) throws JsonProcessingException {
        byte[] resource = Reading.json(VALID.getOrDefault(type, ""));
        assertThat(Reading.verdict(reading.one(resource))).endsWith("Patient/1");
        return (ObjectNode) mapper.readTree(new String(resource, StandardCharsets.UTF_8));
    }
}
