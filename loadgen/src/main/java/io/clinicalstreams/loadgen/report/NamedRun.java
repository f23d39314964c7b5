package io.clinicalstreams.loadgen.report;

import io.clinicalstreams.loadgen.result.RunResult;

/** A run and the name of its file. */
record NamedRun(String name, RunResult run) {}
