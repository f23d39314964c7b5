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
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One rule that watches one patient.
 *
 * @param analyte if it has one incident for each; else null
 * @param rules all of them: they decide together what is kept
 */
record Watch(String patient, OracleRule rule, @Nullable String analyte, List<OracleRule> rules) {

    boolean isAbout(ObservedResult measured) {
        return analyte == null ? rule.concerns(measured) : analyte.equals(measured.analyte());
    }

    /** The readings of an Observation that are kept, judged as of its input. */
    List<Kept> readings(Fact.Observed observed) {
        return observed.measured().stream()
                .filter(this::isAbout)
                .map(measured -> kept(observed, measured))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Kept kept(Fact.Observed observed, ObservedResult measured) {
        RuleResult own = look(observed, measured, rule);
        boolean isKept = rules.stream()
                .filter(each ->
                        !each.isByAnalyte() || !measured.interpretations().isEmpty())
                .anyMatch(each -> each.concerns(measured) && look(observed, measured, each) != null);
        return own == null && !isKept ? null : new Kept(observed, measured, list(measured), !isKept, own);
    }

    private @Nullable RuleResult look(Fact.Observed observed, ObservedResult measured, OracleRule by) {
        return RuleResult.look(observed, measured, by, rules).finding();
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

    /** How far the rule looks back. An alert that ended is remembered as long, at least. */
    Duration lookBack() {
        return rule.maxAge().compareTo(rule.coolDown()) < 0 ? rule.coolDown() : rule.maxAge();
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
