package io.clinicalstreams.topics.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The search for one patient by identifier, {@code Patient?identifier=system|value}, and the logical key it names. */
final class PatientSearch {

    static final String PREFIX = ResourceTypeNames.PATIENT + '?';

    private static final String IDENTIFIER_QUERY = "identifier=";

    private PatientSearch() {}

    /** Only a search by one identifier with its system is certain to name one patient; a comma means OR. */
    static PatientReference patient(Reference reference) {
        if (!ResourceTypeNames.PATIENT.equals(reference.type())) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String query = reference.id();
        if (query == null || !query.startsWith(IDENTIFIER_QUERY) || query.indexOf('&') >= 0) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        String token = decode(query.substring(IDENTIFIER_QUERY.length()));
        int bar = token == null ? -1 : token.indexOf(PatientKeys.BAR);
        if (token == null || bar < 0 || bar == token.length() - 1 || isSeveral(token)) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        return PatientKeys.logical(token.substring(0, bar), token);
    }

    /** A comma separates alternative values; a backslash escapes, so one value has several spellings. */
    private static boolean isSeveral(String token) {
        return token.indexOf(',') >= 0 || token.indexOf('\\') >= 0;
    }

    private static @Nullable String decode(String query) {
        if (query.indexOf('%') < 0) {
            return query;
        }
        try {
            return URLDecoder.decode(query.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /**
     * A patient's {@code system|value} as a reference that is valid in any resource and needs no escapes in JSON; null
     * when a search cannot name it, or it would be too long.
     */
    static @Nullable String of(String key) {
        if (key.indexOf(PatientKeys.BAR) < 0 || isSeveral(key)) {
            return null;
        }
        StringBuilder search = new StringBuilder(PREFIX).append(IDENTIFIER_QUERY);
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                search.append((char) octet);
            } else {
                search.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return search.length() > PatientKey.MAX_BYTES ? null : search.toString();
    }

    private static boolean isPlain(byte octet) {
        return ResourceIds.isPart(octet) || "_~:/|@!$'()*;=+".indexOf(octet) >= 0;
    }
}
