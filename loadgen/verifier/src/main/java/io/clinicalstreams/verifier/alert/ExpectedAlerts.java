package io.clinicalstreams.verifier.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The alerts that are due, as far as can be known from outside. */
public final class ExpectedAlerts {

    /** The possible final forms of an alert. */
    private record Due(Set<Form> forms, boolean demanded) {}

    private final Map<String, Due> due = new HashMap<>();
    private final Set<String> tolerated = new HashSet<>();
    private final boolean rulesChanged;
    private int ambiguous;

    ExpectedAlerts(boolean rulesChanged) {
        this.rulesChanged = rulesChanged;
    }

    /** Whether a rule was written after the first input: it is unknown which inputs it applied to. */
    public boolean rulesChanged() {
        return rulesChanged;
    }

    /** @param histories possible histories of one patient under one rule, one of which happened */
    void oneOf(Set<History> histories) {
        Map<String, Set<Form>> forms = new HashMap<>();
        Map<String, Integer> inHowMany = new HashMap<>();
        for (History history : histories) {
            for (Incident incident : history.incidents()) {
                forms.computeIfAbsent(incident.id(), any -> new HashSet<>()).add(Form.of(incident));
                inHowMany.merge(incident.id(), 1, Integer::sum);
            }
        }
        if (histories.size() > 1) {
            ambiguous++;
        }
        forms.forEach((id, all) -> due.put(id, new Due(all, inHowMany.getOrDefault(id, 0) == histories.size())));
    }

    /** For one patient under one rule: these alerts are possible, none is certain. */
    void anyOf(Set<String> ids) {
        ambiguous++;
        tolerated.addAll(ids);
    }

    /** The number of patients, counted per rule, with more than one possible result. */
    public int ambiguous() {
        return ambiguous;
    }

    /** The number of alerts that must exist. */
    public long demanded() {
        return due.values().stream().filter(Due::demanded).count();
    }

    public AlertVerdict compare(AlertForms actual) {
        List<String> missing = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<String> different = new ArrayList<>();
        due.forEach((id, expected) -> {
            AlertForm form = actual.byId().get(id);
            if (form == null) {
                if (expected.demanded()) {
                    missing.add(id);
                }
            } else if (!expected.forms().contains(Form.of(form))) {
                different.add(id);
            }
        });
        for (String id : actual.byId().keySet()) {
            if (!due.containsKey(id) && !tolerated.contains(id)) {
                unexpected.add(id);
            }
        }
        return new AlertVerdict(due.size(), missing, unexpected, different, ambiguous);
    }
}
