package io.clinicalstreams.loadgen.replay;

/**
 * What became of the input's files and documents.
 *
 * @param filesPassedOver skipped files in the given folders, which do not have an input file's name
 * @param documents lines and whole files read
 * @param unreadable documents that are not a JSON object: sent unchanged, without a key
 * @param bundlesSplit Bundles whose entries were sent one by one
 * @param entriesWithoutResource entries of these Bundles with nothing to send
 * @param notRewritten records sent with their original times and references because they are not UTF-8
 */
public record ReplayAccount(
        long filesPassedOver,
        long documents,
        long unreadable,
        long bundlesSplit,
        long entriesWithoutResource,
        long notRewritten) {}
