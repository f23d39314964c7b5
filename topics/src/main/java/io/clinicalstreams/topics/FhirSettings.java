package io.clinicalstreams.topics;

import io.clinicalstreams.topics.wire.PatientKeys;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an environment's FHIR resources are read. Senders, all lanes and the verifier share it: with other base URLs the
 * same patient has another key.
 *
 * @param baseUrls FHIR servers whose {@code <base>/Patient/1} is our {@code Patient/1}; given with or without a last
 *     slash, kept the longest first, so that of two that a reference begins with the more precise one counts
 * @param zone where a date without time begins and ends; UTC by default
 */
public record FhirSettings(Set<String> baseUrls, ZoneId zone) {

    /** No base URL, days end in UTC. */
    public static final FhirSettings DEFAULT = new FhirSettings(null, null);

    public FhirSettings(@Nullable Set<String> baseUrls, @Nullable ZoneId zone) {
        this.baseUrls = PatientKeys.ordered(Objects.requireNonNullElse(baseUrls, Set.of()));
        this.zone = Objects.requireNonNullElse(zone, ZoneOffset.UTC).normalized();
    }
}
