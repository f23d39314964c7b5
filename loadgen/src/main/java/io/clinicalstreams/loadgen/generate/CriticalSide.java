package io.clinicalstreams.loadgen.generate;

import org.jspecify.annotations.Nullable;

/**
 * How a laboratory value leaves the normal on one side, in the test's unit: the limit for a warning where there is one,
 * the critical limit, and the worst value that a patient who may recover is given.
 */
record CriticalSide(@Nullable Double warning, double critical, double worst) {

    static CriticalSide of(double critical, double worst) {
        return new CriticalSide(null, critical, worst);
    }

    static CriticalSide of(double warning, double critical, double worst) {
        return new CriticalSide(warning, critical, worst);
    }

    /** Beyond the critical limit; {@code depth} from 0 (just beyond) to 1 (the worst). */
    double critical(double depth) {
        return critical + (worst - critical) * (0.12 + 0.88 * depth);
    }

    /** On the way there: a warning where there is one, else short of the critical limit. */
    double approaching(double edgeOfNormal) {
        double from = warning == null ? edgeOfNormal : warning;
        return from + (critical - from) * 0.4;
    }
}
