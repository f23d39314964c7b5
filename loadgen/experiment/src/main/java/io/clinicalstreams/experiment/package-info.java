/** An experiment as its YAML file says it, and the catalogue of each of its levels. */
@NullMarked
package io.clinicalstreams.experiment;

import org.jspecify.annotations.NullMarked;
