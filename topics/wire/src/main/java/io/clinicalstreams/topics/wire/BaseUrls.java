package io.clinicalstreams.topics.wire;

import java.util.Set;

/**
 * The FHIR servers that are known, each with a trailing slash.
 *
 * @param ours servers whose {@code <base>/Patient/1} is our {@code Patient/1}, the longest first
 * @param others servers of other hospitals, whose resources a PUT in a Bundle does not make ours
 */
public record BaseUrls(Set<String> ours, Set<String> others) {

    /** @throws IllegalArgumentException for the first URL that is not one, with the others as suppressed ones */
    public BaseUrls {
        ours = PatientKeys.ordered(ours);
        others = PatientKeys.ordered(others);
    }

    /** Whether an absolute URL is on one of our own servers. */
    public boolean isBelowOurs(String url) {
        return ours.stream().anyMatch(url::startsWith);
    }
}
