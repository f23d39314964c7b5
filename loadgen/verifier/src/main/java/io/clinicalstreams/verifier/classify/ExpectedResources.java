package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.classify.RecordExpectations.Classified;
import io.clinicalstreams.verifier.json.Defect;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonReading;
import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads input records: the expected outcome of each resource, and the facts that alerts depend on. */
public final class ExpectedResources {

    private static final Set<String> SPLIT = Set.of("transaction", "batch", "collection", "message");

    private final VerifiedTopics topics;
    private final ResourceClassifier classifier;
    private final SubjectReading subjects;
    private final FactReading facts;

    public ExpectedResources(VerifiedTopics topics) {
        this.topics = topics;
        List<String> baseUrls = List.copyOf(topics.fhir().baseUrls());
        this.facts = new FactReading(topics.fhir().zone());
        subjects = new SubjectReading(baseUrls);
        classifier = new ResourceClassifier(subjects, topics.fhir().validation());
    }

    /** Reads all input from a mark on, and returns the ends of the source topics. */
    public Mark read(TopicSource source, Mark from, Collection<? extends InputListener> listeners) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        ends.putAll(source.read(topics.received(), from, record -> read(record, listeners))
                .offsets());
        ends.putAll(source.read(topics.rekeyed(), from, record -> {
                    ClinicalHeaders headers = new ClinicalHeaders(record.headers());
                    Coordinates origin = headers.origin();
                    Merge merge = headers.merge();
                    if (origin == null) {
                        read(record, listeners);
                    } else if (merge != null) {
                        listeners.forEach(listener -> listener.forwarded(record, merge, origin));
                    } else {
                        listeners.forEach(listener -> listener.rekeyed(record, origin));
                    }
                })
                .offsets());
        return new Mark(ends);
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Collection<? extends InputListener> listeners) {
        List<Classified> classified = classified(record);
        List<Expected> expected = expected(classified);
        List<Fact> found = facts.of(classified);
        listeners.forEach(listener -> listener.input(record, expected, found));
    }

    List<Expected> in(ConsumerRecord<byte[], byte[]> record) {
        return expected(classified(record));
    }

    List<Fact> facts(ConsumerRecord<byte[], byte[]> record) {
        return facts.of(classified(record));
    }

    private static List<Expected> expected(List<Classified> classified) {
        return classified.stream().map(Classified::expected).toList();
    }

    private List<Classified> classified(ConsumerRecord<byte[], byte[]> record) {
        RecordExpectations expectations = new RecordExpectations(topics, record);
        byte[] value = record.value();
        if (value == null) {
            return rejected(Defects.of(Reason.NULL_VALUE), expectations);
        }
        if (value.length == 0 || value.length > JsonBounds.VALUE) {
            return rejected(Defects.of(value.length == 0 ? Reason.EMPTY_VALUE : Reason.TOO_LARGE), expectations);
        }
        JsonReading json = JsonReading.of(value);
        Defects ofJson = Defects.within(json.defects(), 0, value.length);
        if (json.root() == null) {
            if (json.isOtherThanObject()) {
                ofJson.may(Reason.NOT_AN_OBJECT);
            }
            return rejected(ofJson, expectations);
        }
        if (!(json.root() instanceof JsonValue.Members resource)) {
            ofJson.must(Reason.NOT_AN_OBJECT);
            return rejected(ofJson, expectations);
        }
        if ("Bundle".equals(resource.text("resourceType"))) {
            return bundle(resource, json.defects(), expectations);
        }
        return List.of(expectations.whole(classifier.classify(resource, null, ofJson), resource));
    }

    private static List<Classified> rejected(Defects defects, RecordExpectations expectations) {
        return List.of(expectations.whole(Classification.rejected(defects), null));
    }

    private List<Classified> bundle(JsonValue.Members bundle, List<Defect> ofJson, RecordExpectations expectations) {
        List<JsonValue> entries = bundle.items("entry");
        if (entries.size() > JsonBounds.ENTRIES) {
            return tooMany(bundle, ofJson, expectations);
        }
        BundleReferences references = BundleReferences.of(entries, subjects, topics.fhir());
        if (references.hasTooManyIdentifiers()) {
            return tooMany(bundle, ofJson, expectations);
        }
        Defects ofWhole = new Defects();
        for (Defect defect : ofJson) {
            boolean inAnEntry = entries.stream().anyMatch(entry -> defect.isWithin(entry.start(), entry.end()));
            if (!inAnEntry || defect.reason() == Reason.NESTING_TOO_DEEP) {
                ofWhole.add(defect);
            }
        }
        checkWhole(bundle, ofWhole);
        if (ofWhole.demandRejection()) {
            return rejected(ofWhole, expectations);
        }
        if (entries.isEmpty()) {
            return List.of(expectations.whole(Classification.ignored("EmptyBundle", ofWhole), null));
        }
        boolean grows = growth(entries, references) > JsonBounds.VALUE;
        ReportedTimes reports = reports(entries, references, ofJson);
        List<Classified> classified = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            JsonValue entry = entries.get(i);
            Defects ofEntry = Defects.within(ofJson, entry.start(), entry.end());
            if (grows) {
                // Over the size limit: which entry is the last to fit depends on which are read.
                ofEntry.may(Reason.TOO_LARGE);
            }
            classified.add(entry(i, entry, references, reports, ofEntry, expectations));
        }
        return classified;
    }

    /** A report without defects of its JSON counts. */
    private ReportedTimes reports(List<JsonValue> entries, BundleReferences references, List<Defect> ofJson) {
        ReportedTimes reports = new ReportedTimes(
                topics.fhir().zone(), List.copyOf(topics.fhir().baseUrls()));
        for (JsonValue each : entries) {
            if (each instanceof JsonValue.Members entry
                    && entry.get("resource") instanceof JsonValue.Members resource
                    && "DiagnosticReport".equals(resource.text("resourceType"))
                    && !entry.repeated().contains("resource")
                    && !Defects.within(ofJson, entry.start(), entry.end()).demandRejection()) {
                reports.add(resource, seenFrom(entry, references));
            }
        }
        return reports;
    }

    /** A Bundle with more entries or identifiers than allowed; another defect may be found first. */
    private static List<Classified> tooMany(
            JsonValue.Members bundle, List<Defect> ofJson, RecordExpectations expectations) {
        Defects defects = new Defects();
        ofJson.forEach(defect -> defects.may(defect.reason()));
        checkWhole(bundle, defects);
        defects.must(Reason.TOO_LARGE);
        return rejected(defects, expectations);
    }

    /** How many bytes the entries grow in total when their references are resolved. */
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
        return references.seenFrom(EntryNaming.of(entry, subjects, topics.fhir()));
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

    private Classified entry(
            int index,
            JsonValue value,
            BundleReferences bundle,
            ReportedTimes reports,
            Defects ofJson,
            RecordExpectations expectations) {
        if (!(value instanceof JsonValue.Members entry)) {
            ofJson.must(Reason.WRONG_ELEMENT_TYPE);
            return expectations.odd(index, value, Classification.rejected(ofJson));
        }
        String fullUrl = entry.text("fullUrl");
        if (entry.has("fullUrl") && (fullUrl == null || fullUrl.isEmpty() || fullUrl.contains(" "))) {
            ofJson.may(Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        if (!entry.has("resource")) {
            return expectations.odd(index, entry, Classification.ignored("EntryWithoutResource", ofJson));
        }
        JsonValue.Members resource = entry.object("resource");
        if (entry.repeated().contains("resource")) {
            ofJson.must(Reason.DUPLICATE_KEY);
            return expectations.odd(index, entry, Classification.rejected(ofJson));
        }
        if (resource == null) {
            ofJson.must(Reason.WRONG_ELEMENT_TYPE, Reason.NOT_AN_OBJECT);
            return expectations.odd(index, entry, Classification.rejected(ofJson));
        }
        if ("Bundle".equals(resource.text("resourceType"))) {
            ofJson.must(Reason.NESTED_BUNDLE);
        }
        BundleReferences seen = seenFrom(entry, bundle);
        Classification classification = ofJson.demandRejection()
                ? Classification.rejected(ofJson)
                : classifier.classify(resource, seen, ofJson);
        return expectations.entry(index, resource, seen, classification, reports.of(resource, seen));
    }
}
