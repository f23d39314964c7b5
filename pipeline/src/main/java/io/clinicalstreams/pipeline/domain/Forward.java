package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.topics.wire.PatientKey;
import java.util.function.Function;

/** What goes on to the Patient that replaces a duplicate. */
public sealed interface Forward {

    /** The key of that Patient. */
    PatientKey to();

    /** Applies the function for this case. A new case does not compile until every caller handles it. */
    <R> R answer(Function<State, R> state, Function<Input, R> input);

    /**
     * The duplicate's state.
     *
     * @param from the duplicate's key
     */
    record State(PatientKey to, PatientKey from, PatientState state) implements Forward {

        @Override
        public <R> R answer(Function<State, R> asState, Function<Input, R> asInput) {
            return asState.apply(this);
        }

        /** Hides the patients: this may end up in a log. */
        @Override
        public String toString() {
            return "State[hidden]";
        }
    }

    /** The input itself: it is evaluated there. */
    record Input(PatientKey to) implements Forward {

        @Override
        public <R> R answer(Function<State, R> asState, Function<Input, R> asInput) {
            return asInput.apply(this);
        }

        /** Hides the patient: this may end up in a log. */
        @Override
        public String toString() {
            return "Input[hidden]";
        }
    }
}
