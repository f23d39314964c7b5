package io.clinicalstreams.topics.size;

/**
 * What something keeps on all disks together, and how that comes about.
 *
 * @param formula in words, with the numbers put in
 */
record Stored(double bytes, String formula) {}
