package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.topics.wire.PatientKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A duplicate's state on its way to the Patient that replaces it, as FHIR R4 Parameters, JSON in UTF-8: {@code from}, its
 * key, and {@code state}, the bytes of {@link PatientStateCodec}.
 */
public record StateParameters(PatientKey from, PatientState state) {

    private static final String FROM = "from";
    private static final String STATE = "state";
    private static final JsonMapper JSON = new JsonMapper();

    public byte[] write() {
        ObjectNode parameters = JSON.createObjectNode().put("resourceType", "Parameters");
        ArrayNode all = parameters.putArray("parameter");
        all.addObject().put("name", FROM).put("valueString", from.reference());
        all.addObject().put("name", STATE).put("valueBase64Binary", PatientStateCodec.encode(state));
        try {
            return JSON.writeValueAsBytes(parameters);
        } catch (JsonProcessingException neverOfATree) {
            throw new UncheckedIOException(neverOfATree);
        }
    }

    /**
     * @return null if the value is not such a state
     * @throws UnreadableStateException if it is the state of another version of the service
     */
    public static @Nullable StateParameters read(byte[] value) {
        String from = null;
        byte[] state = null;
        try {
            for (JsonNode parameter : JSON.readTree(value).path("parameter")) {
                String name = parameter.path("name").asText();
                from = name.equals(FROM) ? parameter.path("valueString").textValue() : from;
                state = name.equals(STATE) ? parameter.path("valueBase64Binary").binaryValue() : state;
            }
        } catch (IOException notJson) {
            return null;
        }
        return from == null || from.isEmpty() || state == null
                ? null
                : new StateParameters(new PatientKey(from), PatientStateCodec.decode(state));
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "StateParameters[hidden]";
    }
}
