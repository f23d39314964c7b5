package io.clinicalstreams.loadgen.replay;

/**
 * What became of the input's documents.
 *
 * @param documents lines and whole files read
 * @param unreadable of them no JSON object: sent as they are, without a key
 * @param bundlesSplit of them Bundles whose entries were sent each on its own
 * @param entriesWithoutResource of these Bundles: there is nothing to send
 */
public record ReplayAccount(long documents, long unreadable, long bundlesSplit, long entriesWithoutResource) {}
