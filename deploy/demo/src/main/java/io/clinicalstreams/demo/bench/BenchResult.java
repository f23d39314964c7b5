package io.clinicalstreams.demo.bench;

import java.util.Map;

/** The result of a bench, as text and as JSON. */
interface BenchResult {

    /** Text lines, without a trailing line break. */
    String table();

    Map<String, Object> json();

    /** Whether every target was reached. */
    boolean isReached();
}
