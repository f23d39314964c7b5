package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.ReadProblems;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.ReportTimes;
import io.clinicalstreams.pipeline.fhir.resource.SingleReader;
import io.clinicalstreams.topics.wire.BaseUrls;
import io.clinicalstreams.topics.wire.BundleTargets;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits a Bundle in two passes, linear in its size: the first finds the entries' positions, types and fullUrls,
 * because a reference may point forward; the second reads each resource in place.
 */
final class BundleReader {

    private static final Logger LOG = LoggerFactory.getLogger(BundleReader.class);
    private static final String REPORT = "DiagnosticReport";
    private static final Set<String> SPLIT = Set.of("transaction", "batch", "collection", "message");

    private final JsonCursor cursor;
    private final SingleReader single;
    private final EntryScan entryScan;
    private final BaseUrls servers;
    private final List<BundleEntry> entries = new ArrayList<>();
    private boolean hasTooMany;

    /** Null until they are needed. */
    private @Nullable ReportTimes reportTimes;

    BundleReader(JsonCursor cursor, SingleReader single, EntryScan entryScan, BaseUrls servers) {
        this.cursor = cursor;
        this.single = single;
        this.entryScan = entryScan;
        this.servers = servers;
    }

    List<ReadResource> read(byte[] bytes) {
        BundleTargets targets = BundleTargets.ofBundle();
        single.beginBundle();
        Reason problem = problem(scan(bytes, targets));
        if (problem != null) {
            return whole(bytes, new Finding.Rejected(problem));
        }
        if (entries.isEmpty()) {
            return whole(bytes, Finding.Ignored.because("EmptyBundle"));
        }
        reportTimes = null;
        List<ReadResource> resources = new ArrayList<>(entries.size());
        for (int index = 0; index < entries.size(); index++) {
            resources.add(read(bytes, entries.get(index), index, targets));
        }
        return resources;
    }

    /** A report's time counts for its results, which often have none. */
    private ReportTimes reportTimes(byte[] bytes, BundleTargets targets) {
        if (reportTimes == null) {
            reportTimes = new ReportTimes();
            for (BundleEntry entry : entries) {
                if (entry.problem() == null && REPORT.equals(KnownTypes.BY_NAME.find(bytes, entry.type()))) {
                    ReferenceContext context = context(bytes, entry, targets, false);
                    single.readReport(bytes, entry.from(), entry.to(), context, reportTimes);
                }
            }
        }
        return reportTimes;
    }

    /** Why the whole Bundle is rejected; null if it is not. */
    private @Nullable Reason problem(@Nullable String type) {
        Reason problem = cursor.problems().first();
        if (problem != null) {
            return problem;
        }
        if (hasTooMany) {
            return Reason.TOO_LARGE;
        }
        if (type == null) {
            return Reason.MISSING_BUNDLE_TYPE;
        }
        return SPLIT.contains(type) ? null : Reason.UNSUPPORTED_BUNDLE_TYPE;
    }

