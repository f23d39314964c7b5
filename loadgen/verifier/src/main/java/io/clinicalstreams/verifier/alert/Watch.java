package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import io.clinicalstreams.verifier.source.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One rule that watches one patient.
 *
 * @param analyte if it has one incident for each; else null
 * @param rules all of them: they decide together what is kept
 * @param crowded analytes of which more readings came than are kept
 * @param forgetsVersions whether more Observations were withdrawn, or came again, than are remembered
 * @param judged the readings of each Observation that were asked for: every possible history asks for the same
 */
record Watch(
        String patient,
        OracleRule rule,
        @Nullable String analyte,
        List<OracleRule> rules,
        Set<String> crowded,
        boolean forgetsVersions,
        Map<Fact.Observed, List<Kept>> judged) {

    boolean isAbout(ObservedResult measured) {
        return analyte == null ? rule.concerns(measured) : analyte.equals(measured.analyte());
    }

    /** The readings of an Observation that may be kept, judged as of its input. */
    List<Kept> readings(Fact.Observed observed) {
        return judged.computeIfAbsent(observed, judgedNow -> judgedNow.measured().stream()
                .map(measured -> kept(judgedNow, measured))
                .filter(Objects::nonNull)
                .toList());
    }

    private @Nullable Kept kept(Fact.Observed observed, ObservedResult measured) {
        List<OracleRule> concerned =
                rules.stream().filter(each -> each.concerns(measured)).toList();
        boolean isKept = concerned.stream()
                .filter(each ->
                        !each.isByAnalyte() || !measured.interpretations().isEmpty())
                .anyMatch(each -> look(observed, measured, each).finding() != null);
        RuleResult own = isAbout(measured) ? look(observed, measured, rule).finding() : null;
        if (own == null
                && !isKept
                && concerned.stream()
                        .noneMatch(each -> look(observed, measured, each).mayBeKept())) {
            return null;
        }
        return new Kept(observed, measured, list(measured), whether(measured, isKept, own), own);
    }

    private Kept.Whether whether(ObservedResult measured, boolean isKept, @Nullable RuleResult own) {
        if (!isAbout(measured)) {
            return isKept && !isCrowded(measured) ? Kept.Whether.ELSEWHERE : Kept.Whether.PERHAPS_ELSEWHERE;
        }
        return isKept ? Kept.Whether.SURELY : own == null ? Kept.Whether.PERHAPS : Kept.Whether.WHILE_OPEN;
    }

    private boolean isCrowded(ObservedResult measured) {
        return measured.analyte() == null || crowded.contains(measured.analyte());
    }

    private RuleResult.Look look(Fact.Observed observed, ObservedResult measured, OracleRule by) {
        return RuleResult.look(observed, measured, by, rules);
    }

    /** The codes that any rule listens to, and the analyte if a rule has one incident for each. */
    private List<String> list(ObservedResult measured) {
        List<String> list = new ArrayList<>(measured.codes().stream()
                .filter(code -> rules.stream().anyMatch(each -> each.listensTo(code)))
                .toList());
        boolean isByAnalyte = rules.stream().anyMatch(OracleRule::isByAnalyte);
        Stream.ofNullable(measured.analyte())
                .map(code -> code.replace('\n', '|'))
                .filter(code -> isByAnalyte && !list.contains(code))
                .forEach(list::add);
        return List.copyOf(list);
    }

    Duration lookBack() {
        return rule.terms().lookBack();
    }

    /** Readings of other analytes are kept for at least as long. */
    Duration shortestLookBack() {
        return rules.stream().map(OracleRule::maxAge).min(Duration::compareTo).orElse(Duration.ZERO);
    }

    String alertId(String opening) {
        return alertId(patient, rule.id(), opening, analyte);
    }

    /**
     * The first 32 hex digits of the SHA-256 of patient key, rule id, opening Observation and analyte, one per line.
     */
    static String alertId(String patient, String rule, String opening, @Nullable String analyte) {
        String text = patient + "\n" + rule + "\n" + opening + (analyte == null ? "" : "\n" + analyte);
        return Fingerprint.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Watch[hidden]";
    }
}
