package io.clinicalstreams.pipeline.step;

import java.util.List;

/** What the alerting lane writes besides its ledger: an alert, or a record for the task of another patient. */
public sealed interface AlertingOutput permits AlertRecord, AlertingOutput.ForwardedRecord {

    /** The alert, if it is one. */
    List<AlertRecord> alerts();

    /** The other record, if it is one. */
    List<ForwardedRecord> forwarded();

    /**
     * A duplicate's state, or an input of it, on the way to the patient that replaces it.
     *
     * @param value the state as FHIR Parameters, or the resource as re-keyed
     */
    record ForwardedRecord(byte[] value) implements AlertingOutput {

        @Override
        public List<AlertRecord> alerts() {
            return List.of();
        }

        @Override
        public List<ForwardedRecord> forwarded() {
            return List.of(this);
        }

        /** Hides the content: this may end up in a log. */
        @Override
        public String toString() {
            return "ForwardedRecord[hidden]";
        }
    }
}
