package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.ReportTime;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a Bundle says about the name of its resource, beside the resource itself.
 *
 * @param self the self link of an entry without a fullUrl; null for others
 * @param extensions its own, if it has no fullUrl
 * @param base what the fullUrl begins with; null without one
 * @param home what its relative references are relative to
 * @param place the server that its resource is on
 * @param address the fullUrl by which other entries may refer to it; null when that keeps its meaning outside the Bundle
 * @param searched {@code system|value} of a Patient that is created or updated by a search; null for others
 * @param name what identifies the resource outside the Bundle, for a Patient also its key; null when only the fullUrl does
 */
record EntryNaming(
        JsonValue.@Nullable Text fullUrl,
        JsonValue.@Nullable Text self,
        JsonValue.@Nullable Members request,
        List<JsonValue.Members> extensions,
        @Nullable String base,
        ServiceBase home,
        ServiceBase place,
        @Nullable String address,
        @Nullable String searched,
        @Nullable String name) {

    /** Of no entry. */
    static final EntryNaming NONE =
            new EntryNaming(null, null, null, List.of(), null, ServiceBase.OURS, ServiceBase.OURS, null, null, null);

    static EntryNaming of(JsonValue.Members entry, SubjectReading subjects, FhirSettings fhir) {
        JsonValue.Text fullUrl = entry.get("fullUrl") instanceof JsonValue.Text text ? text : null;
        JsonValue.Members request = entry.object("request");
        String url = fullUrl == null ? null : fullUrl.value();
        JsonValue.Members resource = entry.object("resource");
        String searched = isPatient(resource) && request != null ? searched(request, subjects) : null;
        boolean isOurs = url == null || fhir.baseUrls().stream().anyMatch(url::startsWith);
        boolean isRequested = request != null && request.text("method") != null && !isOurs;
        JsonValue.Text self = fullUrl == null ? self(entry) : null;
        ServiceBase home = ServiceBase.of(url, isPut(request), fhir);
        String name = searched != null || resource == null ? searched : nameOf(resource, home, subjects);
        boolean isLogical = isPatient(resource) && name != null && name.contains("|");
        return new EntryNaming(
                fullUrl,
                self,
                request,
                fullUrl == null ? entry.objects("extension") : List.of(),
                url == null || url.length() > JsonBounds.TEXT ? null : ServiceBase.rootOf(url),
                home,
                self == null ? home : ServiceBase.of(self.value(), false, fhir),
                url == null ? null : address(url, isLogical || isRequested),
                searched,
                name);
    }

    private static JsonValue.@Nullable Text self(JsonValue.Members entry) {
        return entry.objects("link").stream()
                .filter(link -> "self".equals(link.text("relation")))
                .flatMap(link -> Stream.ofNullable(link.get("url")))
                .filter(JsonValue.Text.class::isInstance)
                .map(JsonValue.Text.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Whether it has the time of its report instead of the report. */
    boolean isRekeyed() {
        return extensions.stream().anyMatch(extension -> ReportTime.URL.equals(extension.text("url")));
    }

    private static boolean isPatient(JsonValue.@Nullable Members resource) {
        return resource != null && "Patient".equals(resource.text("resourceType"));
    }

    private static boolean isPut(JsonValue.@Nullable Members request) {
        return request != null && "PUT".equals(request.text("method"));
    }

    private static @Nullable String searched(JsonValue.Members request, SubjectReading subjects) {
        String search = Objects.requireNonNullElse(request.text(isPut(request) ? "url" : "ifNoneExist"), "");
        boolean isSearch = isPut(request) ? search.contains("?") : !search.isEmpty();
        return isSearch ? subjects.searched(search) : null;
    }

    private static @Nullable String address(String url, boolean isRenamed) {
        if (BundleReferences.isLocal(url)) {
            return url;
        }
        return isRenamed && url.startsWith("http") ? BundleReferences.withoutVersion(url) : null;
    }

    private static @Nullable String nameOf(JsonValue.Members resource, ServiceBase home, SubjectReading subjects) {
        String type = resource.text("resourceType");
        String id = resource.text("id");
        if (isPatient(resource)) {
            return itself(resource, home, subjects);
        }
        boolean known = type != null && ResourceTypeNames.NAMES.contains(type) && id != null && Elements.isId(id);
        return known && !home.isNowhere() ? home.root() + type + '/' + id : null;
    }

    /** A Patient's key without its entry: by its id, else by its first identifier; null when it has neither. */
    static @Nullable String itself(JsonValue.Members patient, ServiceBase home, SubjectReading subjects) {
        String id = patient.text("id");
        if (id != null && Elements.isId(id)) {
            SubjectOutcome named = subjects.at("Patient/" + id, home);
            return named.defects().demandRejection() ? null : named.key();
        }
        return identifiers(patient).stream()
                .filter(identifier -> IdentifierSearch.of(identifier) != null)
                .findFirst()
                .orElse(null);
    }

    /** The key of its Patient: by its name, else by its fullUrl; null without both. */
    @Nullable
    String patient(SubjectReading subjects) {
        return name != null || fullUrl == null ? name : subjects.named(fullUrl.value());
    }

    /** {@code system|value} of each of a Patient's identifiers that has both; of no more than a Patient may have. */
    static List<String> identifiers(JsonValue.Members patient) {
        return patient.items("identifier").stream()
                .limit(JsonBounds.IDENTIFIERS)
                .filter(JsonValue.Members.class::isInstance)
                .map(JsonValue.Members.class::cast)
                .filter(identifier -> isUsable(identifier.get("system")) && isUsable(identifier.get("value")))
                .filter(identifier ->
                        !Objects.requireNonNull(identifier.text("system")).contains("|"))
                .map(identifier -> identifier.text("system") + '|' + identifier.text("value"))
                .filter(key -> key.getBytes(StandardCharsets.UTF_8).length <= JsonBounds.TEXT)
                .toList();
    }

    private static boolean isUsable(@Nullable JsonValue value) {
        return value instanceof JsonValue.Text text && !text.value().isEmpty() && !JsonBounds.isEndless(text);
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "EntryNaming[hidden]";
    }
}
