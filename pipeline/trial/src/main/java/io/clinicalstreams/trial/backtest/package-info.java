/** Compares rule sets on recorded stays with known outcomes. */
@NullMarked
package io.clinicalstreams.trial.backtest;

import org.jspecify.annotations.NullMarked;
