package io.clinicalstreams.topics;

import io.clinicalstreams.topics.wire.BaseUrls;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an environment's FHIR resources are read. Senders, all lanes and the verifier share it: with different base URLs
 * the same patient would have different keys.
 *
 * @param baseUrls FHIR servers whose {@code <base>/Patient/1} is our {@code Patient/1}; accepted with or without a
 *     trailing slash, kept longest first, so that the longest match of a reference counts
 * @param zone time zone of dates without time; UTC by default
 * @param validation which elements of a resource are checked before it is recorded; {@code routed} by default
 * @param otherBaseUrls FHIR servers of other hospitals: a PUT in a Bundle whose fullUrl is on one of them is about that
 *     hospital's resource; with any other fullUrl it is about ours
 */
public record FhirSettings(Set<String> baseUrls, ZoneId zone, Validation validation, Set<String> otherBaseUrls) {

    /** Which elements of a resource are checked before it is recorded. Each level includes the one before it. */
    public enum Validation {
        /** Those that decide its topic, its key and what the rules make of it. */
        ROUTED,
        /** Every element, by R4's names, types, cardinalities, formats and required codes. */
        FULL
    }

    /** No base URL, days in UTC, routed elements checked. */
    public static final FhirSettings DEFAULT = new FhirSettings(null, null, null);

    public FhirSettings(@Nullable Set<String> baseUrls, @Nullable ZoneId zone, @Nullable Validation validation) {
        this(baseUrls, zone, validation, null);
    }

    public FhirSettings(
            @Nullable Set<String> baseUrls,
            @Nullable ZoneId zone,
            @Nullable Validation validation,
            @Nullable Set<String> otherBaseUrls) {
        BaseUrls servers = new BaseUrls(
                Objects.requireNonNullElse(baseUrls, Set.of()), Objects.requireNonNullElse(otherBaseUrls, Set.of()));
        this.baseUrls = servers.ours();
        this.zone = Objects.requireNonNullElse(zone, ZoneOffset.UTC).normalized();
        this.validation = Objects.requireNonNullElse(validation, Validation.ROUTED);
        this.otherBaseUrls = servers.others();
    }

    /** The servers that are known. */
    public BaseUrls servers() {
        return new BaseUrls(baseUrls, otherBaseUrls);
    }
}
