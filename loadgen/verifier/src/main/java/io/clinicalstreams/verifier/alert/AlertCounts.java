package io.clinicalstreams.verifier.alert;

/**
 * Alerts counted by their final forms.
 *
 * @param raised distinct alerts
 * @param escalated total number of escalations
 * @param resolved alerts that ended as resolved
 * @param retracted alerts that ended as retracted
 */
public record AlertCounts(long raised, long escalated, long resolved, long retracted) {}
