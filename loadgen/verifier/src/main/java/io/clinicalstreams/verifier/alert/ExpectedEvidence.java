package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The Observations that an alert names as its evidence: the opening one, by the alert's id, or another one at a level
 * after readings were corrected or came late; and a latest and a worst one that are possible.
 */
record ExpectedEvidence(
        WrittenIssue issue,
        OracleRule rule,
        AlertsCorrect.Cause cause,
        Fact.Observed shown,
        ObservedResult measured,
        Readings readings) {

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

    boolean isOpeningPreliminary() {
        String opening = identity("opening");
        return opening.equals(shown.identity())
                ? shown.status().equals("preliminary")
                : issue.json().path("status").asText().equals("preliminary")
                        && readings.of(cause.patient(), opening).stream()
                                .anyMatch(reading -> reading.status().equals("preliminary"));
    }

    /** Whether the Observation in a role may have this clinical time. */
    boolean isTimeOf(String role, String time) {
        return isPossible(identity(role), reading -> time.equals(String.valueOf(reading.time())));
    }

    /** @param finding null when the result was not judged */
    void check(@Nullable RuleResult finding, Set<String> wrong) {
        String opening = identity("opening");
        String analyte = rule.isByAnalyte() ? measured.analyte() : null;
        boolean itsId = issue.form().id().equals(Watch.alertId(cause.patient(), rule.id(), opening, analyte));
        boolean isRaised = issue.form().transition().equals("raised");
        boolean isOpening = isRaised
                ? itsId && (cause.isAgain() || opening.equals(shown.identity()))
                : itsId || isPossible(opening, reading -> isAsBad(reading, null));
        if (!isOpening) {
            wrong.add("opening evidence");
        }
        if (!isPossible(identity("latest"), this::isLatest)) {
            wrong.add("latest evidence");
        }
        if (!isPossible(identity("worst"), reading -> isShown(reading) || isAsBad(reading, finding))) {
            wrong.add("worst evidence");
        }
    }

    private boolean isPossible(String identity, Predicate<Fact.Observed> test) {
        return (identity.equals(shown.identity()) && test.test(shown))
                || readings.mayBeEarlier(cause.patient(), identity)
                || readings.of(cause.patient(), identity).stream().anyMatch(test);
    }

    private boolean isShown(Fact.Observed reading) {
        return reading.identity().equals(shown.identity());
    }

    /** Two clocks may differ, so of two readings the later one by its clock may be the earlier one. */
    private boolean isLatest(Fact.Observed reading) {
        Instant time = reading.time();
        Instant shownAt = shown.time();
        return isShown(reading)
                || (time != null
                        && shownAt != null
                        && time.isAfter(cause.isAgain() ? shownAt.minus(RuleResult.AHEAD) : shownAt));
    }

    /** Whether a reading met the rule, at least as far as the finding does. */
    private boolean isAsBad(Fact.Observed reading, @Nullable RuleResult finding) {
        return reading.measured().stream().anyMatch(other -> isAsBad(reading, other, finding));
    }

    private boolean isAsBad(Fact.Observed reading, ObservedResult other, @Nullable RuleResult finding) {
        RuleResult.Look look = RuleResult.look(reading, other, rule, List.of());
        RuleResult found = look.finding();
        if (found == null) {
            return !look.certain();
        }
        if (found.grade() == null) {
            return false;
        }
        boolean isBeyond = !rule.isByAnalyte() && finding != null && finding.grade() != null;
        return !isBeyond || isAsExtreme(other);
    }

    private boolean isAsExtreme(ObservedResult other) {
        Integer order = RuleResult.order(other, measured);
        return order == null || (rule.isUpward() ? order >= 0 : order <= 0);
    }
}
