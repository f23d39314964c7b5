package io.clinicalstreams.topics.size;

/** An input's value, and who says so: an option, a file of results, or nobody. */
record Given(double value, String origin) {}
