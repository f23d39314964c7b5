package io.clinicalstreams.topics.wire;

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
 * @param base what its fullUrl begins with, whether that counts or not: a relative reference may name another entry by it;
 *     null without one
 * @param home the server that its id belongs to, in the same form: that of its references, unless a link says otherwise
 * @param url its address on another server; null if it is on ours, or not known
 */
public record ReferenceContext(
        BundleTargets targets,
        @Nullable String server,
        @Nullable String base,
        @Nullable String home,
        @Nullable String url) {

    private static final String OURS = "";

    /** A resource outside any Bundle. */
    public static final ReferenceContext ALONE = new ReferenceContext(BundleTargets.OUTSIDE, OURS, null, OURS, null);

    /**
     * An entry of a Bundle. With a PUT, the client states the id on our server, and FHIR R4 has the fullUrl's base
     * ignored: it is often a placeholder. Not if it is known as another hospital's.
     *
     * @param fullUrl null when it has none
     * @param isPut whether its request's method is PUT
     */
    public static ReferenceContext of(
            BundleTargets targets, @Nullable String fullUrl, boolean isPut, BaseUrls baseUrls) {
        if (fullUrl == null || !(fullUrl.startsWith("http://") || fullUrl.startsWith("https://"))) {
            return new ReferenceContext(targets, OURS, null, OURS, null);
        }
        Reference reference = fullUrl.length() > PatientKey.MAX_BYTES ? null : Reference.parse(fullUrl);
        String server = reference == null ? null : reference.server();
        boolean isTheirs = baseUrls.isBelowOthers(fullUrl);
        boolean known = server == null
                ? baseUrls.isBelowOurs(fullUrl) && !isTheirs
                : baseUrls.ours().contains(server);
        boolean ignored = isPut && !isTheirs;
        String home = known || ignored ? OURS : server;
        String url = reference == null || home == null || home.isEmpty() ? null : reference.text();
        return new ReferenceContext(targets, home, server, home, url);
    }

    /** The same entry, whose resource is at the address of its self link. It has no fullUrl, so its references stay. */
    public ReferenceContext linked(String self, BaseUrls baseUrls) {
        ReferenceContext there = of(targets, self, false, baseUrls);
        return new ReferenceContext(targets, server, base, there.server, there.url);
    }

    public boolean isOurs() {
        return server != null && server.isEmpty();
    }

    /** The absolute form of a relative reference; null when the server is unknown or our own. */
    @Nullable
    String absolute(String relative) {
        return server == null || server.isEmpty() ? null : server + relative;
    }

    /** What identifies a resource of this context: {@code Type/id}, or its full URL on another server; null if unknown. */
    public @Nullable String address(String type, String id) {
        return home == null ? null : home + type + '/' + id;
    }

    /** The same for a resource without an id: only an address on another server identifies it. */
    public @Nullable String address(String type) {
        return url != null && url.startsWith(home + type + '/') ? url : null;
    }

    /** Whether its id is one of our own server. */
    public boolean isAtHome() {
        return home != null && home.isEmpty();
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
                    case URN, ABSOLUTE -> targets.reference(reference.text());
                    case RELATIVE -> elsewhere(reference, text);
                    case CONDITIONAL, CONTAINED -> null;
                };
        return resolved == null ? text : resolved;
    }

    private @Nullable String elsewhere(Reference reference, String text) {
        BundleTargets.Target entry = neighbour(reference);
        return entry == null ? absolute(text) : entry.reference();
    }

    /**
     * The entry of the same base that a relative reference names, if the reference means another one outside the Bundle;
     * null when there is none.
     */
    public BundleTargets.@Nullable Target neighbour(Reference relative) {
        BundleTargets.Target entry = base == null ? null : targets.find(base + relative.text());
        boolean stays = entry == null
                || entry.name() == null
                || (isOurs() && entry.name().equals(relative.text()));
        return stays ? null : entry;
    }

    /** Whether a relative reference may name another entry. */
    public boolean mayHaveNeighbours() {
        return base != null && targets.hasAddresses();
    }

    /** Hides the server: this may end up in a log. */
    @Override
    public String toString() {
        return "ReferenceContext[hidden]";
    }
}
