package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.account.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * The actual alerts compared with those due; by alert id.
 *
 * @param expected number of alerts that may exist
 * @param missing alerts that must exist but do not
 * @param unexpected alerts that exist but must not
 * @param different alerts with an impossible final form
 * @param ambiguous number of patients, counted per rule, with more than one possible result
 */
public record AlertVerdict(
        int expected, List<String> missing, List<String> unexpected, List<String> different, int ambiguous)
        implements Promise {

    private static final int LINES = 20;

    public AlertVerdict {
        missing = missing.stream().sorted().toList();
        unexpected = unexpected.stream().sorted().toList();
        different = different.stream().sorted().toList();
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        missing.forEach(id -> broken.add("alert " + id + " is missing"));
        unexpected.forEach(id -> broken.add("alert " + id + " is not due"));
        different.forEach(id -> broken.add("alert " + id + " has a wrong final form"));
        return broken.stream().limit(LINES).toList();
    }
}
