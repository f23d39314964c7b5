package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** HAPI's parser with its default error handler, whose log is off, beside the reader at both levels of validation. */
final class DefaultParser {

    private final Reading full = new Reading(new FhirSettings(null, null, Validation.FULL));
    private final Reading routed = new Reading();
    private final IParser hapi =
            FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));

    /** What it throws; null if it parses. */
    @Nullable
    Throwable thrown(String json) {
        try {
            Object unused = hapi.parseResource(json);
            return null;
        } catch (RuntimeException | StackOverflowError thrown) {
            return thrown;
        }
    }

    boolean isRecordedAtFull(String json) {
        return isRecorded(full, json);
    }

    boolean isRecordedAtRouted(String json) {
        return isRecorded(routed, json);
    }

    private static boolean isRecorded(Reading reading, String json) {
        Finding finding = reading.one(json.getBytes(StandardCharsets.UTF_8));
        return finding instanceof Finding.Routed || finding instanceof Finding.Catalogued;
    }

    /**
     * Checks the promises of the level full: what it records, HAPI parses; what routed rejects, it rejects for the same
     * reason.
     *
     * @return whether it records the resource
     */
    boolean judge(String json) {
        String verdict = Reading.verdict(full.one(json.getBytes(StandardCharsets.UTF_8)));
        String before = Reading.verdict(routed.one(json.getBytes(StandardCharsets.UTF_8)));
        if (isRecordedAtFull(json)) {
            assertThat(thrown(json)).as(json).isNull();
            assertThat(verdict).isEqualTo(before);
            return true;
        }
        assertThat(isRecordedAtRouted(json) || verdict.equals(before))
                .as(verdict + " instead of " + before + ": " + json)
                .isTrue();
        return false;
    }
}
