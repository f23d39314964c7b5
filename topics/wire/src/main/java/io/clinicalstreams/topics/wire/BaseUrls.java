package io.clinicalstreams.topics.wire;

import java.util.Set;

/**
 * The FHIR servers that are known, each with a trailing slash.
 *
 * @param ours servers whose {@code <base>/Patient/1} is our {@code Patient/1}, the longest first
 * @param others servers of other hospitals, whose resources a PUT in a Bundle does not make ours
 */
public record BaseUrls(Set<String> ours, Set<String> others) {

    /**
     * @throws IllegalArgumentException for the first URL that is not one, with the others as suppressed ones; for one
     *     that is in both
     */
    public BaseUrls {
        ours = PatientKeys.ordered(ours);
        others = PatientKeys.ordered("other-base-urls", others);
        for (String other : others) {
            if (ours.contains(other)) {
                throw new IllegalArgumentException(
                        "other-base-urls: must not be one of base-urls, was '" + other + "'");
            }
        }
    }

    /** Whether an absolute URL is on one of our own servers. */
    public boolean isBelowOurs(String url) {
        return longest(ours, url) > 0;
    }

    /** Whether an absolute URL is on another hospital's server, at any path. Of several servers, the longest counts. */
    boolean isBelowOthers(String url) {
        return longest(others, url) > longest(ours, url);
    }

    private static int longest(Set<String> servers, String url) {
        return servers.stream()
                .filter(url::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
