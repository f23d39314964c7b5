package io.clinicalstreams.topics.wire;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a resource is on its own or an entry of a Bundle, which decides what its references mean. In an entry whose
 * fullUrl is an address, {@code https://b.example/fhir/Observation/9}, a relative reference is relative to that server
 * (FHIR R4, Bundle, resolving references): {@code Patient/1} is {@code https://b.example/fhir/Patient/1} there, not our
 * patient with that id.
 *
 * @param targets the other entries
 * @param server what relative references are relative to, with a trailing slash; empty for our own server, null when
 *     the fullUrl is an address whose server is unknown
 */
public record ReferenceContext(
        BundleTargets targets, @Nullable String server) {

    private static final String OURS = "";

    /** A resource outside any Bundle. */
    public static final ReferenceContext ALONE = new ReferenceContext(BundleTargets.OUTSIDE, OURS);

    /**
     * An entry of a Bundle.
     *
     * @param fullUrl null when it has none
     * @param baseUrls our own servers, each with a trailing slash
     */
    public static ReferenceContext of(BundleTargets targets, @Nullable String fullUrl, Set<String> baseUrls) {
        if (fullUrl == null || !(fullUrl.startsWith("http://") || fullUrl.startsWith("https://"))) {
            return new ReferenceContext(targets, OURS);
        }
        return new ReferenceContext(targets, server(fullUrl, baseUrls));
    }

    private static @Nullable String server(String fullUrl, Set<String> baseUrls) {
        Reference reference = fullUrl.length() > PatientKey.MAX_BYTES ? null : Reference.parse(fullUrl);
        String server = reference == null ? null : reference.server();
        if (server == null ? baseUrls.stream().anyMatch(fullUrl::startsWith) : baseUrls.contains(server)) {
            return OURS;
        }
        return server;
    }

    public boolean isOurs() {
        return server != null && server.isEmpty();
    }

    /** The absolute form of a relative reference; null when the server is unknown or our own. */
    @Nullable
    String absolute(String relative) {
        return server == null || server.isEmpty() ? null : server + relative;
    }

    /** The same reference, valid outside the Bundle; null when it is contained, or has no text. */
    @Nullable
    public String outside(Subject subject) {
        Reference reference = subject.reference();
        String text = subject.text();
        if (reference == null || text == null || reference.kind() == Reference.Kind.CONTAINED) {
            return null;
        }
        String resolved =
                switch (reference.kind()) {
                    case URN -> targets.reference(reference.text());
                    case RELATIVE -> absolute(text);
                    case ABSOLUTE, CONDITIONAL, CONTAINED -> null;
                };
        return resolved == null ? text : resolved;
    }

    /** Hides the server: this may end up in a log. */
    @Override
    public String toString() {
        return "ReferenceContext[hidden]";
    }
}
