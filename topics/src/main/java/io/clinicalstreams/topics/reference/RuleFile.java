package io.clinicalstreams.topics.reference;

import static io.clinicalstreams.topics.problem.Checks.requireNotNegative;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clinicalstreams.topics.reference.AlertRule.Age;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Alert rules as their authors write them: {@code alert-rules.yaml}.
 *
 * @param owner {@code curated} by default; required without rules
 * @param defaults values for rules without their own
 * @param rules an empty list removes the owner's rules
 */
record RuleFile(
        @Nullable String owner,
        @Nullable Defaults defaults,
        @JsonProperty(required = true) List<Written> rules) {

    RuleFile {
        if (owner != null && !owner.matches("[a-z0-9][a-z0-9._-]*")) {
            throw new IllegalArgumentException("owner: must consist of a-z, 0-9, '-', '_' and '.'");
        }
        if (owner == null && rules.isEmpty()) {
            throw new IllegalArgumentException(
                    "owner: is required with an empty list of rules, which removes all rules of the owner");
        }
    }

    /** The owner followed by a slash, as in ids. */
    String prefix() {
        return owner == null ? RuleManifest.CURATED : owner + '/';
    }

    /**
     * The rule as stored in the topic, with the version computed from its content.
     *
     * @throws IllegalArgumentException if it is invalid; the message begins with the path
     */
    AlertRule rule(Written written) {
        Defaults otherwise = Objects.requireNonNullElse(defaults, Defaults.NONE);
        return AlertRuleJson.versioned(new AlertRule(
                prefix() + written.id,
                "",
                written.title,
                written.analyte,
                written.source,
                given("max-age", written.maxAge, otherwise.maxAge),
                given("cool-down", written.coolDown, otherwise.coolDown),
                written.age == null ? otherwise.age : written.age,
                written.content));
    }

    private static Duration given(String path, @Nullable Duration own, @Nullable Duration otherwise) {
        Duration given = own == null ? otherwise : own;
        if (given == null) {
            throw new IllegalArgumentException(path + ": is missing");
        }
        return given;
    }

    /** The values of a rule that does not override them. */
    record Defaults(
            @Nullable Duration maxAge,
            @Nullable Duration coolDown,
            @Nullable Age age) {

        static final Defaults NONE = new Defaults(null, null, null);

        Defaults {
            requirePositive("max-age", maxAge);
            requireNotNegative("cool-down", coolDown);
        }
    }

    /** One rule; its id has no owner. */
    record Written(
            String id,
            String title,
            String analyte,
            String source,
            @Nullable Duration maxAge,
            @Nullable Duration coolDown,
            @Nullable Age age,
            @JsonUnwrapped RuleContent content) {}
}
