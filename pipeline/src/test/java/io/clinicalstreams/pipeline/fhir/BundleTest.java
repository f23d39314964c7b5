package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.json;
import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.SingleReader;
import io.clinicalstreams.pipeline.fhir.resource.TypeScan;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.BaseUrls;
import io.clinicalstreams.topics.wire.PatientKeys;
import io.clinicalstreams.topics.wire.ReferenceContext;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Bundle is split into its resources; each is independent, and only references that are valid in the Bundle alone
 * change.
 */
class BundleTest {

    private static final String PATIENT =
            "{'fullUrl':'urn:uuid:p','resource':{'resourceType':'Patient','id':'77','birthDate':'1970-05'}}";

    private final Reading reading = new Reading();

    private static String bundle(String... entries) {
        return "{'resourceType':'Bundle','type':'transaction','entry':[" + String.join(",", entries) + "]}";
    }

    private static String entry(String resource) {
        return "{'resource':" + resource + "}";
    }

    private static String written(ReadResource resource) {
        return new String(Objects.requireNonNull(resource.bytes()), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void referencesInsideTheBundleAreResolvedAndAllOtherBytesStay() {
        String resource = "{ 'resourceType' : 'Observation','status':'final', 'code':{'text':'µ \\u00b5 urn:uuid:p'},\n"
                + "'subject':{'reference':'urn:uuid:p'},'performer':[{'reference':'Practitioner?identifier=a|1'},"
                + "{'reference':'urn:uuid:q'}], 'encounter' : { 'reference' : 'urn:uuid:e' } }";
        String encounter = "{'resourceType':'Encounter','id':'9','status':'finished','class':{'code':'AMB'},"
                + "'subject':{'reference':'Patient/77'}}";

        List<ReadResource> read = reading.all(bundle(
                entry(resource),
                "{'resource':{'resourceType':'Practitioner','id':'doc'},'fullUrl':'urn:uuid:q'}",
                PATIENT,
                "{'fullUrl':'urn:uuid:e','resource':" + encounter + "}"));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly(
                        "OBSERVATION Patient/77",
                        "ignored Practitioner",
                        "ignored Patient Patient/77",
                        "ENCOUNTER Patient/77");
        assertThat(read.stream().map(ReadResource::index)).containsExactly(0, 1, 2, 3);
        assertThat(written(read.get(0)))
                .isEqualTo(resource.replace("'urn:uuid:p'", "'Patient/77'")
                        .replace("'urn:uuid:q'", "'Practitioner/doc'")
                        .replace("'urn:uuid:e'", "'Encounter/9'"));
        assertThat(read.get(1).bytes()).isNull();
        assertThat(written(read.get(2))).startsWith("{'resourceType':'Patient'");
        assertThat(written(read.get(3))).isEqualTo(encounter);
    }

    @Test
    void factsForTheRulesHaveTheResolvedReferences() {
        Finding finding = reading.all(bundle(
                        PATIENT,
                        entry(observation("'encounter':{'reference':'urn:oid:1.2'}")
                                .replace("Patient/1", "urn:uuid:p")),
                        "{'fullUrl':'urn:oid:1.2','resource':{'resourceType':'Encounter','id':'e'}}"))
                .get(1)
                .finding();

        assertThat(finding).isInstanceOfSatisfying(Finding.Routed.class, routed -> {
            assertThat(routed.observation()).isNotNull();
            assertThat(Objects.requireNonNull(routed.observation()).patientReference())
                    .isEqualTo("Patient/77");
            assertThat(Objects.requireNonNull(routed.observation()).encounter()).isEqualTo("Encounter/e");
        });
    }

    @Test
    void anEscapedReferenceIsResolvedToo() {
        List<ReadResource> read =
                reading.all(bundle(PATIENT, entry(observation("").replace("Patient/1", "\\u0075rn:uuid:p"))));

        assertThat(Reading.verdict(read.get(1))).isEqualTo("OBSERVATION Patient/77");
        assertThat(written(read.get(1))).isEqualTo(observation("").replace("Patient/1", "Patient/77"));
    }

    @Test
    void aReferenceToAnEntryWithoutUsableIdStaysTheUrn() {
        String about = observation("").replace("Patient/1", "urn:uuid:p");

        for (String id : List.of("", ",'id':5", ",'id':'a\\\\b'")) {
            String patient = "{'fullUrl':'urn:uuid:p','resource':{'resourceType':'Patient'" + id + "}}";
            List<ReadResource> read = reading.all(bundle(patient, entry(about)));

            assertThat(read.stream().map(Reading::verdict))
                    .containsExactly("ignored Patient urn:uuid:p", "OBSERVATION urn:uuid:p");
            assertThat(written(read.get(1))).isEqualTo(about);
        }
    }

    @Test
    void anUnresolvableReferenceRejectsOnlyItsEntry() {
        String lost = observation("").replace("Patient/1", "urn:uuid:lost");
        String alsoLost = observation("'performer':[{'reference':'urn:uuid:lost'}]");

        List<ReadResource> read = reading.all(bundle(entry(lost), entry(alsoLost), entry(observation(""))));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly("UNRESOLVABLE_REFERENCE", "UNRESOLVABLE_REFERENCE", "OBSERVATION Patient/1");
        assertThat(written(read.get(0))).isEqualTo(lost);
    }

    @Test
    void twoResourcesUnderOneFullUrlMakeItMeanNothing() {
        String other = PATIENT.replace("'77'", "'78'");
        String about = entry(observation("").replace("Patient/1", "urn:uuid:p"));

        assertThat(reading.verdicts(bundle(PATIENT, other, about)).get(2)).isEqualTo("UNRESOLVABLE_REFERENCE");
        assertThat(reading.verdicts(bundle(PATIENT, PATIENT, about)).get(2)).isEqualTo("OBSERVATION Patient/77");
    }

    @Test
    void twoPatientsWithoutIdUnderOneFullUrlMayBeTwo() {
        String nobody = "{'fullUrl':'urn:uuid:p','resource':{'resourceType':'Patient'}}";
        String about = entry(observation("").replace("Patient/1", "urn:uuid:p"));

        assertThat(reading.verdicts(bundle(nobody, about)).get(1)).isEqualTo("OBSERVATION urn:uuid:p");
        assertThat(reading.verdicts(bundle(nobody, nobody, about)).get(2)).isEqualTo("UNRESOLVABLE_REFERENCE");
    }

    @Test
    void anEntryOfUnknownTypeIsFoundAndIsNotAPatient() {
        String unknown = "{'fullUrl':'urn:uuid:p','resource':{'resourceType':'Foo','id':'1'}}";

        assertThat(reading.verdicts(bundle(unknown, entry(observation("").replace("Patient/1", "urn:uuid:p")))))
                .containsExactly("UNKNOWN_RESOURCE_TYPE", "SUBJECT_NOT_A_PATIENT");
    }

    @Test
    void aFragmentAfterAUrnIsIgnored() {
        String more = "'performer':[{'reference':'urn:uuid:p#x'}],'encounter':{'reference':'urn:uuid:e#y'}";
        String about = observation(more).replace("Patient/1", "urn:uuid:p#z");
        String encounter = "{'fullUrl':'urn:uuid:e','resource':{'resourceType':'Encounter','id':'9'}}";

        List<ReadResource> read = reading.all(bundle(PATIENT, encounter, entry(about)));

        assertThat(Reading.verdict(read.get(2))).isEqualTo("OBSERVATION Patient/77");
        assertThat(written(read.get(2)))
                .isEqualTo(about.replace("urn:uuid:p#x", "Patient/77")
                        .replace("urn:uuid:p#z", "Patient/77")
                        .replace("urn:uuid:e#y", "Encounter/9"));
    }

    @Test
    void aSubjectThatResolvesToAnotherResourceIsNotAPatient() {
        String device = "{'fullUrl':'urn:uuid:p','resource':{'resourceType':'Device','id':'1'}}";

        assertThat(reading.verdicts(bundle(device, entry(observation("").replace("Patient/1", "urn:uuid:p"))))
                        .get(1))
                .isEqualTo("SUBJECT_NOT_A_PATIENT");
    }

    @Test
    void oneInvalidEntryAmongAHundredValidOnesIsRejectedAlone() {
        String bad = "{'resourceType':'Observation','status':'final','subject':{'reference':'Patient/1'},'n':[1, 2]}";
        String[] entries = IntStream.range(0, 100)
                .mapToObj(i -> entry(i == 41 ? bad : observation("")))
                .toArray(String[]::new);

        List<ReadResource> read = reading.all(bundle(entries));

        assertThat(read).hasSize(100);
        assertThat(read.stream().filter(r -> Reading.verdict(r).equals("OBSERVATION Patient/1")))
                .hasSize(99);
        assertThat(Reading.verdict(read.get(41))).isEqualTo("MISSING_CODE");
        assertThat(written(read.get(41))).isEqualTo(bad);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{'resource':{'resourceType':'Practitioner','a':1,'a':1}} ~ DUPLICATE_KEY ~ {'resourceType':'Practitioner','a':1,'a':1}",
                "{'resource':{'resourceType':'Foo'}} ~ UNKNOWN_RESOURCE_TYPE ~ {'resourceType':'Foo'}",
                "{'resource':{}} ~ MISSING_RESOURCE_TYPE ~ {}",
                "{'resource':{'x':1e999}} ~ NUMBER_OUT_OF_RANGE ~ {'x':1e999}",
                "{'resource':{'resourceType':'Bundle','type':'batch'}} ~ NESTED_BUNDLE ~ {'resourceType':'Bundle','type':'batch'}",
                "{'resource':{'resourceType':'Practitioner'},'request':{'a':1,'a':2}} ~ DUPLICATE_KEY ~ {'resourceType':'Practitioner'}",
                "{'resource':{},'resource':{}} ~ DUPLICATE_KEY ~ {'resource':{},'resource':{}}",
                "{'resource':5} ~ WRONG_ELEMENT_TYPE ~ {'resource':5}",
                "{'fullUrl':5} ~ WRONG_ELEMENT_TYPE ~ {'fullUrl':5}",
                "7 ~ WRONG_ELEMENT_TYPE ~ 7"
            })
    void whatIsWrongInAnEntryStaysInTheEntryAndIsKeptAsReceived(String entry, String reason, String kept) {
        List<ReadResource> read =
                reading.all(bundle(entry(observation("")), " " + entry + " ", entry(observation(""))));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly("OBSERVATION Patient/1", reason, "OBSERVATION Patient/1");
        assertThat(written(read.get(1))).isEqualTo(kept);
    }

    @Test
    void anEntryMayHaveNoResource() {
        assertThat(reading.verdicts(bundle("{'request':{'method':'GET','url':'Patient/1'}}", "{}")))
                .containsExactly("ignored EntryWithoutResource", "ignored EntryWithoutResource");
    }

    /** No known input makes it throw, so the test makes a reader throw. */
    @Test
    void aBugInOneEntryDoesNotAffectTheOthers() {
        JsonCursor cursor = new JsonCursor();
        FhirSettings settings = FhirSettings.DEFAULT;
        BaseUrls none = settings.servers();
        PatientKeys patients = new PatientKeys(none.ours());
        TypeScan types = new TypeScan();
        SingleReader faulty = new SingleReader(settings, Depth.CLINICAL, cursor, types) {
            private int entries;

            @Override
            public Finding read(byte[] bytes, int from, int to, long type, ReferenceContext context) {
                if (entries++ == 1) {
                    throw new IllegalStateException("canary");
                }
                return super.read(bytes, from, to, type, context);
            }
        };
        String good = observation("");
        String[] entries = {entry(good), entry(good), entry(good)};

        List<ReadResource> read = new BundleReader(cursor, faulty, new EntryScan(cursor, types, patients, none), none)
                .read(json(bundle(entries)));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly("OBSERVATION Patient/1", "UNEXPECTED", "OBSERVATION Patient/1");
        assertThat(written(read.get(1))).isEqualTo(good);
    }

    @Test
    void aReferenceThatIsOnlyABaseUrlRejectsOnlyItsEntry() {
        Reading ours = Reading.withBase("https://ours.example/fhir");
        String nothing = entry(observation("").replace("Patient/1", "https://ours.example/fhir/"));

        assertThat(ours.verdicts(bundle(nothing, entry(observation("")))))
                .containsExactly("INVALID_REFERENCE", "OBSERVATION Patient/1");
    }

    @Test
    @Timeout(30)
    void tooManyEntriesRejectTheWholeBundle() {
        String[] most = Collections.nCopies(Bounds.BUNDLE_ENTRIES, "{}").toArray(String[]::new);
        String tooMany = bundle(String.join(",", most), "{'a':1,'a':2}");

        assertThat(reading.verdicts(bundle(most))).hasSize(Bounds.BUNDLE_ENTRIES);
        assertThat(reading.verdict(tooMany)).isEqualTo("TOO_LARGE");
        assertThat(reading.verdict(tooMany.replace("transaction", "searchset"))).isEqualTo("TOO_LARGE");
        assertThat(reading.verdict(tooMany + "x")).isEqualTo("NOT_JSON");
        assertThat(reading.verdict(bundle("0" + ",0".repeat(10_000_000)))).isEqualTo("TOO_LARGE");
    }

    /** Each reference would become forty times as long as its element: a record of 2 MB would grow to 90 MB. */
    @Test
    @Timeout(30)
    void referencesThatGrowTooMuchRejectTheirEntry() {
        String url = "https://b.example/" + "x".repeat(900) + "/Observation/9";
        String many = observation("'performer':[" + "{'reference':'Flag/1'},".repeat(100_000) + "{}]");
        String other = observation("");

        List<ReadResource> read =
                reading.all(bundle(entry(other), "{'fullUrl':'" + url + "','resource':" + many + "}", entry(other)));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly("OBSERVATION Patient/1", "TOO_LARGE", "OBSERVATION Patient/1");
        assertThat(written(read.get(1))).isEqualTo(many);
    }

    /** A urn is shorter than the reference to the entry that it names. */
    @Test
    @Timeout(30)
    void urnsThatGrowTooMuchRejectTheirEntry() {
        String patient = PATIENT.replace("'77'", '\'' + "7".repeat(64) + '\'').replace("urn:uuid:p", "urn:oid:1");
        String many = observation("'performer':[" + "{'reference':'urn:oid:1'},".repeat(600_000) + "{}]");

        assertThat(reading.verdicts(bundle(patient, entry(many), entry(observation("")))))
                .containsExactly("ignored Patient Patient/" + "7".repeat(64), "TOO_LARGE", "OBSERVATION Patient/1");
    }

    /** Each of them grows by 19 MB, and 32 MB are allowed. */
    @Test
    @Timeout(30)
    void referencesGrowByBundleAndNotByReader() {
        String url = "https://b.example/" + "x".repeat(900) + "/Observation/9";
        String many = observation("'performer':[" + "{'reference':'Flag/1'},".repeat(20_000) + "{}]");
        String key = "OBSERVATION " + url.replace("Observation/9", "Patient/1");
        byte[] bundle = json(bundle("{'fullUrl':'" + url + "','resource':" + many + "}"));

        for (int i = 0; i < 3; i++) {
            assertThat(reading.all(bundle).stream().map(Reading::verdict)).containsExactly(key);
        }
    }

    /** Its key is its code, so its references are the only ones of it that a Bundle gives a meaning to. */
    @Test
    void aProductOfABundleIsWrittenWithItsReferencesResolved() {
        String product = "{'resourceType':'MedicationKnowledge','code':{'coding':[{'system':'urn:x','code':'1'}]},"
                + "'manufacturer':{'reference':'urn:uuid:m'}}";

        ReadResource read = reading.all(bundle(
                        entry(product), "{'fullUrl':'urn:uuid:m','resource':{'resourceType':'Organization','id':'9'}}"))
                .get(0);

        assertThat(Reading.verdict(read)).isEqualTo("MEDICATION_KNOWLEDGE urn:x|1");
        assertThat(written(read)).isEqualTo(product.replace("urn:uuid:m", "Organization/9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "batch", "collection", "message"})
    void bundlesThatCarryNewsAreSplit(String type) {
        assertThat(reading.verdicts(bundle(entry(observation(""))).replace("transaction", type)))
                .containsExactly("OBSERVATION Patient/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"searchset", "history", "document", "transaction-response", "batch-response", "foo"})
    void otherBundlesAreRejectedWhole(String type) {
        assertThat(reading.verdict(bundle(entry(observation(""))).replace("transaction", type)))
                .isEqualTo("UNSUPPORTED_BUNDLE_TYPE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{'resourceType':'Bundle','entry':[{}]} ~ MISSING_BUNDLE_TYPE",
                "{'resourceType':'Bundle','type':5} ~ WRONG_ELEMENT_TYPE",
                "{'resourceType':'Bundle','type':'batch','entry':{}} ~ WRONG_ELEMENT_TYPE",
                "{'resourceType':'Bundle','type':'batch','type':'batch','entry':[{}]} ~ DUPLICATE_KEY",
                "{'resourceType':'Bundle','type':'batch','entry':[{}],'entry':[{}]} ~ DUPLICATE_KEY",
                "{'resourceType':'Bundle','type':'batch','total':1e999,'entry':[{}]} ~ NUMBER_OUT_OF_RANGE",
                "{'resourceType':'Bundle','type':'batch','entry':[{}]} x ~ NOT_JSON",
                "{'resourceType':'Bundle','type':'batch','entry':[{} ~ NOT_JSON",
                "{'resourceType':'Bundle','type':'batch'} ~ ignored EmptyBundle",
                "{'resourceType':'Bundle','type':'batch','entry':[]} ~ ignored EmptyBundle",
                "{'entry':[],'type':'batch','resourceType':'Bundle'} ~ ignored EmptyBundle",
                "{'resourceType':'Bundle','type':'searchset'} ~ UNSUPPORTED_BUNDLE_TYPE"
            })
    void whatIsWrongWithTheBundleItselfRejectsItWhole(String bundle, String verdict) {
        assertThat(reading.verdict(bundle)).isEqualTo(verdict);
    }

    @Test
    void anEntryTooDeepOrBrokenMakesTheWholeBundleUnreadable() {
        String deep = entry("{'x':" + "[".repeat(300) + "]".repeat(300) + "}");

        assertThat(reading.verdict(bundle(entry(observation("")), deep))).isEqualTo("NESTING_TOO_DEEP");
        assertThat(reading.verdict(bundle(entry(observation("")), entry("{'x':}"))))
                .isEqualTo("NOT_JSON");
    }

    /** A re-keyed resource is read again as a whole record. */
    @Test
    void mutatedBytesThrowNothingAndOutputsReadTheSameOnTheirOwn() {
        byte[] original = json(bundle(
                PATIENT,
                entry(observation("'encounter':{'reference':'urn:uuid:e'},'valueQuantity':{'value':6.5,'unit':'µmol'}")
                        .replace("Patient/1", "urn:uuid:p")),
                "{'fullUrl':'urn:uuid:e','resource':{'resourceType':'Encounter','id':'9','status':'finished',"
                        + "'class':{'code':'AMB'},'subject':{'reference':'urn:uuid:p'}}}"));
        Random random = new Random(9);
        int routed = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] mutated = original.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(mutated.length);
                mutated[at] =
                        random.nextInt(4) == 0 ? (byte) random.nextInt(256) : original[random.nextInt(original.length)];
            }
            for (ReadResource resource : reading.all(mutated)) {
                if (resource.finding() instanceof Finding.Routed) {
                    routed++;
                    Finding alone = reading.one(Objects.requireNonNull(resource.bytes()));
                    assertThat(alone).isEqualTo(resource.finding());
                }
            }
        }
        assertThat(routed).isGreaterThan(5_000);
    }

    @Test
    @Timeout(30)
    void aLargeBundleIsReadInTimeLinearToItsSize() {
        String padding = "'note':[{'text':'" + "x".repeat(1_500) + "'}],'performer':["
                + IntStream.range(0, 20).mapToObj(i -> "{'reference':'#c'}").collect(Collectors.joining(","))
                + "],'contained':[{'resourceType':'Practitioner','id':'c'}]";
        String resource = entry(observation(padding).replace("Patient/1", "urn:uuid:p"));
        String[] entries = IntStream.range(0, 2_000)
                .mapToObj(i -> i == 1_999 ? PATIENT : resource)
                .toArray(String[]::new);
        byte[] large = json(bundle(entries));
        ResourceReader reader = new ResourceReader(FhirSettings.DEFAULT, Depth.CLINICAL);

        for (int i = 0; i < 20; i++) {
            assertThat(reader.read(large)).hasSize(2_000);
        }
        assertThat(Reading.verdict(reader.read(large).get(0))).isEqualTo("OBSERVATION Patient/77");
    }

    /** An Extension's valueUrl and valueUri, and an Attachment's url; codes, systems and texts are no such elements. */
    @Test
    void urisThatAreAnEntrysUrnAreReplacedLikeReferences() {
        String scan =
                "{'fullUrl':'urn:uuid:s','resource':{'resourceType':'Binary','id':'b','contentType':'text/plain'}}";
        String more =
                "'extension':[{'url':'urn:uuid:s2','valueUrl':'urn:uuid:s'},{'url':'urn:x','valueUri':'urn:uuid:s'},"
                        + "{'url':'urn:y','valueUri':'urn:uuid:other'},{'url':'urn:z','valueString':'urn:uuid:s'},"
                        + "{'url':'urn:z','valueUrl':'\\u0075rn:uuid:s'},{'url':'urn:v','valueUrl':'urn:uuid:s#1'}],"
                        + "'contained':[{'resourceType':'DocumentReference','id':'c','content':[{'attachment':{'url':'urn:uuid:s'}}]}],"
                        + "'derivedFrom':[{'reference':'urn:uuid:s'}],'identifier':[{'system':'urn:uuid:s','value':'1'}]";
        String about = observation(more);

        List<ReadResource> read = reading.all(bundle(entry(about), scan));

        assertThat(Reading.verdict(read.get(0))).isEqualTo("OBSERVATION Patient/1");
        assertThat(written(read.get(0)))
                .isEqualTo(about.replace("valueUrl':'urn:uuid:s'", "valueUrl':'Binary/b'")
                        .replace("valueUri':'urn:uuid:s'", "valueUri':'Binary/b'")
                        .replace("\\u0075rn:uuid:s", "Binary/b")
                        .replace("'url':'urn:uuid:s'", "'url':'Binary/b'")
                        .replace("'reference':'urn:uuid:s'", "'reference':'Binary/b'"));
        String unread = observation(more.replace("'derivedFrom':[{'reference':'urn:uuid:s'}],", ""));
        assertThat(written(reading.all(bundle(entry(unread))).get(0))).contains("'valueUrl':'urn:uuid:s'");
    }
}
