/** Says why an alert was raised, or why none was. */
@NullMarked
package io.clinicalstreams.trial.explain;

import org.jspecify.annotations.NullMarked;
