package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.ReadProblems;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.resource.TypeScan;
import io.clinicalstreams.topics.wire.BaseUrls;
import io.clinicalstreams.topics.wire.BundleTargets;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.Reference;
import io.clinicalstreams.topics.wire.ReferenceContext;
import io.clinicalstreams.topics.wire.ResourceIds;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over one entry of a Bundle: its position, type, fullUrl and request, and the names by which the others
 * refer to it. A problem in one entry does not affect the others.
 */
final class EntryScan {

    private final JsonCursor cursor;
    private final TypeScan types;
    private final PatientKeys patients;
    private final BaseUrls servers;
    private int resources;
    private int from;
    private int to;
    private long fullUrl;
    private long type;
    private long id;
    private long self;
    private int extensionFrom;
    private int extensionTo;
    private int requestFrom;
    private int requestTo;
    private long method;
    private long requestUrl;
    private long ifNoneExist;

    EntryScan(JsonCursor cursor, TypeScan types, PatientKeys patients, BaseUrls servers) {
        this.cursor = cursor;
        this.types = types;
        this.patients = patients;
        this.servers = servers;
    }

    /** Scans the entry at the cursor and adds its resource to the targets of references. */
    BundleEntry scan(BundleTargets targets) {
        clear();
        ReadProblems.Noted ofBundle = cursor.problems().setAside();
        int entryFrom = cursor.position();
        scanEntry();
        int entryTo = cursor.end();
        Reason problem = cursor.problems().putBack(ofBundle);
        if (resources != 1) {
            // The whole entry is quarantined.
            return new BundleEntry(
                    entryFrom, entryTo, false, Span.NONE, fullUrl, Span.NONE, 0, 0, false, null, problem);
        }
        String known = KnownTypes.BY_NAME.find(cursor.bytes(), type);
        boolean isPatient = ResourceTypeNames.PATIENT.equals(known);
        PatientKey searched = isPatient ? bySearch() : null;
        boolean hasName = (isPatient || fullUrl != Span.NONE) && note(known, searched, targets);
        BundleEntry.Named named = isPatient ? named(searched, hasName) : null;
        boolean isAddressed = fullUrl != Span.NONE;
        return new BundleEntry(
                from,
                to,
                true,
                type,
                fullUrl,
                isAddressed ? Span.NONE : self,
                isAddressed ? 0 : extensionFrom,
                extensionTo,
                isPut(),
                named,
                problem);
    }

    private void clear() {
        resources = 0;
        fullUrl = Span.NONE;
        type = Span.NONE;
        id = Span.NONE;
        self = Span.NONE;
        extensionFrom = 0;
        method = Span.NONE;
        requestUrl = Span.NONE;
        ifNoneExist = Span.NONE;
    }

