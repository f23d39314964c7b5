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
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The references of a resource that are valid only inside it ({@code #p1}), inside its Bundle ({@code urn:…}, or the
 * address of an entry), or in an entry from another server ({@code Practitioner/1}); and the uris that are an entry's
 * fullUrl.
 */
public final class InnerReferences {

    private final Splice splice = new Splice();
    private @Nullable Set<Long> identified;
    private long growth;

    /** Begins a Bundle: the growth from resolving its references is counted from here. */
    public void beginBundle() {
        growth = 0;
    }

    /**
     * Looks up each of them and plans its replacement by a reference that is valid outside the Bundle: {@code Type/id},
     * or prefixed with the server.
     *
     * @param subject its reference to its patient; null for a type that is not about a patient
     * @param written the reference that replaces the subject's; null when that is resolved like the others
     * @param identifiedReferences the texts of references with an identifier beside them, looked up only when needed: they
     *     may lead nowhere
     * @return why the resource is rejected: a reference has no target, or the resource grows too large; null if it is
     *     accepted
     */
    @Nullable
    public Reason resolve(
            JsonCursor cursor,
            @Nullable ReferenceReader subject,
            @Nullable String written,
            ReferenceContext context,
            Supplier<Map<String, String>> contained,
            Supplier<Set<Long>> identifiedReferences) {
        splice.clear();
        identified = null;
        Spans references = cursor.references();
        byte[] bytes = cursor.bytes();
        long own = subject != null && written != null ? subject.place() : Span.NONE;
        Reason problem = subject != null && written != null ? name(subject, written) : null;
        for (int i = 0; problem == null && i < references.size(); i++) {
            long span = references.get(i);
            if (span != own && mayBeInner(bytes, span, context)) {
                problem = resolve(Text.of(bytes, span), span, context, contained);
                boolean leadsNowhere = problem == Reason.UNRESOLVABLE_REFERENCE && context.server() != null;
                problem = leadsNowhere && isIdentified(span, identifiedReferences) ? null : problem;
            }
        }
        return problem == null && context.targets().isInsideBundle() ? resolveUris(cursor, context.targets()) : problem;
    }

    /**
     * Plans the replacement of one reference, and of nothing else.
     *
     * @param reference null if none is replaced
     * @param written what replaces it; null if it stays
     */
    public void replace(@Nullable ReferenceReader reference, @Nullable String written) {
        splice.clear();
        if (reference != null && written != null) {
            name(reference, written);
        }
    }

    private boolean isIdentified(long span, Supplier<Set<Long>> identifiedReferences) {
        if (identified == null) {
            identified = identifiedReferences.get();
        }
        return identified.contains(span);
    }

    /** Writes the reference that names the patient, in the place of the subject's own or in front of its identifier. */
    private @Nullable Reason name(ReferenceReader subject, String written) {
        String own = subject.text();
        if (own == null) {
            return put(subject.place(), "\"reference\":\"" + written + "\",");
        }
        return own.equals(written) ? null : put(subject.place(), written);
    }

    /** Any other uri stays: it need not be the address of anything. */
    private @Nullable Reason resolveUris(JsonCursor cursor, BundleTargets targets) {
        Spans uris = cursor.uris();
        Reason problem = null;
        for (int i = 0; problem == null && i < uris.size(); i++) {
            String uri = Text.of(cursor.bytes(), uris.get(i));
            String reference = Reference.isUrn(uri) ? targets.reference(uri) : null;
            problem = reference == null ? null : put(uris.get(i), reference);
        }
        return problem;
    }

    /** Checks the first character, to avoid creating a String for each of the others. */
    private static boolean mayBeInner(byte[] bytes, long span, ReferenceContext context) {
        byte first = bytes[Span.start(span)];
        return first == '#'
                || (first == 'u' && context.targets().isInsideBundle())
                || (first == 'h' && context.targets().hasAddresses())
                || !context.isOurs()
                || context.mayHaveNeighbours()
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
        if (text.startsWith("http") && targets.hasAddresses()) {
            return resolveAddress(text, span, targets);
        }
        return context.isOurs() && !context.mayHaveNeighbours() ? null : resolveRelative(text, span, context);
    }

    private @Nullable Reason resolveAddress(String text, long span, BundleTargets targets) {
        Reference address = Reference.parse(text);
        String reference = address == null ? null : targets.reference(address.text());
        return reference == null || reference.equals(text) ? null : put(span, reference);
    }

    private @Nullable Reason resolveUrn(String urn, long span, BundleTargets targets) {
        BundleTargets.Target target = targets.find(urn);
        if (target == null) {
            return Reason.UNRESOLVABLE_REFERENCE;
        }
        String reference = target.reference();
        return reference == null ? null : put(span, reference);
    }

    /** Writes the entry that it names, or prefixes the reference, whose own bytes are kept, with the server. */
    private @Nullable Reason resolveRelative(String text, long span, ReferenceContext context) {
        Reference reference = Reference.parse(text);
        if (reference == null || reference.kind() != Reference.Kind.RELATIVE) {
            return null;
        }
        BundleTargets.Target neighbour = context.neighbour(reference);
        String entry = neighbour == null ? null : neighbour.reference();
        if (entry != null) {
            return put(span, entry);
        }
        String server = context.server();
        if (server == null) {
            return Reason.UNRESOLVABLE_REFERENCE;
        }
        if (server.isEmpty()) {
            return null;
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
