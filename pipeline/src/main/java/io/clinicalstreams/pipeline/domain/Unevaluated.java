package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A measurement that was not evaluated: why, and where to look.
 *
 * @param rule id of the rule that could not evaluate it; empty if there is none
 * @param code its first LOINC code, if no rule listens to it; empty otherwise
 */
public record Unevaluated(NotEvaluated reason, String rule, String code) {

    /** A code of another shape may be anything, even something about the patient. */
    private static final Pattern LOINC_CODE = Pattern.compile("[0-9]{1,7}-[0-9]");

    /** The code of a measurement without a LOINC code. */
    private static final String OTHER = "other";

    static Unevaluated by(NotEvaluated reason, String rule) {
        return new Unevaluated(reason, rule, "");
    }

    static Unevaluated withoutRule(List<Coding> codings) {
        String code = codings.stream()
                .filter(coding -> Coding.LOINC.equals(coding.system()))
                .map(coding -> String.valueOf(coding.code()))
                .filter(text -> LOINC_CODE.matcher(text).matches())
                .findFirst()
                .orElse(OTHER);
        return new Unevaluated(NotEvaluated.NO_RULE, "", code);
    }

    /** Of a whole input that did not reach the rules. */
    public static Unevaluated because(NotEvaluated reason) {
        return new Unevaluated(reason, "", "");
    }
}
