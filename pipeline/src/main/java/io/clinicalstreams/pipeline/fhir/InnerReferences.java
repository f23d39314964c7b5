package io.clinicalstreams.pipeline.fhir;

import java.util.Map;
import java.util.function.Supplier;

/** The references of a resource that mean something only inside it ({@code #p1}) or inside its Bundle ({@code urn:…}). */
final class InnerReferences {

    private final Splice splice = new Splice();

    /**
     * Looks each of them up, and plans to put {@code Type/id} in the place of what a Bundle resolves.
     *
     * @return false when one of them finds nothing
     */
    boolean resolve(JsonCursor cursor, BundleTargets targets, Supplier<Map<String, String>> contained) {
        splice.clear();
        Spans references = cursor.references();
        byte[] bytes = cursor.bytes();
        for (int i = 0; i < references.size(); i++) {
            long span = references.get(i);
            if (mayBeInner(bytes, span, targets) && !resolve(Text.of(bytes, span), span, targets, contained)) {
                return false;
            }
        }
        return true;
    }

    /** By the first character, to make no Strings of the others. */
    private static boolean mayBeInner(byte[] bytes, long span, BundleTargets targets) {
        byte first = bytes[Span.start(span)];
        return first == '#' || (first == 'u' && targets.isInsideBundle()) || Span.isEscaped(span);
    }

    private boolean resolve(String text, long span, BundleTargets targets, Supplier<Map<String, String>> contained) {
        if (text.startsWith("#")) {
            // A lone # is the containing resource.
            return text.length() == 1 || contained.get().containsKey(text.substring(1));
        }
        if (!targets.isInsideBundle() || !Reference.isUrn(text)) {
            return true;
        }
        BundleTargets.Target target = targets.find(text);
        if (target == null) {
            return false;
        }
        String reference = target.reference();
        if (reference != null) {
            splice.put(span, reference);
        }
        return true;
    }

    /** The resource between two positions, as it means the same outside of its Bundle. */
    byte[] applyTo(byte[] bytes, int from, int to) {
        return splice.applyTo(bytes, from, to);
    }
}
