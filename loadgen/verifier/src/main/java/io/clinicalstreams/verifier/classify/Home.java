package io.clinicalstreams.verifier.classify;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose resources the relative references of an entry mean: by FHIR R4 those of the server in its fullUrl.
 *
 * @param root the server's address with a slash at the end; empty where it is us, null where the fullUrl is an address
 *     of no server, so that relative references find nothing
 */
record Home(@Nullable String root) {

    /** Of a resource that came alone, of one without a fullUrl, and of one whose fullUrl is a URN. */
    static final Home OURS = new Home("");

    private static final Home NOWHERE = new Home(null);

    private static final Pattern RESTFUL =
            Pattern.compile("(https?://[^/\\s\"\\\\|#]+/(?:[^/\\s\"\\\\|#]*/)*)([A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}"
                    + "(?:/_history/[A-Za-z0-9\\-.]{1,64})?(?:#\\S*)?");

    /** Our own servers' addresses, each with a slash at the end, those that begin like others before these. */
    static List<String> ordered(Set<String> baseUrls) {
        return baseUrls.stream()
                .map(url -> url.endsWith("/") ? url : url + "/")
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** @param baseUrls {@linkplain #ordered ordered} */
    static Home of(@Nullable String fullUrl, List<String> baseUrls) {
        if (fullUrl == null || !(fullUrl.startsWith("http://") || fullUrl.startsWith("https://"))) {
            return OURS;
        }
        String root = fullUrl.length() > Bounds.TEXT ? null : rootOf(fullUrl);
        if (root != null) {
            return baseUrls.contains(root) ? OURS : new Home(root);
        }
        return baseUrls.stream().anyMatch(fullUrl::startsWith) ? OURS : NOWHERE;
    }

    private static @Nullable String rootOf(String fullUrl) {
        Matcher parts = RESTFUL.matcher(fullUrl);
        return parts.matches() && ResourceTypes.isKnown(parts.group(2)) ? parts.group(1) : null;
    }

    boolean isOurs() {
        return root != null && root.isEmpty();
    }

    boolean isNowhere() {
        return root == null;
    }

    /** Hides whose it is: this may end up in a log. */
    @Override
    public String toString() {
        return "Home[hidden]";
    }
}
