package io.clinicalstreams.topics.reference;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireNotNegative;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule as stored in the topic {@code reference.alert.rule}: the fields of all kinds of rules, and the content
 * of its kind. Limits are strings such as {@code >=6.5}, exactly as written. The order of the components is the order
 * of the JSON.
 *
 * @param id prefixed with its owner, {@code curated/potassium-high}; also the record's key
 * @param version the first 12 hex digits of the SHA-256 of the canonical JSON without version
 * @param analyte the monitored analyte, in words
 * @param source publication of the limits
 * @param maxAge older results are not evaluated
 * @param coolDown time during which the same finding raises no new alert
 * @param age null if the rule applies to all ages
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
        @JsonUnwrapped RuleContent content) {

    /** Ids are used in record keys, headers and resource URLs. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)+");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{0,64}");

    public AlertRule {
        all(
                () -> requireMatch("id", ID, id, "a-z, 0-9, '-', '_' and '.'"),
                () -> requireMatch("version", VERSION, version, "at most 64 letters, digits, '-', '_' and '.'"),
                () -> requireText("title", title),
                () -> requireText("analyte", analyte),
                () -> requireText("source", source),
                () -> requirePositive("max-age", maxAge),
                () -> requireNotNegative("cool-down", coolDown));
        age = age == null || (age.fromYears == null && age.belowYears == null) ? null : age;
    }

    private static void requireMatch(String path, Pattern pattern, String text, String contents) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(path + ": must consist of " + contents);
        }
    }

    /**
     * Ages in completed years.
     *
     * @param fromYears inclusive
     * @param belowYears exclusive
     */
    public record Age(@Nullable Integer fromYears, @Nullable Integer belowYears) {

        public Age {
            requireAtLeast("from-years", 0, fromYears);
            requireAtLeast("below-years", fromYears == null ? 0 : fromYears + 1, belowYears);
        }
    }

    /** A code in a code system, usually {@code http://loinc.org}. */
    public record Code(String system, String code) {

        static final String LOINC = "http://loinc.org";

        /** The system of a code that its author wrote as plain text. */
        private static final String BY_CONTEXT = "\0";

        public Code {
            requireText("system", system);
            requireText("code", code);
        }

        @JsonCreator
        static Code of(String code) {
            return new Code(BY_CONTEXT, code);
        }

        /** @throws IllegalArgumentException if there is no code */
        static List<Code> in(String system, String path, List<Code> codes) {
            if (codes.isEmpty()) {
                throw new IllegalArgumentException(path + ": must be a list with at least one element");
            }
            return codes.stream()
                    .map(code -> code.system.equals(BY_CONTEXT) ? new Code(system, code.code) : code)
                    .toList();
        }
    }

    AlertRule withVersion(String version) {
        return new AlertRule(id, version, title, analyte, source, maxAge, coolDown, age, content);
    }
}
