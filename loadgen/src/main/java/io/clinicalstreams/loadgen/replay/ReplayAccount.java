package io.clinicalstreams.loadgen.replay;

/**
 * What became of the input's files and documents.
 *
 * @param filesPassedOver files in the given folders whose names are not those of input
 * @param documents lines and whole files read
 * @param unreadable of them no JSON object: sent as they are, without a key
 * @param bundlesSplit of them Bundles whose entries were sent each on its own
 * @param entriesWithoutResource of these Bundles: there is nothing to send
 * @param notRewritten records sent as they stand although times or references in them were to be replaced: not in UTF-8
 */
public record ReplayAccount(
        long filesPassedOver,
        long documents,
        long unreadable,
        long bundlesSplit,
        long entriesWithoutResource,
        long notRewritten) {}
