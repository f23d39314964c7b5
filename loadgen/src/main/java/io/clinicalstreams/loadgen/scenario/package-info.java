/** What a run sends and when: scenarios as YAML files, one each. */
@NullMarked
package io.clinicalstreams.loadgen.scenario;

import org.jspecify.annotations.NullMarked;
