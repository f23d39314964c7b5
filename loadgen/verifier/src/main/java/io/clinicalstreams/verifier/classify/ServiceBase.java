package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonBounds;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The FHIR service base URL that resolves the relative references of an entry: the base of its fullUrl.
 *
 * @param root the base URL with a slash at the end; empty for our own servers, null when the fullUrl is not a URL on a
 *     FHIR server, so that relative references cannot be resolved
 */
record ServiceBase(@Nullable String root) {

    /** For a resource outside a Bundle, one without a fullUrl, and one whose fullUrl is a URN. */
    static final ServiceBase OURS = new ServiceBase("");

    private static final ServiceBase NOWHERE = new ServiceBase(null);

    private static final Pattern RESTFUL =
            Pattern.compile("(https?://[^/\\s\"\\\\|#]+/(?:[^/\\s\"\\\\|#]*/)*)([A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}"
                    + "(?:/_history/[A-Za-z0-9\\-.]{1,64})?(?:#\\S*)?");

    /** @param isPut whether the entry's request is a PUT, whose base is ours unless it is a known other one */
    static ServiceBase of(@Nullable String fullUrl, boolean isPut, FhirSettings fhir) {
        if (fullUrl == null || !(fullUrl.startsWith("http://") || fullUrl.startsWith("https://"))) {
            return OURS;
        }
        String root = fullUrl.length() > JsonBounds.TEXT ? null : rootOf(fullUrl);
        boolean isKnownOther = isKnownOther(fullUrl, fhir);
        if (isPut && !isKnownOther) {
            return OURS;
        }
        if (root != null) {
            return fhir.baseUrls().contains(root) ? OURS : new ServiceBase(root);
        }
        return !isKnownOther && fhir.baseUrls().stream().anyMatch(fullUrl::startsWith) ? OURS : NOWHERE;
    }

    /** Whether the longest known base URL that it begins with is another hospital's. Each ends with a slash. */
    private static boolean isKnownOther(String fullUrl, FhirSettings fhir) {
        return Stream.concat(fhir.baseUrls().stream(), fhir.otherBaseUrls().stream())
                .filter(fullUrl::startsWith)
                .max(Comparator.comparingInt(String::length))
                .filter(fhir.otherBaseUrls()::contains)
                .isPresent();
    }

    /** What a fullUrl begins with, whether that counts or not; null when it is not a URL on a FHIR server. */
    static @Nullable String rootOf(String fullUrl) {
        Matcher parts = RESTFUL.matcher(fullUrl);
        return parts.matches() && ResourceTypeNames.NAMES.contains(parts.group(2)) ? parts.group(1) : null;
    }

    boolean isOurs() {
        return root != null && root.isEmpty();
    }

    boolean isNowhere() {
        return root == null;
    }

    /** Hides the URL: this text may be logged. */
    @Override
    public String toString() {
        return "ServiceBase[hidden]";
    }
}