    private void scanEntry() {
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case FULL_URL -> fullUrl = cursor.string();
                case RESOURCE -> scanResource();
                case REQUEST -> scanRequest();
                case LINK -> scanLinks();
                case EXTENSION -> scanExtensions();
                default -> cursor.skip();
            }
        }
    }

    private void scanExtensions() {
        extensionFrom = cursor.position();
        cursor.skip();
        extensionTo = cursor.end();
    }

    private void scanLinks() {
        if (!cursor.isAtArray()) {
            cursor.skip();
            return;
        }
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            if (cursor.isAtObject()) {
                scanLink();
            } else {
                cursor.skip();
            }
        }
    }

    private void scanLink() {
        long relation = Span.NONE;
        long url = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case RELATION -> relation = stringIfAny();
                case URL -> url = stringIfAny();
                default -> cursor.skip();
            }
        }
        boolean isSelf =
                relation != Span.NONE && Text.of(cursor.bytes(), relation).equals("self");
        self = isSelf && self == Span.NONE ? url : self;
    }

    private void scanRequest() {
        requestFrom = cursor.position();
        if (!cursor.isAtObject()) {
            cursor.skip();
            return;
        }
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case METHOD -> method = stringIfAny();
                case URL -> requestUrl = stringIfAny();
                case IF_NONE_EXIST -> ifNoneExist = stringIfAny();
                default -> cursor.skip();
            }
        }
        requestTo = cursor.end();
    }

    private void scanResource() {
        from = cursor.position();
        if (cursor.enterObject()) {
            resources++;
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case RESOURCE_TYPE -> type = stringIfAny();
                    case ID -> id = stringIfAny();
                    default -> cursor.skip();
                }
            }
        }
        to = cursor.end();
    }

    /** Does not check what the type's own reader checks. */
    private long stringIfAny() {
        if (cursor.isAtString()) {
            return cursor.anyString();
        }
        cursor.skip();
        return Span.NONE;
    }

    private boolean isPut() {
        return method != Span.NONE && Text.of(cursor.bytes(), method).equals("PUT");
    }

    /** The key that a conditional create or update names; null if it is neither, or may match several patients. */
    private @Nullable PatientKey bySearch() {
        long span = isPut() ? requestUrl : ifNoneExist;
        String search = span == Span.NONE ? "" : Text.of(cursor.bytes(), span);
        boolean isSearch = isPut() ? search.indexOf('?') >= 0 : !search.isEmpty();
        return isSearch ? patients.ofSearch(search) : null;
    }

    /** The name that only the entry gives its Patient; null if it has its own, or none. */
    private BundleEntry.@Nullable Named named(@Nullable PatientKey searched, boolean hasName) {
        if (searched != null) {
            return new BundleEntry.Named(searched, requestFrom, requestTo);
        }
        boolean isUnnamed = !hasName && fullUrl != Span.NONE;
        PatientKey byFullUrl = isUnnamed ? patients.ofFullUrl(Text.of(cursor.bytes(), fullUrl)) : null;
        return byFullUrl == null ? null : new BundleEntry.Named(byFullUrl, requestFrom, requestFrom);
    }

    /**
     * Adds the resource by its fullUrl and, if it is a Patient, by its identifiers.
     *
     * @param searched the key that a search names
     * @return whether anything but the fullUrl names it
     */
    private boolean note(@Nullable String known, @Nullable PatientKey searched, BundleTargets targets) {
        byte[] bytes = cursor.bytes();
        String url = fullUrl == Span.NONE ? null : Text.of(bytes, fullUrl);
        ReferenceContext context = ReferenceContext.of(targets, url, isPut(), servers);
        boolean isPatient = ResourceTypeNames.PATIENT.equals(known);
        List<String> identifiers = isPatient ? types.identifiers(bytes, from, to) : List.of();
        String usableId = usableId(bytes);
        PatientKey patient =
                isPatient && searched == null ? patients.ofPatient(usableId, identifiers, context) : searched;
        String name = patient != null ? patient.reference() : isPatient ? null : address(known, context);
        BundleTargets.Target target = new BundleTargets.Target(known == null ? "" : known, name);
        boolean isLogical = searched != null || (patient != null && usableId == null);
        String address = url == null ? null : address(url, isLogical);
        if (address != null) {
            targets.add(address, target);
        }
        if (name != null) {
            identifiers.forEach(identifier -> targets.addPatient(identifier, target));
        }
        return name != null;
    }

    private @Nullable String address(@Nullable String known, ReferenceContext context) {
        String usable = known == null ? null : usableId(cursor.bytes());
        return known == null || usable == null ? null : context.address(known, usable);
    }

    /**
     * How others refer to the fullUrl: a urn as it is; a URL only if the request or an identifier gives the resource
     * another name, because every other URL keeps its meaning outside the Bundle.
     */
    private @Nullable String address(String url, boolean isLogical) {
        if (Reference.isUrn(url)) {
            return url;
        }
        boolean isRequested = method != Span.NONE && !servers.isBelowOurs(url);
        Reference parsed = url.startsWith("http") && (isLogical || isRequested) ? Reference.parse(url) : null;
        return parsed == null ? null : parsed.text();
    }

    private @Nullable String usableId(byte[] bytes) {
        String text = id == Span.NONE ? "" : Text.of(bytes, id);
        return ResourceIds.isId(text, 0) ? text : null;
    }
}
