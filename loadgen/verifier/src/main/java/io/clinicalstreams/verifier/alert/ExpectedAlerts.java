package io.clinicalstreams.verifier.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which alerts are due, as far as that can be told from outside. */
public final class ExpectedAlerts {

    /** The forms an alert may have in the end. */
    private record Due(Set<Form> forms, boolean demanded) {}

    private final Map<String, Due> due = new HashMap<>();
    private final Set<String> tolerated = new HashSet<>();
    private final boolean rulesChanged;
    private int ambiguous;

    ExpectedAlerts(boolean rulesChanged) {
        this.rulesChanged = rulesChanged;
    }

    /** Whether a rule was written after the first input, so that it is unknown which inputs it applied to. */
    public boolean rulesChanged() {
        return rulesChanged;
    }

    /** @param histories of one patient under one rule, one of which came to pass */
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

    /** For one patient under one rule nothing is certain but which alerts there can be at all. */
    void anyOf(Set<String> ids) {
        ambiguous++;
        tolerated.addAll(ids);
    }

    /** How many patients, counted by rule, have more than one possible end. */
    public int ambiguous() {
        return ambiguous;
    }

    /** How many alerts there have to be. */
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
