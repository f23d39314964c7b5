package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.verifier.json.Defect;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonReading;
import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.json.Reason;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Says of each resource in an input record what has to become of it. */
public final class ExpectedResources {

    private static final Set<String> SPLIT = Set.of("transaction", "batch", "collection", "message");

    /** A resource, what it was judged to be, and what has to become of it. */
    private record Judged(Expected expected, Classification judgement, JsonValue.@Nullable Members resource) {}

    private final VerifiedTopics topics;
    private final ResourceClassifier judge;
    private final List<String> baseUrls;
    private final FactReading facts = new FactReading(ZoneOffset.UTC);

    /** @param baseUrls FHIR servers whose patients the system knows by their relative references */
    public ExpectedResources(VerifiedTopics topics, Set<String> baseUrls) {
        this.topics = topics;
        this.baseUrls = ServiceBase.ordered(baseUrls);
        judge = new ResourceClassifier(new SubjectReading(this.baseUrls));
    }

    /** @param record from the received topic, or one from the re-keyed topic that nobody here re-keyed */
    public List<Expected> in(ConsumerRecord<byte[], byte[]> record) {
        return judged(record).stream().map(Judged::expected).toList();
    }

    /** What alerts depend on in a record of the received topic. */
    public List<Fact> facts(ConsumerRecord<byte[], byte[]> record) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        List<Fact> found = new ArrayList<>();
        for (Judged each : judged(record)) {
            Fact fact =
                    each.resource() == null ? null : facts.of(each.expected(), each.judgement(), each.resource(), at);
            if (fact != null) {
                found.add(fact);
            }
        }
        return found;
    }

    private List<Judged> judged(ConsumerRecord<byte[], byte[]> record) {
        RecordExpectations settling = new RecordExpectations(topics, record);
        byte[] value = record.value();
        if (value == null) {
            return whole(rejection(Reason.NULL_VALUE), null, settling);
        }
        if (value.length == 0) {
            return whole(rejection(Reason.EMPTY_VALUE), null, settling);
        }
        if (value.length > JsonBounds.VALUE) {
            return whole(rejection(Reason.TOO_LARGE), null, settling);
        }
        JsonReading json = JsonReading.of(value);
        Defects ofJson = within(json.defects(), 0, value.length);
        if (!json.isReadable()) {
            if (json.root() != null && !(json.root() instanceof JsonValue.Members)) {
                ofJson.may(Reason.NOT_AN_OBJECT);
            }
            return whole(Classification.rejected(ofJson), null, settling);
        }
        if (!(json.root() instanceof JsonValue.Members resource)) {
            ofJson.must(Reason.NOT_AN_OBJECT);
            return whole(Classification.rejected(ofJson), null, settling);
        }
        if ("Bundle".equals(resource.text("resourceType"))) {
            return bundle(resource, json.defects(), settling);
        }
        return whole(judge.judge(resource, null, ofJson), resource, settling);
    }

    private static List<Judged> whole(
            Classification judgement, JsonValue.@Nullable Members resource, RecordExpectations settling) {
        return List.of(new Judged(settling.whole(judgement), judgement, resource));
    }

    private static Classification rejection(Reason reason) {
        Defects defects = new Defects();
        defects.must(reason);
        return Classification.rejected(defects);
    }

    private List<Judged> bundle(JsonValue.Members bundle, List<Defect> ofJson, RecordExpectations settling) {
        List<JsonValue> entries = bundle.get("entry") instanceof JsonValue.Items items ? items.values() : List.of();
        if (entries.size() > JsonBounds.ENTRIES) {
            return tooMany(bundle, ofJson, settling);
        }
        Defects ofWhole = new Defects();
        for (Defect defect : ofJson) {
            boolean inAnEntry = entries.stream().anyMatch(entry -> isWithin(defect, entry.start(), entry.end()));
            if (!inAnEntry || defect.reason() == Reason.NESTING_TOO_DEEP) {
                add(defect, ofWhole);
            }
        }
        checkWhole(bundle, ofWhole);
        if (ofWhole.demandRejection()) {
            return whole(Classification.rejected(ofWhole), null, settling);
        }
        if (entries.isEmpty()) {
            return whole(Classification.ignored("EmptyBundle", ofWhole), null, settling);
        }
        BundleReferences references = BundleReferences.of(entries);
        boolean grows = growth(entries, references) > JsonBounds.VALUE;
        List<Judged> judged = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            JsonValue entry = entries.get(i);
            Defects ofEntry = within(ofJson, entry.start(), entry.end());
            if (grows) {
                // Beyond measure: which entry is the last that fits depends on which are read.
                ofEntry.may(Reason.TOO_LARGE);
            }
            judged.add(entry(i, entry, references, ofEntry, settling));
        }
        return judged;
    }

    /** A Bundle of more entries than one record may have; what else is wrong with it may be found first. */
    private static List<Judged> tooMany(JsonValue.Members bundle, List<Defect> ofJson, RecordExpectations settling) {
        Defects defects = new Defects();
        ofJson.forEach(defect -> defects.may(defect.reason()));
        checkWhole(bundle, defects);
        defects.must(Reason.TOO_LARGE);
        return whole(Classification.rejected(defects), null, settling);
    }

    /** By how many bytes the entries grow together when their references are resolved. */
    private long growth(List<JsonValue> entries, BundleReferences references) {
        long growth = 0;
        for (JsonValue each : entries) {
            if (each instanceof JsonValue.Members entry
                    && entry.get("resource") instanceof JsonValue.Members resource) {
                growth += seenFrom(entry, references).growth(resource);
            }
        }
        return growth;
    }

    private BundleReferences seenFrom(JsonValue.Members entry, BundleReferences references) {
        JsonValue.Text fullUrl = entry.get("fullUrl") instanceof JsonValue.Text text ? text : null;
        ServiceBase home = ServiceBase.of(fullUrl == null ? null : fullUrl.value(), baseUrls);
        return references.seenFrom(home, fullUrl);
    }

    private static void checkWhole(JsonValue.Members bundle, Defects defects) {
        JsonValue type = bundle.get("type");
        if (type == null) {
            defects.must(Reason.MISSING_BUNDLE_TYPE);
        } else if (!(type instanceof JsonValue.Text text)) {
            defects.must(Reason.WRONG_ELEMENT_TYPE, Reason.MISSING_BUNDLE_TYPE);
        } else if (!SPLIT.contains(text.value())) {
            defects.must(Reason.UNSUPPORTED_BUNDLE_TYPE, Reason.INVALID_VALUE);
        }
        if (bundle.has("entry") && !(bundle.get("entry") instanceof JsonValue.Items)) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
        }
    }

    private Judged entry(
            int index, JsonValue value, BundleReferences bundle, Defects ofJson, RecordExpectations settling) {
        if (!(value instanceof JsonValue.Members entry)) {
            ofJson.must(Reason.WRONG_ELEMENT_TYPE);
            return odd(index, value, Classification.rejected(ofJson), settling);
        }
        String fullUrl = entry.text("fullUrl");
        if (entry.has("fullUrl") && (fullUrl == null || fullUrl.isEmpty() || fullUrl.contains(" "))) {
            ofJson.may(Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        JsonValue resource = entry.get("resource");
        if (resource == null) {
            return odd(index, entry, Classification.ignored("EntryWithoutResource", ofJson), settling);
        }
        if (entry.isRepeated("resource")) {
            ofJson.must(Reason.DUPLICATE_KEY);
            return odd(index, entry, Classification.rejected(ofJson), settling);
        }
        if (!(resource instanceof JsonValue.Members object)) {
            ofJson.must(Reason.WRONG_ELEMENT_TYPE, Reason.NOT_AN_OBJECT);
            return odd(index, entry, Classification.rejected(ofJson), settling);
        }
        if ("Bundle".equals(object.text("resourceType"))) {
            ofJson.must(Reason.NESTED_BUNDLE);
        }
        BundleReferences seen = seenFrom(entry, bundle);
        Classification judgement =
                ofJson.demandRejection() ? Classification.rejected(ofJson) : judge.judge(object, seen, ofJson);
        return new Judged(settling.entry(index, object, seen, judgement), judgement, object);
    }

    private static Judged odd(int index, JsonValue entry, Classification judgement, RecordExpectations settling) {
        return new Judged(settling.odd(index, entry, judgement), judgement, null);
    }

    private static Defects within(List<Defect> all, int start, int end) {
        Defects within = new Defects();
        for (Defect defect : all) {
            if (isWithin(defect, start, end)) {
                add(defect, within);
            }
        }
        return within;
    }

    private static boolean isWithin(Defect defect, int start, int end) {
        return defect.position() >= start && defect.position() < end;
    }

    private static void add(Defect defect, Defects defects) {
        if (defect.certain()) {
            defects.must(defect.reason());
        } else {
            defects.may(defect.reason());
        }
    }
}
