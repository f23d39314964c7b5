package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import java.util.Locale;

/**
 * Extensions for what DetectedIssue has no element for: rule, transition, value, limit, analyte, encounter and counts.
 */
final class AlertExtensions {

    private static final String UCUM = "http://unitsofmeasure.org";

    private AlertExtensions() {}

    static void write(Alert alert, ArrayNode extensions) {
        add("rule", extensions).put("valueString", alert.episode().ruleId());
        if (alert.rule() != null) {
            add("rule-version", extensions).put("valueString", alert.rule().version());
        }
        add("transition", extensions).put("valueCode", alert.transition().name().toLowerCase(Locale.ROOT));
        if (alert.reading().amount() != null) {
            value(alert.reading().amount(), add("value", extensions).putObject("valueQuantity"));
        }
        add(alert.criterionName(), extensions).put("valueString", alert.criterion());
        if (alert.episode().analyte() != null) {
            analyte(alert.episode().analyte(), add("analyte", extensions).putObject("valueCoding"));
        }
        if (alert.episode().encounter() != null) {
            add("encounter", extensions)
                    .putObject("valueReference")
                    .put("reference", alert.episode().encounter());
        }
        add("escalations", extensions).put("valueInteger", alert.episode().escalations());
        add("suppressed", extensions).put("valueInteger", alert.episode().suppressed());
    }

    private static ObjectNode add(String name, ArrayNode extensions) {
        return extensions.addObject().put("url", DetectedIssueWriter.BASE + name);
    }

    private static void analyte(Coding analyte, ObjectNode coding) {
        if (analyte.system() != null) {
            coding.put("system", analyte.system());
        }
        coding.put("code", analyte.code());
    }

    private static void value(Amount amount, ObjectNode quantity) {
        // Not with put(), which strips trailing zeros from a decimal.
        quantity.set("value", DecimalNode.valueOf(amount.value().value()));
        String comparator = amount.value().bound().symbol();
        if (!comparator.isEmpty()) {
            quantity.put("comparator", comparator);
        }
        Unit unit = amount.unit();
        if (!unit.equals(Unit.NONE)) {
            quantity.put("unit", unit.text());
        }
        if (unit.coded()) {
            quantity.put("system", UCUM).put("code", unit.text());
        }
    }
}
