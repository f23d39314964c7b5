package io.clinicalstreams.pipeline.fhir.reference;

import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Spans;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.BundleTargets;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.Reference;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The references of a resource that are valid only inside it ({@code #p1}), inside its Bundle ({@code urn:…}), or in an
 * entry from another server ({@code Practitioner/1}).
 */
public final class InnerReferences {

    private final Splice splice = new Splice();
    private long growth;

    /** Begins a Bundle: the growth from resolving its references is counted from here. */
    public void beginBundle() {
        growth = 0;
    }

    /**
     * Looks up each of them and plans its replacement by a reference that is valid outside the Bundle: {@code Type/id},
     * or prefixed with the server.
     *
     * @return why the resource is rejected: a reference has no target, or the resource grows too large; null if it is
     *     accepted
     */
    @Nullable
    public Reason resolve(JsonCursor cursor, ReferenceContext context, Supplier<Map<String, String>> contained) {
        splice.clear();
        Spans references = cursor.references();
        byte[] bytes = cursor.bytes();
        for (int i = 0; i < references.size(); i++) {
            long span = references.get(i);
            Reason problem =
                    mayBeInner(bytes, span, context) ? resolve(Text.of(bytes, span), span, context, contained) : null;
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Checks the first character, to avoid creating a String for each of the others. */
    private static boolean mayBeInner(byte[] bytes, long span, ReferenceContext context) {
        byte first = bytes[Span.start(span)];
        return first == '#'
                || (first == 'u' && context.targets().isInsideBundle())
                || !context.isOurs()
                || Span.isEscaped(span);
    }

    private @Nullable Reason resolve(
            String text, long span, ReferenceContext context, Supplier<Map<String, String>> contained) {
        if (text.startsWith("#")) {
            // A # alone is the containing resource.
            boolean found = text.length() == 1 || contained.get().containsKey(text.substring(1));
            return found ? null : Reason.UNRESOLVABLE_REFERENCE;
        }
        BundleTargets targets = context.targets();
        if (targets.isInsideBundle() && Reference.isUrn(text)) {
            return resolveUrn(Reference.withoutFragment(text), span, targets);
        }
        return context.isOurs() ? null : resolveRelative(text, span, context);
    }

    private @Nullable Reason resolveUrn(String urn, long span, BundleTargets targets) {
        BundleTargets.Target target = targets.find(urn);
        if (target == null) {
            return Reason.UNRESOLVABLE_REFERENCE;
        }
        String reference = target.reference();
        return reference == null ? null : put(span, reference);
    }

    /** Prefixes the reference, whose own bytes are kept, with the server. */
    private @Nullable Reason resolveRelative(String text, long span, ReferenceContext context) {
        Reference reference = Reference.parse(text);
        if (reference == null || reference.kind() != Reference.Kind.RELATIVE) {
            return null;
        }
        String server = context.server();
        if (server == null) {
            return Reason.UNRESOLVABLE_REFERENCE;
        }
        long before = Span.of(Span.start(span), Span.start(span), false);
        return put(before, server);
    }

    private @Nullable Reason put(long place, String text) {
        growth += Math.max(0, splice.put(place, text));
        return growth <= Bounds.VALUE_BYTES ? null : Reason.TOO_LARGE;
    }

    /** The resource between two positions, with references that are valid outside its Bundle. */
    public byte[] applyTo(byte[] bytes, int from, int to) {
        return splice.applyTo(bytes, from, to);
    }
}
