package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
        boolean isAmbiguous = false;
        for (Map.Entry<String, Set<Form>> one : forms.entrySet()) {
            boolean isDemanded = inHowMany.getOrDefault(one.getKey(), 0) == histories.size();
            due.put(one.getKey(), new Due(one.getValue(), isDemanded));
            isAmbiguous |= !isDemanded || one.getValue().size() > 1;
        }
        ambiguous += isAmbiguous ? 1 : 0;
    }

    /**
     * One alert.
     *
     * @param forms its possible final forms
     * @param demanded whether it must exist
     */
    void one(String id, Set<Form> forms, boolean demanded) {
        due.put(id, new Due(Set.copyOf(forms), demanded));
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

    /** Violated when alerts are missing, not due, or in a wrong final form. */
    public Promise compare(AlertForms actual) {
        Set<String> ids = new TreeSet<>(due.keySet());
        ids.addAll(actual.byId().keySet());
        ProblemList problems = new ProblemList();
        for (String id : ids) {
            AlertForm form = actual.byId().get(id);
            Due expected = due.get(id);
            if (form == null) {
                if (expected != null && expected.demanded()) {
                    problems.add("alert " + id + " is missing");
                }
            } else if (expected != null && !expected.forms().contains(Form.of(form))) {
                problems.add("alert " + id + " has a wrong final form");
            } else if (expected == null && !tolerated.contains(id)) {
                problems.add("alert " + id + " is not due");
            }
        }
        return problems::lines;
    }
}
