package io.clinicalstreams.pipeline.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.terminal.PlainText;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A human-readable alert on one line of plain text: time, severity, transition, finding and patient. */
public final class AlertLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNREADABLE = "(an alert that cannot be read)";
    private static final int ID_DIGITS = 8;

    private AlertLine() {}

    /** @param detectedIssue the alert as JSON; null for a record without a value */
    public static String of(byte @Nullable [] detectedIssue) {
        JsonNode alert;
        try {
            alert = detectedIssue == null ? JSON.missingNode() : JSON.readTree(detectedIssue);
        } catch (IOException notJson) {
            return UNREADABLE;
        }
        if (!alert.isObject()) {
            return UNREADABLE;
        }
        String title = alert.path("code").path("text").asText("?");
        String transition = extension(alert, "transition").path("valueCode").asText("?");
        return PlainText.of(String.format(
                        Locale.ROOT,
                        "%s  %-8s  %-9s  %-28s  %s  %s  %s.%s",
                        alert.path("meta").path("lastUpdated").asText("?"),
                        alert.path("severity").asText("?"),
                        transition,
                        title,
                        found(alert.path("detail").asText("?"), title + ' ' + transition + ": "),
                        patient(alert.has("patient") ? alert.path("patient") : alert.at("/implicated/0")),
                        shortened(alert.path("id").asText("?")),
                        alert.path("meta").path("versionId").asText("?"))
                .stripTrailing());
    }

    /** The finding in the detail: after what the line already contains, before the source. */
    private static String found(String detail, String before) {
        String found = detail.startsWith(before) ? detail.substring(before.length()) : detail;
        int source = found.indexOf(". Source: ");
        return source < 0 ? found : found.substring(0, source);
    }

    private static String patient(JsonNode reference) {
        return reference.has("reference")
                ? reference.path("reference").asText()
                : reference.path("identifier").path("value").asText("?");
    }

    private static JsonNode extension(JsonNode alert, String name) {
        for (JsonNode extension : alert.path("extension")) {
            if (extension.path("url").asText().endsWith('/' + name)) {
                return extension;
            }
        }
        return JSON.missingNode();
    }

    private static String shortened(String id) {
        return id.length() <= ID_DIGITS ? id : id.substring(0, ID_DIGITS);
    }
}
