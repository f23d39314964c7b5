package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.JsonBounds;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The search for one patient, {@code Patient?identifier=system|value}, as the sender's contract writes it. */
final class IdentifierSearch {

    private static final String QUERY = "identifier=";

    /** One system and one value. */
    private static final Pattern ONE_IDENTIFIER = Pattern.compile("[^|,\\\\]+\\|[^,\\\\]+", Pattern.DOTALL);

    private static final Pattern ENCODED = Pattern.compile("[^A-Za-z0-9\\-._~:/|@!$'()*;=+]+");

    private IdentifierSearch() {}

    /** The {@code system|value} that a query names; empty when it may match several patients. */
    static String named(String query) {
        String identifier = query.startsWith(QUERY) ? decoded(query.substring(QUERY.length())) : "";
        return !query.contains("&") && ONE_IDENTIFIER.matcher(identifier).matches() ? identifier : "";
    }

    /** A search's value, percent-decoded; empty when the escapes are invalid. A plus stays a plus. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }

    /** The reference to the patient with this {@code system|value}; null when no search names it alone. */
    static @Nullable String of(String identifier) {
        if (!ONE_IDENTIFIER.matcher(identifier).matches()) {
            return null;
        }
        String encoded = ENCODED.matcher(identifier)
                .replaceAll(rest ->
                        URLEncoder.encode(rest.group(), StandardCharsets.UTF_8).replace("+", "%20"));
        String search = "Patient?" + QUERY + encoded;
        return search.length() > JsonBounds.TEXT ? null : search;
    }
}
