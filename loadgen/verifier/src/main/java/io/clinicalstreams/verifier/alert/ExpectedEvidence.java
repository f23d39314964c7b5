package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The Observations that an alert names as its evidence: the opening one, by the alert's id; and a latest and a worst one
 * that are possible.
 */
record ExpectedEvidence(
        WrittenIssue issue, OracleRule rule, Fact.Observed cause, ObservedResult measured, Readings readings) {

    private static final List<String> ROLES = List.of("opening", "latest", "worst");

    ArrayNode implicated() {
        ArrayNode implicated = IssueElements.JSON.arrayNode();
        Set<String> identities = new LinkedHashSet<>();
        ROLES.forEach(role -> identities.add(identity(role)));
        identities.forEach(identity -> implicated.add(IssueElements.observation(identity)));
        return implicated;
    }

    /** The written roles and Observations, and nothing beside them. */
    ArrayNode roles() {
        ArrayNode all = IssueElements.JSON.arrayNode();
        List<String> left = new ArrayList<>(ROLES);
        for (JsonNode written : issue.json().path("evidence")) {
            ObjectNode one = all.addObject();
            ArrayNode codes = one.putArray("code");
            String identity = "";
            for (JsonNode code : written.path("code")) {
                String role = code.path("coding").path(0).path("code").asText();
                if (left.remove(role)) {
                    IssueElements.coding(AlertForm.EXTENSIONS + "CodeSystem/alert-evidence", role, codes.addObject());
                    identity = identity(role);
                }
            }
            one.putArray("detail").add(IssueElements.observation(identity));
        }
        return all;
    }

    private String identity(String role) {
        return issue.roles().getOrDefault(role, "");
    }

    /** Whether the Observation in a role may have this clinical time. */
    boolean isTimeOf(String role, String time) {
        String identity = identity(role);
        boolean itsOwn = identity.equals(cause.identity())
                && RuleResult.time(cause).toString().equals(time);
        return itsOwn
                || readings.mayBeEarlier(cause.patient(), identity)
                || readings.of(cause.patient(), identity).stream()
                        .anyMatch(reading -> RuleResult.time(reading).toString().equals(time));
    }

    /** @param finding null when the result was not judged */
    void check(@Nullable RuleResult finding, Set<String> wrong) {
        String opening = identity("opening");
        String analyte = rule.isByAnalyte() ? measured.analyte() : null;
        boolean itsId = issue.form().id().equals(History.alertId(cause.patient(), rule.id(), opening, analyte));
        boolean isRaised = issue.form().transition().equals("raised");
        if (!itsId || (isRaised && !opening.equals(cause.identity()))) {
            wrong.add("opening evidence");
        }
        if (!isPossible(identity("latest"), this::isLater)) {
            wrong.add("latest evidence");
        }
        if (!isPossible(identity("worst"), reading -> finding == null || isAsBad(reading, finding))) {
            wrong.add("worst evidence");
        }
    }

    private boolean isPossible(String identity, Predicate<Fact.Observed> test) {
        return identity.equals(cause.identity())
                || readings.mayBeEarlier(cause.patient(), identity)
                || readings.of(cause.patient(), identity).stream().anyMatch(test);
    }

    private boolean isLater(Fact.Observed reading) {
        Instant time = RuleResult.time(cause);
        return RuleResult.time(reading).isAfter(time);
    }

    /** Whether a reading met the rule at least as far as the finding does. */
    private boolean isAsBad(Fact.Observed reading, RuleResult finding) {
        return reading.measured().stream().anyMatch(other -> isAsBad(reading, other, finding));
    }

    private boolean isAsBad(Fact.Observed reading, ObservedResult other, RuleResult finding) {
        RuleResult.Look look = RuleResult.look(reading, other, rule, List.of());
        RuleResult found = look.finding();
        if (found == null) {
            return !look.certain();
        }
        if (found.grade() == null) {
            return false;
        }
        return rule.isByAnalyte() || isAsExtreme(other, finding);
    }

    private boolean isAsExtreme(ObservedResult other, RuleResult finding) {
        BigDecimal value = measured.value();
        BigDecimal others = other.value();
        boolean sameUnit = Objects.equals(other.unit(), measured.unit());
        if (finding.grade() == null || value == null || others == null || !sameUnit) {
            return true; // not comparable
        }
        int order = others.compareTo(value);
        return rule.isUpward() ? order >= 0 : order <= 0;
    }
}
