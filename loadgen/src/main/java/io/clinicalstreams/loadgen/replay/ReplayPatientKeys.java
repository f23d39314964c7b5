package io.clinicalstreams.loadgen.replay;

import io.clinicalstreams.loadgen.replay.ResourceFacts.Subject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The patient key of a resource: the canonical reference of its patient. Independent of the pipeline's implementation:
 * a sender that shares the receiver's code would share its mistakes.
 */
final class ReplayPatientKeys {

    private static final String PATIENT = "Patient/";
    private static final String CONDITIONAL = "Patient?identifier=";
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern HTTP = Pattern.compile("(?i)https?://");
    private static final Pattern VERSION = Pattern.compile("/_history/[^/]*$");

    private final Set<String> baseUrls;

    /** @param baseUrls our own servers, each with a slash at the end, the longest first */
    ReplayPatientKeys(Set<String> baseUrls) {
        this.baseUrls = baseUrls;
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
        if ("Patient".equals(resource.resourceType())) {
            return resource.id() == null ? null : PATIENT + resource.id();
        }
        Subject subject = resource.subject();
        if (subject == null || (subject.type() != null && !subject.type().equals("Patient"))) {
            return null;
        }
        if (subject.reference() != null) {
            return ofReference(subject.reference(), bundle);
        }
        String system = subject.identifierSystem();
        return subject.identifierValue() == null || system == null || system.isEmpty() || system.indexOf('|') >= 0
                ? null
                : system + '|' + subject.identifierValue();
    }

    /** Whether a Bundle's entry comes from another server: its relative references mean resources there. */
    boolean isForeign(ResourceFacts.Entry entry) {
        String fullUrl = entry.fullUrl();
        return fullUrl != null
                && HTTP.matcher(fullUrl).lookingAt()
                && baseUrls.stream().noneMatch(fullUrl::startsWith);
    }

    static boolean isUrn(String reference) {
        return reference.startsWith("urn:uuid:") || reference.startsWith("urn:oid:");
    }

    private @Nullable String ofReference(String written, @Nullable Map<String, ResourceFacts> bundle) {
        if (written.isEmpty() || written.startsWith("#")) {
            return null;
        }
        if (isUrn(written)) {
            String urn = withoutFragment(written);
            return bundle == null ? urn : resolved(urn, bundle.get(urn));
        }
        if (written.startsWith(CONDITIONAL)) {
            return logical(written.substring(CONDITIONAL.length()));
        }
        String reference = VERSION.matcher(withoutFragment(written)).replaceFirst("");
        for (String baseUrl : baseUrls) {
            if (reference.startsWith(baseUrl)) {
                reference = reference.substring(baseUrl.length());
                break;
            }
        }
        if (ABSOLUTE.matcher(reference).matches()) {
            return ofAbsolute(reference);
        }
        return reference.startsWith(PATIENT) && reference.length() > PATIENT.length() ? reference : null;
    }

    private static String withoutFragment(String reference) {
        int fragment = reference.indexOf('#');
        return fragment < 0 ? reference : reference.substring(0, fragment);
    }

    /** {@code system|value} of a search by one identifier; no other search names one patient, and a comma is an or. */
    private static @Nullable String logical(String search) {
        try {
            String identifier = URLDecoder.decode(search.replace("+", "%2B"), StandardCharsets.UTF_8);
            int bar = identifier.indexOf('|');
            boolean one = search.indexOf('&') < 0 && identifier.indexOf(',') < 0 && identifier.indexOf('\\') < 0;
            return one && bar > 0 && bar < identifier.length() - 1 ? identifier : null;
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }

    private static @Nullable String resolved(String urn, @Nullable ResourceFacts resource) {
        if (resource == null || !"Patient".equals(resource.resourceType())) {
            return null;
        }
        return resource.id() == null ? urn : PATIENT + resource.id();
    }

    /** Kept whole, unless its last but one segment says that it is another type of resource. */
    private static @Nullable String ofAbsolute(String url) {
        String[] segments = url.split("/", -1);
        String type = segments.length < 5 ? "" : segments[segments.length - 2];
        boolean otherType = !type.isEmpty() && Character.isUpperCase(type.charAt(0)) && !type.equals("Patient");
        return otherType ? null : url;
    }
}
