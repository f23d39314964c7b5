package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One form of an alert, read from its DetectedIssue.
 *
 * @param version counts transitions from 1
 * @param escalations number of escalations so far
 * @param isEnded whether it has ended; only then may it be deleted
 */
public record AlertForm(
        String id, int version, String rule, String transition, String severity, int escalations, boolean isEnded) {

    static final String EXTENSIONS = "https://clinical-streams.io/fhir/";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An id is a hash, so it can be shown; any other text is not. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private static final Set<String> ENDS = Set.of("resolved", "ended", "retracted", "moved");

    AlertForm(String id, int version, String rule, String transition, String severity, int escalations) {
        this(id, version, rule, transition, severity, escalations, ENDS.contains(transition));
    }

    /** Reads a DetectedIssue; null when it is not one of our alerts. */
    static @Nullable AlertForm read(byte[] detectedIssue) {
        try {
            JsonNode issue = JSON.readTree(detectedIssue);
            String id = issue.path("id").textValue();
            String version = issue.path("meta").path("versionId").textValue();
            if (id == null
                    || version == null
                    || !ID.matcher(id).matches()
                    || !VERSION.matcher(version).matches()) {
                return null;
            }
            String transition = extension(issue, "transition").path("valueCode").asText();
            boolean isRevisedAfterItsEnd = transition.equals("revised")
                    && issue.path("identifiedPeriod").has("end");
            return new AlertForm(
                    id,
                    Integer.parseInt(version),
                    extension(issue, "rule").path("valueString").asText(),
                    transition,
                    issue.path("severity").asText(),
                    extension(issue, "escalations").path("valueInteger").asInt(),
                    ENDS.contains(transition) || isRevisedAfterItsEnd);
        } catch (IOException notJson) {
            return null;
        }
    }

    /** The first extension with this name; missing when there is none. */
    static JsonNode extension(JsonNode issue, String name) {
        for (JsonNode extension : issue.path("extension")) {
            if ((EXTENSIONS + name).equals(extension.path("url").textValue())) {
                return extension;
            }
        }
        return MissingNode.getInstance();
    }
}
