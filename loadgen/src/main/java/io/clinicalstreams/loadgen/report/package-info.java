/** Results as one HTML page: what is drawn, and how. */
@NullMarked
package io.clinicalstreams.loadgen.report;

import org.jspecify.annotations.NullMarked;
