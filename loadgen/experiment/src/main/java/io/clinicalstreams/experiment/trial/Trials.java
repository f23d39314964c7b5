package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Metric;
import java.io.IOException;
import java.util.Map;

/** Carries out the trials of an experiment, one at a time. */
public interface Trials {

    /** One trial at this level. */
    Map<Metric, Double> level(FactorLevel level) throws IOException, InterruptedException;

    /** One trial of the ruler. */
    Map<Metric, Double> ruler() throws IOException, InterruptedException;
}
