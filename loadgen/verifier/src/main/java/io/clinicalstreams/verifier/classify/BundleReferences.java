package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.ReportTime;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The references that change their meaning outside the Bundle, as one entry sees them: the fullUrls of all entries that
 * name their resources in another way and, if the entry belongs to another server, its relative references.
 */
final class BundleReferences {

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}(?:/_history/[A-Za-z0-9\\-.]{1,64})?(?:#[^\\s?]*)?");
    private static final Pattern VERSION = Pattern.compile("/_history/[A-Za-z0-9\\-.]{1,64}$");
    private static final Set<String> URIS = Set.of("url", "valueUri", "valueUrl");

    /**
     * An entry's resource.
     *
     * @param type null when it is not a FHIR type
     * @param name what identifies it outside the Bundle, for a Patient also its key; null when only the fullUrl does
     */
    record Target(@Nullable String type, @Nullable String name) {

        /** The reference to it, outside the Bundle; null when only the fullUrl identifies it. */
        @Nullable
        String written() {
            return name == null || !name.contains("|") ? name : IdentifierSearch.of(name);
        }

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Target[hidden]";
        }
    }

    /** Resources by a name. One shared by two resources is neither's; without names, two may be one. */
    private record Names(Map<String, Target> targets, Set<String> ambiguous) {

        Names() {
            this(new HashMap<>(), new HashSet<>());
        }

        void add(String name, Target target) {
            Target before = targets.putIfAbsent(name, target);
            if (before != null && (target.name() == null || !target.equals(before))) {
                ambiguous.add(name);
            }
        }

        @Nullable
        Target find(String name) {
            return ambiguous.contains(name) ? null : targets.get(name);
        }

        /** Hides the patients: this text may be logged. */
        @Override
        public String toString() {
            return "Names[hidden]";
        }
    }

    /** A part of the input, from {@code from} (inclusive) to {@code to} (exclusive), that is replaced. */
    private record Change(int from, int to, byte[] instead) {

        static Change of(int from, int to, String instead) {
            return new Change(from, to, instead.getBytes(StandardCharsets.UTF_8));
        }

        long growth() {
            return Math.max(0, instead.length - (to - from));
        }
    }

    private final boolean single;
    private final Names byFullUrl;
    private final Names patients;
    private final EntryNaming entry;

    private BundleReferences(boolean single, Names byFullUrl, Names patients, EntryNaming entry) {
        this.single = single;
        this.byFullUrl = byFullUrl;
        this.patients = patients;
        this.entry = entry;
    }

    static BundleReferences of(List<JsonValue> entries, SubjectReading subjects, FhirSettings fhir) {
        BundleReferences references =
                new BundleReferences(entries.size() == 1, new Names(), new Names(), EntryNaming.NONE);
        for (JsonValue value : entries) {
            if (value instanceof JsonValue.Members each && each.get("resource") instanceof JsonValue.Members resource) {
                references.add(EntryNaming.of(each, subjects, fhir), resource);
            }
        }
        return references;
    }

    private void add(EntryNaming naming, JsonValue.Members resource) {
        String type = resource.text("resourceType");
        boolean known = type != null && ResourceTypeNames.NAMES.contains(type);
        Target target = new Target(known ? type : null, naming.name());
        if (naming.address() != null) {
            byFullUrl.add(naming.address(), target);
        }
        if ("Patient".equals(type) && target.name() != null) {
            EntryNaming.identifiers(resource).forEach(identifier -> patients.add(identifier, target));
        }
    }

    boolean hasTooManyIdentifiers() {
        return patients.targets().size() > JsonBounds.ALL_IDENTIFIERS;
    }

    /** The same, from the view of one entry. */
    BundleReferences seenFrom(EntryNaming one) {
        return new BundleReferences(single, byFullUrl, patients, one);
    }

    /** The entry's own; null when it has none. */
    @Nullable
    String fullUrl() {
        JsonValue.Text fullUrl = entry.fullUrl();
        return fullUrl == null ? null : fullUrl.value();
    }

    /** Those of the entry itself, if it has no fullUrl. */
    List<JsonValue.Members> extensions() {
        return entry.extensions();
    }

    ServiceBase home() {
        return entry.home();
    }

    /** The server that the entry's resource is on. */
    ServiceBase place() {
        return entry.place();
    }

    /** Where the entry's resource is, without version; empty when it does not say. */
    String url() {
        JsonValue.Text url = entry.self() == null ? entry.fullUrl() : entry.self();
        return url == null ? "" : withoutVersion(url.value());
    }

    /** The key of the entry's Patient; null when nothing names it. */
    @Nullable
    String itself(SubjectReading subjects) {
        return entry.patient(subjects);
    }

    /** Whether a reference can only mean an entry of its Bundle. */
    static boolean isLocal(String reference) {
        return reference.startsWith("urn:uuid:") || reference.startsWith("urn:oid:");
    }

    /** The same for this entry. In a Bundle of one with a self link, as a record is re-keyed, a urn is just a name. */
    boolean isEntrys(String reference) {
        return isLocal(reference) && !(single && (entry.self() != null || entry.isRekeyed()));
    }

    /** Whether a reference is {@code Type/id}, with or without a version. */
    static boolean isRelative(String reference) {
        Matcher parts = RELATIVE.matcher(reference);
        return parts.matches() && ResourceTypeNames.NAMES.contains(parts.group(1));
    }

    static String withoutVersion(String url) {
        return VERSION.matcher(withoutFragment(url)).replaceFirst("");
    }

    private static String withoutFragment(String reference) {
        int fragment = reference.indexOf('#');
        return fragment < 0 ? reference : reference.substring(0, fragment);
    }

    /** The entry with this urn. */
    @Nullable
    Target find(String urn) {
        return byFullUrl.find(withoutFragment(urn));
    }

    /** The entry with this URL, absolute or of the same base as the entry; null when it means the same outside. */
    @Nullable
    Target findByAddress(String literal) {
        String base = isRelative(literal) ? Objects.requireNonNullElse(entry.base(), "") : "";
        String url = withoutVersion(base + literal);
        Target found = url.startsWith("http") ? byFullUrl.find(url) : null;
        if (found == null || !isRelative(literal)) {
            return found;
        }
        boolean isSame = home().isOurs() && withoutVersion(literal).equals(found.name());
        return found.name() == null || isSame ? null : found;
    }

    /** The Patient with this {@code system|value}; null when there is none, or more than one. */
    @Nullable
    Target patient(String identifier) {
        return patients.find(identifier);
    }

    /** A reference as it is outside the Bundle. */
    String outside(String reference) {
        Target target = isLocal(reference) ? find(reference) : findByAddress(reference);
        String written = target == null ? null : target.written();
        if (written != null) {
            return written;
        }
        boolean isElsewhere = !home().isOurs() && !home().isNowhere() && isRelative(reference);
        return isElsewhere ? home().root() + reference : reference;
    }

    /** Every text of an element named {@code reference}, at any depth. */
    static List<JsonValue.Text> allIn(JsonValue value) {
        List<JsonValue.Text> found = new ArrayList<>();
        collect(value, Set.of("reference"), found);
        return found;
    }

    /** The references that have an identifier beside them, and so may lead nowhere. */
    static Set<JsonValue.Text> identified(JsonValue value) {
        Set<JsonValue.Text> found = new HashSet<>();
        collectIdentified(value, found);
        return found;
    }

    private static void collectIdentified(JsonValue value, Set<JsonValue.Text> found) {
        if (value instanceof JsonValue.Members object) {
            boolean isIdentified = object.get("identifier") instanceof JsonValue.Members;
            if (isIdentified && object.get("reference") instanceof JsonValue.Text reference) {
                found.add(reference);
            }
            object.elements().values().forEach(element -> collectIdentified(element, found));
        } else if (value instanceof JsonValue.Items array) {
            array.values().forEach(element -> collectIdentified(element, found));
        }
    }

    private static void collect(JsonValue value, Set<String> names, List<JsonValue.Text> found) {
        if (value instanceof JsonValue.Members object) {
            object.elements().forEach((name, element) -> {
                if (names.contains(name) && element instanceof JsonValue.Text text) {
                    found.add(text);
                }
                collect(element, names, found);
            });
        } else if (value instanceof JsonValue.Items array) {
            array.values().forEach(element -> collect(element, names, found));
        }
    }

    /** At most how many bytes the resource grows when its references are resolved, ignoring those that get shorter. */
    long growth(JsonValue.Members resource) {
        long ofSubject = resource.has("subject") ? JsonBounds.TEXT + 32 : 0;
        return ofSubject
                + changes(resource, null).stream().mapToLong(Change::growth).sum();
    }

    private List<Change> changes(JsonValue.Members resource, @Nullable SubjectOutcome subject) {
        JsonValue.Members patient = resource.object("subject");
        boolean isNamed = subject != null && subject.written() != null;
        JsonValue own = isNamed && patient != null ? patient.get("reference") : null;
        List<Change> changes = new ArrayList<>(naming(patient, subject));
        for (JsonValue.Text reference : allIn(resource)) {
            if (reference != own) {
                resolve(reference, changes);
            }
        }
        List<JsonValue.Text> uris = new ArrayList<>();
        collect(resource, URIS, uris);
        uris.stream().filter(uri -> isLocal(uri.value())).forEach(uri -> resolveUri(uri, changes));
        return changes;
    }

    /** The reference that names the patient outside the Bundle, if the resource's own does not. */
    private static List<Change> naming(JsonValue.@Nullable Members reference, @Nullable SubjectOutcome patient) {
        String written = patient == null ? null : patient.written();
        if (written == null || reference == null) {
            return List.of();
        }
        if (reference.get("reference") instanceof JsonValue.Text text) {
            boolean stays = text.value().equals(written);
            return stays ? List.of() : List.of(Change.of(text.start() + 1, text.end() - 1, written));
        }
        int inside = reference.start() + 1;
        return List.of(Change.of(inside, inside, "\"reference\":\"" + written + "\","));
    }

    /** Of a relative reference, the bytes as received stay behind its server. */
    private void resolve(JsonValue.Text reference, List<Change> changes) {
        String outside = outside(reference.value());
        if (outside.equals(reference.value())) {
            return;
        }
        boolean isPrefixed = !isLocal(reference.value()) && findByAddress(reference.value()) == null;
        changes.add(
                isPrefixed
                        ? Change.of(reference.start() + 1, reference.start() + 1, String.valueOf(home().root()))
                        : Change.of(reference.start() + 1, reference.end() - 1, outside));
    }

    private void resolveUri(JsonValue.Text uri, List<Change> changes) {
        Target target = byFullUrl.find(uri.value());
        String written = target == null ? null : target.written();
        if (written != null) {
            changes.add(Change.of(uri.start() + 1, uri.end() - 1, written));
        }
    }

    /** The resource's bytes in its output topic: references resolved, all other bytes unchanged. */
    byte[] recorded(
            byte[] bundle,
            JsonValue.Members resource,
            @Nullable SubjectOutcome subject,
            @Nullable SubjectOutcome replacedBy) {
        SortedMap<Integer, Change> changes = new TreeMap<>();
        boolean isPatient = "Patient".equals(resource.text("resourceType"));
        JsonValue.Members link = isPatient ? ResourceClassifier.replacingLink(resource) : null;
        List<Change> all =
                isPatient ? naming(link == null ? null : link.object("other"), replacedBy) : changes(resource, subject);
        all.forEach(each -> changes.put(each.from(), each));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = resource.start();
        for (Change change : changes.values()) {
            out.write(bundle, from, change.from() - from);
            out.writeBytes(change.instead());
            from = change.to();
        }
        out.write(bundle, from, resource.end() - from);
        return out.toByteArray();
    }

    /**
     * The resource's bytes when it is re-keyed: in a Bundle of one if only its entry names it, or only its report dates it.
     *
     * @param reported the report's time; null if it needs none
     */
    byte[] rekeyed(byte[] bundle, JsonValue.Members resource, byte[] recorded, @Nullable When reported) {
        JsonValue.Members request = entry.searched() == null ? null : entry.request();
        if (!"Patient".equals(resource.text("resourceType"))) {
            return place().isOurs() && reported == null ? recorded : resolved(bundle, recorded, reported);
        }
        if (home().isOurs() && request == null && entry.name() != null) {
            return recorded;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(recorded.length + 256);
        String type = request == null ? "collection" : "batch";
        write("{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[{", out);
        if (entry.fullUrl() != null) {
            write("\"fullUrl\":", out);
            slice(bundle, entry.fullUrl(), out);
            write(",", out);
        }
        write("\"resource\":", out);
        out.writeBytes(recorded);
        if (request != null) {
            write(",\"request\":", out);
            slice(bundle, request, out);
        }
        write("}]}", out);
        return out.toByteArray();
    }

    private byte[] resolved(byte[] bundle, byte[] recorded, @Nullable When reported) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(recorded.length + 256);
        write("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{", out);
        if (reported != null) {
            write(ReportTime.element(reported.from(), reported.to()) + ",", out);
        }
        if (!place().isOurs()) {
            write("\"link\":[{\"relation\":\"self\",\"url\":", out);
            slice(bundle, Objects.requireNonNull(entry.self() == null ? entry.fullUrl() : entry.self()), out);
            write("}],", out);
        }
        write("\"resource\":", out);
        out.writeBytes(recorded);
        write("}]}", out);
        return out.toByteArray();
    }

    private static void slice(byte[] bundle, JsonValue value, ByteArrayOutputStream out) {
        out.write(bundle, value.start(), value.end() - value.start());
    }

    private static void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
