package io.clinicalstreams.demo;

import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.AlertOracle;
import io.clinicalstreams.verifier.source.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * What the topics say of a run: what became of every resource, and which promises about order and alerts do not hold.
 *
 * @param broken a line each, without content
 */
record Judgement(Verdict verdict, AlertCounts alerts, List<String> broken) {

    /**
     * Reads everything behind the mark.
     *
     * @param acknowledged records that the sender knows to be taken
     */
    static Judgement of(Verifier verifier, Mark mark, long acknowledged) {
        Verdict verdict = verifier.verify(mark, acknowledged);
        AlertForms standing = AlertForms.current(verifier.source(), verifier.topics(), mark);
        List<Promise> promises = new ArrayList<>(List.of(verifier.patientOrder(mark), verifier.everyAlertOnce(mark)));
        // Which alerts are due follows from all of a patient's input, not from its end.
        if (mark.isBeginningOf(verifier.topics().received().fullName())) {
            promises.add(AlertOracle.expect(verifier.source(), verifier.topics(), mark)
                    .compare(standing));
        }
        List<String> broken =
                promises.stream().flatMap(promise -> promise.broken().stream()).toList();
        return new Judgement(verdict, standing.counts(), broken);
    }

    /** Nothing lost, nothing duplicated, every alert as it is due. */
    boolean isGood() {
        return verdict.isGood() && broken.isEmpty();
    }
}
