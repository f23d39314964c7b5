package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.account.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts that stand, against alerts that are due; by alert id.
 *
 * @param expected how many may be there
 * @param missing have to be there and are not
 * @param unexpected are there and should not be
 * @param different are there in a final form that they cannot have
 * @param ambiguous how many patients, counted by rule, have more than one possible end
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
        different.forEach(id -> broken.add("alert " + id + " has another final form than is due"));
        return broken.stream().limit(LINES).toList();
    }
}
