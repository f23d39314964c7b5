package io.clinicalstreams.topics.reference;

import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.clinicalstreams.topics.reference.AlertRule.Code;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of an alert rule that depends on its kind. A new kind is a record here, with its code under {@code kind}; a
 * rule without one is of the first kind, as all rules once were.
 */
public sealed interface RuleContent {

    /** The code of the kind. */
    String kind();

    /** Calls the function for its kind: a caller without one for a new kind does not compile. */
    <T> T match(Function<Limits, T> limits, Function<Flags, T> flags, Function<Silence, T> silence);

    /** What raises an alert, for display. */
    String raises();

    /** What ends an alert, for display. */
    String ends();

    /** Limits for one analyte in one direction. */
    @JsonTypeName(Limits.KIND)
    record Limits(@JsonProperty(required = true) List<Variant> variants) implements RuleContent {

        private static final String KIND = "critical-limit";

        public Limits {
            variants = List.copyOf(variants);
            if (variants.isEmpty()) {
                throw new IllegalArgumentException("variants: must be a list with at least one element");
            }
            Set<List<Object>> codes = new HashSet<>();
            for (int i = 0; i < variants.size(); i++) {
                for (Code code : variants.get(i).codes) {
                    if (!codes.add(List.of(code, variants.get(i).unit))) {
                        throw new IllegalArgumentException("variants." + i + ".codes: repeats " + code.code()
                                + " in this rule with the same unit");
                    }
                }
            }
            if (variants.stream()
                            .map(variant -> variant.levels.limits().get(0).isUpward())
                            .distinct()
                            .count()
                    > 1) {
                throw new IllegalArgumentException(
                        "variants: must all have the same direction: a rule is for one direction");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public <T> T match(Function<Limits, T> limits, Function<Flags, T> flags, Function<Silence, T> silence) {
            return limits.apply(this);
        }

        @Override
        public String raises() {
            return variants.stream()
                    .map(variant -> Stream.of(variant.levels.moderate, variant.levels.high)
                                    .filter(Objects::nonNull)
                                    .collect(Collectors.joining(", "))
                            + ' '
                            + variant.unit)
                    .collect(Collectors.joining("; "));
        }

        @Override
        public String ends() {
            return variants.stream().map(Variant::clear).collect(Collectors.joining("; "));
        }
    }

    /** At least one is present. Both have the same direction, and high is beyond moderate. */
    record Levels(@Nullable String moderate, @Nullable String high) {

        public Levels {
            if (moderate == null && high == null) {
                throw new IllegalArgumentException("needs moderate or high");
            }
            Limit warning = moderate == null ? null : Limit.require("moderate", moderate);
            Limit critical = high == null ? null : Limit.require("high", high);
            if (warning != null && critical != null) {
                if (warning.isUpward() != critical.isUpward()) {
                    throw new IllegalArgumentException("must have the same direction");
                }
                if (!critical.isWithin(warning)) {
                    throw new IllegalArgumentException("high: must be beyond moderate");
                }
            }
        }

        List<Limit> limits() {
            return Stream.of(moderate, high)
                    .flatMap(Stream::ofNullable)
                    .map(Limit::parse)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * The limits for one way of reporting the analyte.
     *
     * @param codes LOINC codes unless the author gave a system
     * @param unit the UCUM code of the limits' unit
     * @param sameUnits other strings or codes for exactly that unit
     * @param sameUnitsSource who says that they are that unit
     * @param clear the limit that ends an alert: in the opposite direction of the levels, and outside them
     */
    record Variant(
            List<Code> codes,
            String unit,
            List<String> sameUnits,
            @Nullable String sameUnitsSource,
            Levels levels,
            String clear) {

        public Variant {
            codes = Code.in(Code.LOINC, "codes", codes);
            requireText("unit", unit);
            sameUnits = List.copyOf(sameUnits);
            sameUnits.forEach(same -> requireText("same-units", same));
            if (sameUnitsSource != null) {
                requireText("same-units-source", sameUnitsSource);
            }
            Limit end = Limit.require("clear", clear);
            for (Limit level : levels.limits()) {
                if (end.isUpward() == level.isUpward()) {
                    throw new IllegalArgumentException("clear: must have the opposite direction of the levels");
                }
                if (end.overlaps(level)) {
                    throw new IllegalArgumentException("clear: must exclude the values of the levels");
                }
            }
        }
    }

    /** The laboratory's own flags, as in {@code interpretation}. */
    @JsonTypeName(Flags.KIND)
    @JsonPropertyOrder({"kind", "levels"})
    record Flags(FlagLevels levels) implements RuleContent {

        private static final String KIND = "laboratory-flag";

        /** Written to JSON; a critical limit is written without a kind. */
        @Override
        @JsonProperty
        public String kind() {
            return KIND;
        }

        /** Flags of less severe results. */
        public List<Code> moderate() {
            return Objects.requireNonNullElse(levels.moderate, List.of());
        }

        /** Flags of critical results. */
        public List<Code> high() {
            return Objects.requireNonNullElse(levels.high, List.of());
        }

        @Override
        public <T> T match(Function<Limits, T> limits, Function<Flags, T> flags, Function<Silence, T> silence) {
            return flags.apply(this);
        }

        @Override
        public String raises() {
            return Stream.concat(moderate().stream(), high().stream())
                    .map(Code::code)
                    .distinct()
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String ends() {
            return "none of them";
        }
    }

    /**
     * At least one is present; no code is in both. Codes without a system are HL7's codes for {@code interpretation}.
     */
    record FlagLevels(
            @Nullable List<Code> moderate, @Nullable List<Code> high) {

        private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

        public FlagLevels {
            moderate = moderate == null ? null : Code.in(SYSTEM, "moderate", moderate);
            high = high == null ? null : Code.in(SYSTEM, "high", high);
            if (moderate == null && high == null) {
                throw new IllegalArgumentException("needs moderate or high");
            }
            List<Code> all = Stream.of(moderate, high)
                    .flatMap(Stream::ofNullable)
                    .flatMap(List::stream)
                    .toList();
            if (all.stream().distinct().count() < all.size()) {
                throw new IllegalArgumentException("has a duplicate code");
            }
        }
    }

    /**
     * That an analyte is not measured for a time.
     *
     * @param codes LOINC codes unless the author gave a system; any of them ends the silence
     * @param interval the longest time without a reading
     * @param watched who is watched: {@code while-admitted}, from admission to discharge by Encounter, or
     *     {@code while-measured}, from each reading on, until the silence after it is an alert
     * @param severity {@code moderate} or {@code high}
     */
    @JsonTypeName(Silence.KIND)
    @JsonPropertyOrder({"kind", "codes", "interval", "watched", "severity"})
    record Silence(@JsonProperty(required = true) List<Code> codes, Duration interval, String watched, String severity)
            implements RuleContent {

        private static final String KIND = "silence";
        private static final String WHILE_ADMITTED = "while-admitted";

        /** Ticks, which are the log's time when nothing else arrives, come at most each second. */
        private static final Duration SHORTEST = Duration.ofSeconds(10);

        public Silence {
            codes = Code.in(Code.LOINC, "codes", codes);
            if (Set.copyOf(codes).size() < codes.size()) {
                throw new IllegalArgumentException("codes: has a duplicate code");
            }
            if (interval.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("interval: must be at least " + SHORTEST + ", was " + interval);
            }
            requireOneOf("watched", watched, WHILE_ADMITTED, "while-measured");
            requireOneOf("severity", severity, "moderate", "high");
        }

        private static void requireOneOf(String path, String text, String one, String other) {
            if (!text.equals(one) && !text.equals(other)) {
                throw new IllegalArgumentException(path + ": must be " + one + " or " + other);
            }
        }

        /** Written to JSON; a critical limit is written without a kind. */
        @Override
        @JsonProperty
        public String kind() {
            return KIND;
        }

        public boolean whileAdmitted() {
            return watched.equals(WHILE_ADMITTED);
        }

        @Override
        public <T> T match(Function<Limits, T> limits, Function<Flags, T> flags, Function<Silence, T> silence) {
            return silence.apply(this);
        }

        @Override
        public String raises() {
            return "nothing for " + interval + ", " + watched;
        }

        @Override
        public String ends() {
            return "a reading";
        }
    }
}
