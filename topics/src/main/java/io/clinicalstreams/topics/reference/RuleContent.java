package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.topics.reference.AlertRule.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an alert rule says by its kind, beside what all rules say. A new kind is a record here and a {@link Kind}. */
public sealed interface RuleContent {

    /** The kinds by the code under {@code kind}. A rule without one is a critical limit, as all were before. */
    enum Kind {
        CRITICAL_LIMIT("critical-limit"),
        LABORATORY_FLAG("laboratory-flag");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    Kind kind();

    /** Calls the function for its kind: a caller that has none for a new kind does not compile. */
    <T> T match(Function<Limits, T> limits, Function<Flags, T> flags);

    /** What raises an alert, for eyes. */
    String raises();

    /** What ends one, for eyes. */
    String ends();

    /** Writes the fields of its kind. */
    void write(JsonGenerator json) throws IOException;

    /** Null, and noted, when the kind is not known. */
    static @Nullable RuleContent read(Fields rule) {
        String code = rule.has("kind") ? rule.text("kind") : Kind.CRITICAL_LIMIT.code;
        for (Kind kind : Kind.values()) {
            if (kind.code.equals(code)) {
                return switch (kind) {
                    case CRITICAL_LIMIT -> Limits.read(rule);
                    case LABORATORY_FLAG -> Flags.read(rule);
                };
            }
        }
        rule.problem(
                "kind",
                "must be one of " + Stream.of(Kind.values()).map(Kind::code).toList());
        return null;
    }

    /** Limits for one analyte in one direction. */
    record Limits(List<Variant> variants) implements RuleContent {

        public Limits {
            variants = List.copyOf(variants);
        }

        @Override
        public Kind kind() {
            return Kind.CRITICAL_LIMIT;
        }

        @Override
        public <T> T match(Function<Limits, T> limits, Function<Flags, T> flags) {
            return limits.apply(this);
        }

        @Override
        public String raises() {
            return variants.stream()
                    .map(variant -> Stream.of(
                                            variant.levels().moderate(),
                                            variant.levels().high())
                                    .filter(limit -> limit != null)
                                    .collect(Collectors.joining(", "))
                            + ' '
                            + variant.unit())
                    .collect(Collectors.joining("; "));
        }

        @Override
        public String ends() {
            return variants.stream().map(Variant::clear).collect(Collectors.joining("; "));
        }

        private static Limits read(Fields rule) {
            List<Variant> variants = new ArrayList<>();
            for (JsonNode node : rule.list("variants")) {
                Fields variant = rule.element("variants", variants.size(), node);
                Fields levels = variant.object("levels");
                variants.add(new Variant(
                        variant.codes("codes", Code.LOINC),
                        variant.unit("unit"),
                        variant.texts("sameUnits"),
                        new Levels(levels.textOrNull("moderate"), levels.textOrNull("high")),
                        variant.text("clear")));
                levels.refuseOthers();
                variant.refuseOthers();
            }
            RuleChecks.check(variants, rule);
            return new Limits(variants);
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeArrayFieldStart("variants");
            for (Variant variant : variants) {
                variant.write(json);
            }
            json.writeEndArray();
        }
    }

    /** At least one is there. */
    record Levels(@Nullable String moderate, @Nullable String high) {}

    /**
     * The limits for one way of reporting the analyte.
     *
     * @param unit the UCUM code of the limits' unit
     * @param sameUnits other texts or codes for that very unit
     * @param clear the limit that ends an alert
     */
    record Variant(List<Code> codes, String unit, List<String> sameUnits, Levels levels, String clear) {

        public Variant {
            codes = List.copyOf(codes);
            sameUnits = List.copyOf(sameUnits);
        }

        private void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            Code.write("codes", codes, json);
            json.writeStringField("unit", unit);
            if (!sameUnits.isEmpty()) {
                json.writeArrayFieldStart("sameUnits");
                for (String same : sameUnits) {
                    json.writeString(same);
                }
                json.writeEndArray();
            }
            json.writeObjectFieldStart("levels");
            AlertRuleJson.text("moderate", levels.moderate(), json);
            AlertRuleJson.text("high", levels.high(), json);
            json.writeEndObject();
            json.writeStringField("clear", clear);
            json.writeEndObject();
        }
    }

    /**
     * The laboratory's own flags, as they stand in {@code interpretation}.
     *
     * @param moderate of less severe results; may be empty
     * @param high of critical results; may be empty where {@code moderate} is not
     */
    record Flags(List<Code> moderate, List<Code> high) implements RuleContent {

        /** Of codes that authors write without a system. */
        private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

        public Flags {
            moderate = List.copyOf(moderate);
            high = List.copyOf(high);
        }

        @Override
        public Kind kind() {
            return Kind.LABORATORY_FLAG;
        }

        @Override
        public <T> T match(Function<Limits, T> limits, Function<Flags, T> flags) {
            return flags.apply(this);
        }

        @Override
        public String raises() {
            return Stream.concat(moderate.stream(), high.stream())
                    .map(Code::code)
                    .distinct()
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String ends() {
            return "none of them";
        }

        private static Flags read(Fields rule) {
            Fields levels = rule.object("levels");
            Flags flags = new Flags(
                    levels.has("moderate") ? levels.codes("moderate", SYSTEM) : List.of(),
                    levels.has("high") ? levels.codes("high", SYSTEM) : List.of());
            levels.refuseOthers();
            List<Code> all =
                    Stream.concat(flags.moderate.stream(), flags.high.stream()).toList();
            if (all.isEmpty()) {
                rule.problem("levels", "needs moderate or high");
            }
            if (all.stream().distinct().count() < all.size()) {
                rule.problem("levels", "names a code twice");
            }
            return flags;
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeObjectFieldStart("levels");
            if (!moderate.isEmpty()) {
                Code.write("moderate", moderate, json);
            }
            if (!high.isEmpty()) {
                Code.write("high", high, json);
            }
            json.writeEndObject();
        }
    }
}
