package io.clinicalstreams.loadgen.replay;

import io.clinicalstreams.loadgen.replay.ResourceFacts.Subject;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reference;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The patient key of a resource by the sender's contract: the canonical reference of its patient. */
final class ReplayPatientKeys {

    private static final String PATIENT = "Patient";
    private static final Pattern HTTP = Pattern.compile("(?i)https?://");

    private final Set<String> baseUrls;
    private final PatientKeys keys;

    /** @param baseUrls our own servers, each with a slash at the end, the longest first */
    ReplayPatientKeys(Set<String> baseUrls) {
        this.baseUrls = baseUrls;
        this.keys = new PatientKeys(baseUrls);
    }

    /** The key of a resource outside a Bundle, or null when it names no patient. */
    @Nullable
    String of(ResourceFacts resource) {
        return of(resource, null);
    }

    /**
     * The key of a Bundle's entry.
     *
     * @param bundle the Bundle's resources by fullUrl, null outside of one
     */
    @Nullable
    String of(ResourceFacts resource, @Nullable Map<String, ResourceFacts> bundle) {
        if (PATIENT.equals(resource.resourceType())) {
            return resource.id() == null ? null : PATIENT + '/' + resource.id();
        }
        Subject subject = resource.subject();
        if (subject == null || (subject.type() != null && !subject.type().equals(PATIENT))) {
            return null;
        }
        String written = subject.reference();
        if (written == null) {
            String value = subject.identifierValue();
            return value == null ? null : key(PatientKeys.ofIdentifier(subject.identifierSystem(), value));
        }
        Reference reference = Reference.parse(written);
        return bundle != null && reference != null && reference.kind() == Reference.Kind.URN
                ? resolved(reference.text(), bundle.get(reference.text()))
                : key(keys.ofReference(written));
    }

    /** Whether a Bundle's entry comes from another server: its relative references mean resources there. */
    boolean isForeign(ResourceFacts.Entry entry) {
        String fullUrl = entry.fullUrl();
        return fullUrl != null
                && HTTP.matcher(fullUrl).lookingAt()
                && baseUrls.stream().noneMatch(fullUrl::startsWith);
    }

    private static @Nullable String key(PatientReference patient) {
        return patient.key() == null ? null : patient.key().reference();
    }

    private @Nullable String resolved(String urn, @Nullable ResourceFacts resource) {
        if (resource == null || !PATIENT.equals(resource.resourceType())) {
            return null;
        }
        return resource.id() == null ? urn : of(resource);
    }
}
