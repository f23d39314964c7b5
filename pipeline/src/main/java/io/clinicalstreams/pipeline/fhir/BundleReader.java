package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.Reason;
import io.clinicalstreams.topics.wire.Coordinates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a Bundle apart in two passes, linear in its size: the first finds the entries' positions, types and fullUrls,
 * because a reference may point forward; the second reads each resource in its place.
 */
final class BundleReader {

    private static final Set<String> SPLIT = Set.of("transaction", "batch", "collection", "message");

    private final JsonCursor cursor;
    private final SingleReader single;
    private final EntryScan entryScan;
    private final List<BundleEntry> entries = new ArrayList<>();

    BundleReader(JsonCursor cursor, SingleReader single) {
        this.cursor = cursor;
        this.single = single;
        this.entryScan = new EntryScan(cursor);
    }

    List<ReadResource> read(byte[] bytes) {
        BundleTargets targets = BundleTargets.ofBundle();
        String type = scan(bytes, targets);
        Reason problem = cursor.problems().first();
        if (problem == null && type == null) {
            problem = Reason.MISSING_BUNDLE_TYPE;
        } else if (problem == null && !SPLIT.contains(type)) {
            problem = Reason.UNSUPPORTED_BUNDLE_TYPE;
        }
        if (problem != null) {
            return whole(bytes, new Finding.Rejected(problem));
        }
        if (entries.isEmpty()) {
            return whole(bytes, Finding.Ignored.because("EmptyBundle"));
        }
        List<ReadResource> resources = new ArrayList<>(entries.size());
        for (int index = 0; index < entries.size(); index++) {
            resources.add(read(bytes, entries.get(index), index, targets));
        }
        return resources;
    }

    /** The first pass; the Bundle's type, or null when it has none. */
    private @Nullable String scan(byte[] bytes, BundleTargets targets) {
        entries.clear();
        cursor.open(bytes, 0, bytes.length);
        long type = Span.NONE;
        if (cursor.enterObject()) {
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case TYPE -> type = cursor.string();
                    case ENTRY -> scanEntries(targets);
                    default -> cursor.skip();
                }
            }
        }
        cursor.finish();
        return type == Span.NONE ? null : Text.of(bytes, type);
    }

    private void scanEntries(BundleTargets targets) {
        if (!cursor.enterArray()) {
            return;
        }
        while (cursor.nextElement()) {
            entries.add(entryScan.scan(targets));
        }
    }

    private ReadResource read(byte[] bytes, BundleEntry entry, int index, BundleTargets targets) {
        Finding finding = find(bytes, entry, targets);
        return new ReadResource(index, toWrite(bytes, entry, finding), finding);
    }

    private Finding find(byte[] bytes, BundleEntry entry, BundleTargets targets) {
        if (entry.problem() != null) {
            return new Finding.Rejected(entry.problem());
        }
        if (!entry.hasResource()) {
            return Finding.Ignored.because("EntryWithoutResource");
        }
        if (KnownTypes.BUNDLE.equals(KnownTypes.BY_NAME.find(bytes, entry.type()))) {
            return new Finding.Rejected(Reason.NESTED_BUNDLE);
        }
        return single.read(bytes, entry.from(), entry.to(), entry.type(), targets);
    }

    private byte @Nullable [] toWrite(byte[] bytes, BundleEntry entry, Finding finding) {
        if (finding instanceof Finding.Routed) {
            return single.written(bytes, entry.from(), entry.to());
        }
        boolean written = finding instanceof Finding.Rejected
                || (finding instanceof Finding.Ignored ignored && ignored.patient() != null);
        return written ? Arrays.copyOfRange(bytes, entry.from(), entry.to()) : null;
    }

    private static List<ReadResource> whole(byte[] bytes, Finding finding) {
        return List.of(new ReadResource(Coordinates.WHOLE_RECORD, bytes, finding));
    }
}