    /** The first pass; returns the Bundle's type, null if there is none. */
    private @Nullable String scan(byte[] bytes, BundleTargets targets) {
        entries.clear();
        hasTooMany = false;
        cursor.open(bytes, 0, bytes.length);
        long type = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case TYPE -> type = cursor.string();
                case ENTRY -> scanEntries(targets);
                default -> cursor.skip();
            }
        }
        cursor.finish();
        return type == Span.NONE ? null : Text.of(bytes, type);
    }

    private void scanEntries(BundleTargets targets) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            if (entries.size() < Bounds.BUNDLE_ENTRIES) {
                entries.add(entryScan.scan(targets));
            } else {
                hasTooMany = true;
                skipEntry();
            }
        }
        hasTooMany |= targets.hasTooManyIdentifiers();
    }

    /** Skips an entry beyond the limit: only its JSON is checked, and nothing of it is kept. */
    private void skipEntry() {
        ReadProblems.Noted ofBundle = cursor.problems().setAside();
        cursor.skip();
        cursor.problems().putBack(ofBundle);
    }

    private ReadResource read(byte[] bytes, BundleEntry entry, int index, BundleTargets targets) {
        WrittenTime given = entry.extensionFrom() == 0
                ? null
                : single.reportTime(bytes, entry.extensionFrom(), entry.extensionTo());
        ReferenceContext context = context(bytes, entry, targets, given != null);
        Finding finding = findOrReject(bytes, entry, context);
        byte[] written = toWrite(bytes, entry, finding);
        WrittenTime report = null;
        if (finding instanceof Finding.Routed routed && single.isUndated(routed.type())) {
            String reference = single.reference(routed.type(), context);
            report = reportTimes(bytes, targets).of(fullUrl(bytes, entry), reference);
            report = report == null ? given : report;
        }
        byte[] rekeyed = written == null ? null : rekeyed(bytes, entry, finding, context, report, written);
        return new ReadResource(index, written, rekeyed, report == null ? finding : finding.datedBy(report));
    }

    /** @param isDated whether the entry itself has the time of its report */
    private ReferenceContext context(byte[] bytes, BundleEntry entry, BundleTargets targets, boolean isDated) {
        boolean isLinked = entry.self() != Span.NONE;
        // As records are re-keyed: the references are resolved, so a urn is a name like any other.
        BundleTargets meant = (isLinked || isDated) && entries.size() == 1 ? BundleTargets.OUTSIDE : targets;
        ReferenceContext context = ReferenceContext.of(meant, fullUrl(bytes, entry), entry.isPut(), servers);
        return isLinked ? context.linked(Text.of(bytes, entry.self()), servers) : context;
    }

    /** In a Bundle of one if only its entry names it, or only its report dates it. */
    private static byte[] rekeyed(
            byte[] bytes,
            BundleEntry entry,
            Finding finding,
            ReferenceContext context,
            @Nullable WrittenTime report,
            byte[] written) {
        return finding.answer(new Finding.Answers<>(
                routed -> context.isAtHome() && report == null
                        ? written
                        : BundleOfOne.resolved(bytes, entry, !context.isAtHome(), report, written),
                catalogued -> written,
                patient ->
                        context.isOurs() && entry.named() == null ? written : BundleOfOne.around(bytes, entry, written),
                rejected -> written));
    }

    private static @Nullable String fullUrl(byte[] bytes, BundleEntry entry) {
        return entry.fullUrl() == Span.NONE ? null : Text.of(bytes, entry.fullUrl());
    }

    /** If the reader itself fails on one entry, the others are not rejected. */
    private Finding findOrReject(byte[] bytes, BundleEntry entry, ReferenceContext context) {
        try {
            return find(bytes, entry, context);
        } catch (RuntimeException unforeseen) {
            // The message may quote the input, so only the class is logged.
            LOG.atError()
                    .addKeyValue("step", "read-bundle-entry")
                    .addKeyValue("reason", unforeseen.getClass().getName())
                    .log("could not read an entry of a Bundle; it is rejected");
            return new Finding.Rejected(Reason.UNEXPECTED);
        }
    }

    private Finding find(byte[] bytes, BundleEntry entry, ReferenceContext context) {
        if (entry.problem() != null) {
            return new Finding.Rejected(entry.problem());
        }
        if (!entry.hasResource()) {
            return Finding.Ignored.because("EntryWithoutResource");
        }
        if (KnownTypes.BUNDLE.equals(KnownTypes.BY_NAME.find(bytes, entry.type()))) {
            return new Finding.Rejected(Reason.NESTED_BUNDLE);
        }
        Finding finding = single.read(bytes, entry.from(), entry.to(), entry.type(), context);
        BundleEntry.Named named = entry.named();
        return named != null && finding instanceof Finding.Ignored patient ? patient.under(named.patient()) : finding;
    }

    private byte @Nullable [] toWrite(byte[] bytes, BundleEntry entry, Finding finding) {
        return finding.<Optional<byte[]>>answer(new Finding.Answers<>(
                        routed -> Optional.of(single.written(bytes, entry.from(), entry.to())),
                        catalogued -> Optional.of(single.written(bytes, entry.from(), entry.to())),
                        ignored -> Optional.ofNullable(ignored.patient())
                                .map(patient -> single.written(bytes, entry.from(), entry.to())),
                        rejected -> Optional.of(asReceived(bytes, entry))))
                .orElse(null);
    }

    private static byte[] asReceived(byte[] bytes, BundleEntry entry) {
        return Arrays.copyOfRange(bytes, entry.from(), entry.to());
    }

    private static List<ReadResource> whole(byte[] bytes, Finding finding) {
        return List.of(new ReadResource(Coordinates.WHOLE_RECORD, bytes, finding));
    }
}
