package io.clinicalstreams.demo.bench;

import java.util.Map;

/** What a bench found out, for eyes and for programs. */
public interface BenchResult {

    /** Lines for eyes, without a line end behind the last. */
    String table();

    Map<String, Object> json();

    /** Whether every target was reached. */
    boolean isReached();
}
