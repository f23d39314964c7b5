package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Quantity;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An Observation for tests: by default, final potassium in mmol/L, measured when it arrives. */
public final class ObservationCase {

    private @Nullable String id = "k1";
    private @Nullable String identifier;
    private @Nullable Long versionId;
    private @Nullable Instant lastUpdated;
    private boolean undated;
    private ObservationStatus status = ObservationStatus.FINAL;
    private @Nullable String encounter;
    private @Nullable WrittenTime effective;
    private @Nullable Instant issued;
    private boolean generated;
    private List<Coding> codings = List.of(new Coding(Cases.LOINC, "2823-3"));
    private @Nullable Quantity quantity;
    private boolean hasOtherValue;
    private List<Coding> interpretations = List.of();
    private boolean isModified;
    private final List<Measurement> components = new ArrayList<>();

    public ObservationCase id(@Nullable String id) {
        this.id = id;
        return this;
    }

    public ObservationCase identifier(String identifier) {
        this.identifier = identifier;
        return this;
    }

    public ObservationCase version(long versionId) {
        this.versionId = versionId;
        return this;
    }

    public ObservationCase lastUpdated(Instant lastUpdated) {
        this.lastUpdated = lastUpdated;
        return this;
    }

    /** Without an effective time. */
    public ObservationCase undated() {
        undated = true;
        return this;
    }

    /** A month or year, in UTC. */
    ObservationCase effectiveMonth(LocalDate first, LocalDate next) {
        this.effective = new WrittenTime(
                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                next.atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1),
                false);
        return this;
    }

    public ObservationCase status(ObservationStatus status) {
        this.status = status;
        return this;
    }

    public ObservationCase preliminary() {
        return status(ObservationStatus.PRELIMINARY);
    }

    public ObservationCase encounter(String encounter) {
        this.encounter = encounter;
        return this;
    }

    public ObservationCase effective(Instant effective) {
        return effective(effective, effective);
    }

    /** A time between these two, both inclusive. */
    ObservationCase effective(Instant first, Instant last) {
        this.effective = new WrittenTime(first, last);
        return this;
    }

    /** A date in UTC. */
    ObservationCase effective(LocalDate date) {
        Instant next = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return effective(date.atStartOfDay(ZoneOffset.UTC).toInstant(), next.minusNanos(1));
    }

    public ObservationCase issued(Instant issued) {
        this.issued = issued;
        return this;
    }

    public ObservationCase generated() {
        this.generated = true;
        return this;
    }

    public ObservationCase codes(String... codes) {
        return codings(List.of(codes).stream()
                .map(code -> new Coding(Cases.LOINC, code))
                .toList());
    }

    public ObservationCase codings(List<Coding> codings) {
        this.codings = codings;
        return this;
    }

    /** A value such as {@code 6.8} or {@code >6.8} in mmol/L. */
    public ObservationCase value(String value) {
        return value(value, null, Cases.UCUM, "mmol/L");
    }

    public ObservationCase value(String value, @Nullable String unit, @Nullable String system, @Nullable String code) {
        int digits = 0;
        while (digits < value.length() && "<>=".indexOf(value.charAt(digits)) >= 0) {
            digits++;
        }
        quantity = new Quantity(
                digits == 0 ? null : value.substring(0, digits),
                new BigDecimal(value.substring(digits)),
                unit,
                system,
                code);
        return this;
    }

    public ObservationCase quantity(@Nullable Quantity quantity) {
        this.quantity = quantity;
        return this;
    }

    public ObservationCase component(String code, String value) {
        Quantity mmol = new Quantity(null, new BigDecimal(value), null, Cases.UCUM, "mmol/L");
        components.add(new Measurement(List.of(new Coding(Cases.LOINC, code)), mmol, false, List.of(), false));
        return this;
    }

    /** A component without a value. */
    public ObservationCase flaggedComponent(String code, String... flags) {
        components.add(new Measurement(List.of(new Coding(Cases.LOINC, code)), null, false, Cases.flags(flags), false));
        return this;
    }

    /** A value that is not a quantity. */
    public ObservationCase text() {
        hasOtherValue = true;
        return this;
    }

    public ObservationCase interpreted(String... flags) {
        interpretations = Cases.flags(flags);
        return this;
    }

    /** With a modifierExtension. */
    public ObservationCase modified() {
        isModified = true;
        return this;
    }

    public Observation build() {
        return build(Cases.NOON);
    }

    /** @param now its effective time, unless it has another time */
    public Observation build(Instant now) {
        boolean dated = effective != null || issued != null || undated;
        List<Measurement> all = new ArrayList<>();
        all.add(new Measurement(codings, quantity, hasOtherValue, interpretations, isModified));
        all.addAll(components);
        return new Observation(
                id,
                identifier,
                versionId,
                lastUpdated,
                status,
                "Patient/anna",
                encounter,
                dated ? effective : WrittenTime.at(now),
                issued,
                generated,
                all);
    }
}
