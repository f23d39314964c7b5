package io.clinicalstreams.verifier.alert;

/**
 * Alerts by their final forms.
 *
 * @param raised distinct alerts
 * @param escalated escalations of all of them together
 * @param resolved that ended so
 * @param retracted that ended so
 */
public record AlertCounts(long raised, long escalated, long resolved, long retracted) {}
