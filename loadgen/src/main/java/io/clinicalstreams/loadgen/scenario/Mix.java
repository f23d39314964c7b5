package io.clinicalstreams.loadgen.scenario;

import io.clinicalstreams.topics.problem.Checks;
import java.util.stream.DoubleStream;

/**
 * How often each type of resource is sent, as weights. With a weight for Patient, the first record of a patient is the
 * Patient. Episodes and Bundles come with results of their own, whatever the weights.
 */
public record Mix(
        double patient,
        double medicationRequest,
        double encounter,
        double bloodPressure,
        double vitalSign,
        double laboratory) {

    public Mix {
        double total = patient + medicationRequest + encounter + bloodPressure + vitalSign + laboratory;
        boolean isNegative = DoubleStream.of(
                        patient, medicationRequest, encounter, bloodPressure, vitalSign, laboratory)
                .anyMatch(weight -> weight < 0);
        Checks.all(
                () -> require(!isNegative, "a weight must be 0 or more"),
                () -> require(total > 0 && total <= Double.MAX_VALUE, "one weight must be above 0"));
    }

    /** Whether all resources are Observations. */
    public boolean isObservations() {
        return patient + medicationRequest + encounter == 0;
    }

    /** The upper end of each weight's part of 0 to 1, in the order of the components. */
    public double[] upTo() {
        double[] sums = {patient, medicationRequest, encounter, bloodPressure, vitalSign, laboratory};
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        double total = sums[sums.length - 1];
        return DoubleStream.of(sums).map(sum -> sum / total).toArray();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
