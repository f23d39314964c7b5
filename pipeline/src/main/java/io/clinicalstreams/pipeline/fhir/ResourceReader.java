package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Utf8;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.SingleReader;
import io.clinicalstreams.pipeline.fhir.resource.TypeScan;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.BaseUrls;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of one record: a FHIR R4 resource or a Bundle of them. The result is always a value, never an
 * exception. Create one for each stream thread: it reuses its buffers and is not thread-safe.
 */
public final class ResourceReader {

    private final JsonCursor cursor = new JsonCursor();
    private final TypeScan types = new TypeScan();
    private final SingleReader single;
    private final BundleReader bundle;

    public ResourceReader(FhirSettings settings, Depth depth) {
        BaseUrls servers = settings.servers();
        this.single = new SingleReader(settings, depth, cursor, types);
        EntryScan entries = new EntryScan(cursor, types, new PatientKeys(servers.ours()), servers);
        this.bundle = new BundleReader(cursor, single, entries, servers);
    }

    /** The record's resources, in order; never empty. */
    public List<ReadResource> read(byte @Nullable [] value) {
        if (value == null) {
            return whole(null, new Finding.Rejected(Reason.NULL_VALUE));
        }
        Reason unreadable = firstLook(value);
        if (unreadable != null) {
            return whole(value, new Finding.Rejected(unreadable));
        }
        long type = types.resourceType(value, 0, value.length);
        if (KnownTypes.BUNDLE.equals(KnownTypes.BY_NAME.find(value, type))) {
            return bundle.read(value);
        }
        return whole(value, single.read(value, 0, value.length, type, ReferenceContext.ALONE));
    }

    private @Nullable Reason firstLook(byte[] value) {
        if (value.length == 0) {
            return Reason.EMPTY_VALUE;
        }
        if (value.length > Bounds.VALUE_BYTES) {
            return Reason.TOO_LARGE;
        }
        if (!Utf8.isValid(value)) {
            return Reason.INVALID_UTF8;
        }
        cursor.open(value, 0, value.length);
        if (cursor.isAtObject()) {
            return null;
        }
        cursor.skip();
        cursor.finish();
        Reason unreadable = cursor.problems().unreadable();
        return unreadable == null ? Reason.NOT_AN_OBJECT : unreadable;
    }

    private static List<ReadResource> whole(byte @Nullable [] value, Finding finding) {
        return List.of(new ReadResource(Coordinates.WHOLE_RECORD, value, finding));
    }
}
