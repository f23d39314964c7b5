package io.clinicalstreams.topics.reference;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule as it stands in the topic {@code reference.alert.rule}: one analyte watched in one direction. Limits are
 * texts such as {@code >=6.5}, exactly as written.
 *
 * @param id with its owner before it, {@code curated/potassium-high}: also the record's key
 * @param version the first 12 hex digits of the SHA-256 of the canonical JSON without version
 * @param source who published the limits
 * @param maxAge older readings are not evaluated
 * @param coolDown how long the same finding is not repeated
 * @param age null where the rule is for everybody
 */
public record AlertRule(
        String id,
        String version,
        String title,
        String analyte,
        String source,
        Duration maxAge,
        Duration coolDown,
        @Nullable Age age,
        List<Variant> variants) {

    public AlertRule {
        variants = List.copyOf(variants);
    }

    /**
     * Ages in completed years.
     *
     * @param fromYears inclusive
     * @param belowYears exclusive
     */
    public record Age(@Nullable Integer fromYears, @Nullable Integer belowYears) {}

    /** A code of the analyte. */
    public record Code(String system, String code) {}

    /** At least one is there. */
    public record Levels(
            @Nullable String moderate, @Nullable String high) {}

    /**
     * The limits for one way of reporting the analyte.
     *
     * @param unit the UCUM code of the limits' unit
     * @param sameUnits other texts or codes for that very unit
     * @param clear the limit that ends an alert
     */
    public record Variant(List<Code> codes, String unit, List<String> sameUnits, Levels levels, String clear) {

        public Variant {
            codes = List.copyOf(codes);
            sameUnits = List.copyOf(sameUnits);
        }
    }

    AlertRule withVersion(String version) {
        return new AlertRule(id, version, title, analyte, source, maxAge, coolDown, age, variants);
    }
}
