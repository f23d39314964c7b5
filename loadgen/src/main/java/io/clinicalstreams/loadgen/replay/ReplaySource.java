package io.clinicalstreams.loadgen.replay;

import io.clinicalstreams.loadgen.replay.ResourceFacts.Entry;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * FHIR files as a source of records: one resource per record, keyed by its patient, in the order of the files. One
 * document is in memory at a time. To shift histories, the files are read once before. A Bundle with an entry of
 * another server stays whole, because only the entry's fullUrl tells which server a relative reference means.
 */
public final class ReplaySource implements Source {

    private final ReplaySettings settings;
    private final Json json = new Json();
    private final ResourceFactsReader reader = new ResourceFactsReader(json);
    private final Rewriter rewriter = new Rewriter(json);
    private final ReplayPatientKeys keys;
    private final Documents documents;
    private final @Nullable TimeShift shift;
    private final long filesPassedOver;
    private final Queue<Outgoing> entries = new ArrayDeque<>();
    private long read;
    private long unreadable;
    private long bundlesSplit;
    private long entriesWithoutResource;
    private long notRewritten;

    private ReplaySource(ReplaySettings settings, ReplayPatientKeys keys, InputFiles files, @Nullable TimeShift shift) {
        this.settings = settings;
        this.keys = keys;
        this.documents = new Documents(files.paths());
        this.filesPassedOver = files.passedOver();
        this.shift = shift;
    }

    /**
     * Finds the files and, to shift histories, reads them for each patient's last measurement.
     *
     * @param fhir the environment's settings, for the patient keys
     * @param now the time to shift that measurement to
     * @throws InputRefused when an input is missing or not a FHIR file
     * @throws IOException when a file cannot be read; it names the file
     */
    public static ReplaySource open(ReplaySettings settings, FhirSettings fhir, Instant now) throws IOException {
        InputFiles files = InputFiles.of(settings.inputs());
        ReplayPatientKeys keys = new ReplayPatientKeys(fhir.baseUrls());
        TimeShift shift =
                settings.moves() ? histories(files.paths(), keys, new TimeShift(now, settings.compressTo())) : null;
        return new ReplaySource(settings, keys, files, shift);
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        while (entries.isEmpty()) {
            byte[] document = documents.next();
            if (document == null) {
                return null;
            }
            read++;
            ResourceFacts facts = reader.read(document);
            if (facts == null) {
                unreadable++;
                return Outgoing.of(null, document);
            }
            if (!facts.isBundle()) {
                String key = keys.of(facts);
                return new Outgoing(bytes(key), moved(document, Map.of(), key), null, 1);
            }
            if (settings.asIs()
                    || !facts.isSplittable()
                    || facts.entries().stream().anyMatch(keys::isForeign)) {
                return whole(document, facts);
            }
            split(document, facts);
        }
        return entries.remove();
    }

    /** The counts of the documents read so far. */
    public ReplayAccount account() {
        return new ReplayAccount(filesPassedOver, read, unreadable, bundlesSplit, entriesWithoutResource, notRewritten);
    }

    @Override
    public void close() throws IOException {
        documents.close();
    }

    /** A whole Bundle, under the key of the one Patient in it. */
    private Outgoing whole(byte[] document, ResourceFacts bundle) {
        List<String> patients = bundle.entries().stream()
                .filter(entry -> entry.resource() != null
                        && "Patient".equals(entry.resource().resourceType()))
                .map(entry -> keys.isForeign(entry) ? entry.fullUrl() : keys.of(entry.resource()))
                .filter(Objects::nonNull)
                .toList();
        byte[] key = bytes(patients.size() == 1 ? patients.get(0) : null);
        TimeShift.Move move = shift == null ? null : shift.of(patientsOf(bundle, keys));
        return new Outgoing(key, rewritten(document, Map.of(), move), null, bundle.resources());
    }

    private void split(byte[] document, ResourceFacts bundle) {
        bundlesSplit++;
        Map<String, ResourceFacts> byFullUrl = bundle.byFullUrl();
        Map<String, String> references = references(byFullUrl);
        for (Entry entry : bundle.entries()) {
            ResourceFacts resource = entry.resource();
            if (resource == null) {
                entriesWithoutResource++;
                continue;
            }
            byte[] slice = Arrays.copyOfRange(document, entry.start(), entry.end());
            String key = keys.of(resource, byFullUrl);
            entries.add(new Outgoing(bytes(key), moved(slice, references, key), null, resource.resources()));
        }
    }

    private byte[] moved(byte[] document, Map<String, String> references, @Nullable String key) {
        TimeShift.Move move = shift == null || key == null ? null : shift.of(key);
        return rewritten(document, references, move);
    }

    /** The document unchanged where it cannot be rewritten: the receiver decides whether it is valid. */
    private byte[] rewritten(byte[] document, Map<String, String> references, TimeShift.@Nullable Move move) {
        byte[] rewritten = rewriter.rewrite(document, references, move);
        if (rewritten == null) {
            notRewritten++;
            return document;
        }
        return rewritten;
    }

    private static TimeShift histories(List<Path> files, ReplayPatientKeys keys, TimeShift shift) throws IOException {
        ResourceFactsReader reader = new ResourceFactsReader(new Json());
        try (Documents documents = new Documents(files)) {
            for (byte[] document = documents.next(); document != null; document = documents.next()) {
                ResourceFacts facts = reader.read(document);
                if (facts != null) {
                    note(facts, keys, null, shift);
                }
            }
        }
        return shift;
    }

    private static void note(
            ResourceFacts facts, ReplayPatientKeys keys, @Nullable Map<String, ResourceFacts> bundle, TimeShift shift) {
        if (facts.isBundle()) {
            Map<String, ResourceFacts> byFullUrl = facts.byFullUrl();
            for (Entry entry : facts.entries()) {
                if (entry.resource() != null) {
                    note(entry.resource(), keys, byFullUrl, shift);
                }
            }
            return;
        }
        String key = keys.of(facts, bundle);
        if (key != null) {
            shift.saw(key, facts);
        }
    }

    private static Set<String> patientsOf(ResourceFacts bundle, ReplayPatientKeys keys) {
        Map<String, ResourceFacts> byFullUrl = bundle.byFullUrl();
        Set<String> patients = new LinkedHashSet<>();
        for (Entry entry : bundle.entries()) {
            String key = entry.resource() == null ? null : keys.of(entry.resource(), byFullUrl);
            if (key != null) {
                patients.add(key);
            }
        }
        return patients;
    }

    /** The replacement of references into the Bundle: {@code Type/id}. */
    private static Map<String, String> references(Map<String, ResourceFacts> byFullUrl) {
        Map<String, String> references = new HashMap<>();
        byFullUrl.forEach((fullUrl, resource) -> {
            if (Reference.isUrn(fullUrl) && resource.resourceType() != null && resource.id() != null) {
                references.put(fullUrl, resource.resourceType() + '/' + resource.id());
            }
        });
        return references;
    }

    private static byte @Nullable [] bytes(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }
}
