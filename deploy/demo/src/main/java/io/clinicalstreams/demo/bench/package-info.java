/** The benchmarks: the lanes compared with bare topologies and a bare echo, over the same input in the same run. */
@NullMarked
package io.clinicalstreams.demo.bench;

import org.jspecify.annotations.NullMarked;
