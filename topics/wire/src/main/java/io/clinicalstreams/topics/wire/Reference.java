package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.Nullable;

/**
 * A parsed {@code Reference.reference}.
 *
 * @param text without version and fragment
 * @param type the resource type; null when there is none
 * @param id the id within the type, the contained resource or, for a conditional reference, the query
 */
public record Reference(
        Kind kind,
        String text,
        @Nullable String type,
        @Nullable String id) {

    public enum Kind {
        /** {@code Patient/1} */
        RELATIVE,
        /** {@code http://hospital.example/fhir/Patient/1}, or any other URI */
        ABSOLUTE,
        /** {@code urn:uuid:…} or {@code urn:oid:…}, which may be a fullUrl in a Bundle */
        URN,
        /** {@code Patient?identifier=…} */
        CONDITIONAL,
        /** {@code #p1} */
        CONTAINED
    }

    private static final String HISTORY = "/_history/";

    /** Null when the text is not in one of FHIR's forms. */
    public static @Nullable Reference parse(String text) {
        if (text.isEmpty() || !isUri(text)) {
            return null;
        }
        if (text.charAt(0) == '#') {
            return new Reference(Kind.CONTAINED, text, null, text.substring(1));
        }
        if (isUrn(text)) {
            String urn = withoutFragment(text);
            return urn.endsWith(":") ? null : new Reference(Kind.URN, urn, null, null);
        }
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        // A question mark in the fragment begins no search.
        int query = withoutFragment(text).indexOf('?');
        if (colon > 0 && (slash < 0 || colon < slash) && (query < 0 || colon < query)) {
            return absolute(text, colon);
        }
        return query >= 0 ? conditional(text, query) : relative(text);
    }

    /** True for a URN that may be the fullUrl of a Bundle entry and has no meaning outside the Bundle. */
    public static boolean isUrn(String text) {
        return text.startsWith("urn:uuid:") || text.startsWith("urn:oid:");
    }

    /** {@code Type/id}, with or without a version; null when the text is not in this form. */
    static @Nullable Reference relative(String reference) {
        String text = withoutVersion(withoutFragment(reference));
        int slash = text.indexOf('/');
        if (slash < 0
                || !ResourceIds.isId(text, slash + 1)
                || !ResourceTypeNames.NAMES.contains(text.substring(0, slash))) {
            return null;
        }
        return new Reference(Kind.RELATIVE, text, text.substring(0, slash), text.substring(slash + 1));
    }

    private static @Nullable Reference conditional(String text, int query) {
        String type = text.substring(0, query);
        String criteria = text.substring(query + 1);
        return ResourceTypeNames.NAMES.contains(type) && !criteria.isEmpty()
                ? new Reference(Kind.CONDITIONAL, text, type, criteria)
                : null;
    }

    private static @Nullable Reference absolute(String reference, int colon) {
        String text = withoutVersion(withoutFragment(reference));
        boolean hasOneVersion = withoutVersion(text).equals(text);
        if (!hasOneVersion || !isScheme(reference, colon) || !hasAuthority(text, colon)) {
            return null;
        }
        int slash = text.lastIndexOf('/');
        int slashBefore = text.lastIndexOf('/', slash - 1);
        if (slashBefore > colon && ResourceIds.isId(text, slash + 1)) {
            String type = text.substring(slashBefore + 1, slash);
            if (ResourceTypeNames.NAMES.contains(type)) {
                return new Reference(Kind.ABSOLUTE, text, type, text.substring(slash + 1));
            }
        }
        return new Reference(Kind.ABSOLUTE, text, null, null);
    }

    /**
     * The server of a RESTful address, with a trailing slash; null when there is none, or when it contains characters
     * that are not valid in a URL and that JSON would escape.
     */
    @Nullable
    String server() {
        if (kind != Kind.ABSOLUTE || type == null || id == null) {
            return null;
        }
        String server = text.substring(0, text.length() - type.length() - 1 - id.length());
        boolean hasHost = !server.endsWith("://");
        boolean plain = server.indexOf('"') < 0 && server.indexOf('\\') < 0 && server.indexOf('|') < 0;
        return hasHost && plain ? server : null;
    }

    private static boolean isScheme(String text, int colon) {
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean other = isDigit(c) || c == '+' || c == '-' || c == '.';
            if (!isLetter(c) && (i == 0 || !other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAuthority(String text, int colon) {
        boolean web = text.startsWith("http:") || text.startsWith("https:");
        int rest = web && text.startsWith("//", colon + 1) ? colon + 3 : colon + 1;
        return rest < text.length() && (!web || (rest == colon + 3 && text.charAt(rest) != '/'));
    }

    public static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static String withoutVersion(String text) {
        int history = text.lastIndexOf(HISTORY);
        return history > 0 && ResourceIds.isId(text, history + HISTORY.length()) ? text.substring(0, history) : text;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** No whitespace, control character or unpaired surrogate: it becomes a key. */
    private static boolean isUri(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || Character.isISOControl(c) || Character.isWhitespace(c)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "Reference[hidden]";
    }
}
