package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The level {@code full}: what it accepts, HAPI's parser with its default error handler never throws on, and it rejects
 * nothing that R4 allows.
 */
class FullValidationTest {

    private static final int MUTANTS = 10_000;

    /** With what the official examples lack: contained resources, extensions of many types, narratives, siblings. */
    private static final List<String> MORE = List.of(
            observation(
                    "'id':'o1','meta':{'versionId':'3','lastUpdated':'2026-02-28T10:00:00.5Z','profile':['http://x.example/p'],"
                            + "'tag':[{'system':'http://x.example','code':'t','userSelected':true}]},'language':'en',"
                            + "'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p class=\\\"a\\\">"
                            + "1 &lt; 2&nbsp;&#8364;<br/></p></div>'},"
                            + "'contained':[{'resourceType':'Patient','id':'p','birthDate':'1970-01','deceasedBoolean':false,"
                            + "'multipleBirthInteger':2,'contact':[{'name':{'family':'X','given':['A','B']},'gender':'female'}],"
                            + "'photo':[{'contentType':'image/png','data':'aGVsbG8=','size':5,'creation':'2020'}]},"
                            + "{'id':'q','resourceType':'Questionnaire','status':'active','item':[{'linkId':'1','type':'group',"
                            + "'item':[{'linkId':'1.1','type':'decimal','initial':[{'valueDecimal':1.50}]}]}]}],"
                            + "'extension':[{'url':'http://x.example/1','valueDateTime':'2026'},{'url':'http://x.example/2',"
                            + "'extension':[{'url':'a','valueRange':{'low':{'value':1},'high':{'value':2}}},"
                            + "{'url':'b','valueTime':'10:00:00'},{'url':'c','valueOid':'urn:oid:1.2.3'},"
                            + "{'url':'d','valueUuid':'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'},"
                            + "{'url':'e','valuePositiveInt':1},{'url':'f','valueCanonical':'http://x.example|1'},"
                            + "{'url':'g','valueContactPoint':{'system':'phone','value':'1','rank':1}}]}],"
                            + "'note':[{'time':'2026-02-28T10:00:00Z','authorString':'x','text':'y'}],"
                            + "'hasMember':[{'reference':'Observation/2'}],'valueQuantity':{'value':1.20,'comparator':'<'}"),
            observation("'_status':{'id':'s','extension':[{'url':'http://x.example/1','valueCode':'c'}]},"
                    + "'effectiveTiming':{'event':[null,'2026-02-28'],'_event':[{'extension':[{'url':'http://x.example/1',"
                    + "'valueCode':'unknown'}]},null],'repeat':{'boundsPeriod':{'start':'2026'},'count':2,'period':1.5,"
                    + "'periodUnit':'d','dayOfWeek':['mon','fri'],'timeOfDay':['10:00:00'],'when':['AC']}},"
                    + "'component':[{'id':'c','code':{'text':'x'},'valueSampledData':{'origin':{'value':0},'period':10,"
                    + "'dimensions':1,'data':'1 2 E'}},{'code':{'text':'y'},'valuePeriod':{'start':'2026-02-28T10:00:00Z'},"
                    + "'interpretation':[{'coding':[{'code':'H'}]}]}],"
                    + "'referenceRange':[{'low':{'value':1},'age':{'low':{'value':18}},'appliesTo':[{'text':'z'}]}]"),
            "{'resourceType':'Encounter','status':'in-progress','class':{'code':'IMP'},'subject':{'reference':'Patient/1'},"
                    + "'length':{'value':5,'unit':'h','system':'http://unitsofmeasure.org','code':'h'},"
                    + "'participant':[{'period':{'start':'2026'},'individual':{'display':'Dr. X'}}],"
                    + "'diagnosis':[{'condition':{'reference':'Condition/1'},'rank':1}],"
                    + "'classHistory':[{'class':{'code':'AMB'},'period':{'end':'2026-02'}}],"
                    + "'hospitalization':{'dietPreference':[{'text':'x'}]},'statusHistory':[{'status':'arrived','period':{'start':'2026'}}],"
                    + "'location':[{'location':{'reference':'Location/1'},'status':'active'}]}",
            "{'resourceType':'MedicationRequest','status':'active','intent':'order','priority':'stat',"
                    + "'medicationCodeableConcept':{'text':'x'},'subject':{'reference':'Patient/1'},"
                    + "'instantiatesUri':['urn:x'],'_instantiatesUri':[{'id':'i'}],'reportedBoolean':true,"
                    + "'dosageInstruction':[{'sequence':1,'asNeededBoolean':false,'doseAndRate':[{'doseQuantity':{'value':1},"
                    + "'rateRatio':{'numerator':{'value':1},'denominator':{'value':2}}}]}],"
                    + "'dispenseRequest':{'validityPeriod':{'start':'2026'},'numberOfRepeatsAllowed':3,'quantity':{'value':1}},"
                    + "'substitution':{'allowedBoolean':true}}");

    private final Reading full = new Reading(new FhirSettings(null, null, Validation.FULL));
    private final Reading routed = new Reading();
    private final DefaultParser hapi = new DefaultParser();

    private List<String> originals() {
        return Stream.concat(
                        Examples.embedded().stream(),
                        MORE.stream().map(json -> new String(Reading.json(json), StandardCharsets.UTF_8)))
                .filter(hapi::isRecordedAtRouted)
                .toList();
    }

    @Test
    void acceptsTheOfficialExamplesAndTheirLike() {
        assertThat(originals()).hasSizeGreaterThan(MORE.size()).allMatch(hapi::judge);
    }

    @Test
    void neverAcceptsAMutantThatHapisDefaultParserThrowsOn() {
        Random random = new Random(2026);
        List<ObjectNode> originals = originals().stream().map(ReaderFuzz::parse).toList();
        int accepted = 0;
        int poison = 0;
        Map<Mutation.Kind, Integer> kinds = new EnumMap<>(Mutation.Kind.class);
        for (int i = 0; i < MUTANTS; i++) {
            Mutation mutation = Mutation.of(originals.get(random.nextInt(originals.size())), random::nextInt);
            kinds.merge(mutation.kind(), 1, Integer::sum);
            if (hapi.judge(mutation.json())) {
                accepted++;
            } else if (hapi.isRecordedAtRouted(mutation.json()) && hapi.thrown(mutation.json()) != null) {
                poison++;
            }
        }
        assertThat(kinds).hasSize(Mutation.Kind.values().length);
        assertThat(accepted).as("accepted").isBetween(MUTANTS / 10, MUTANTS * 9 / 10);
        assertThat(poison)
                .as("recorded at the level routed although HAPI throws")
                .isGreaterThan(MUTANTS / 100);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            'contained':[{'resourceType':'Foo','id':'p'}] ~ UNKNOWN_RESOURCE_TYPE
            'contained':[{'id':'p'}] ~ MISSING_RESOURCE_TYPE
            'contained':[{'resourceType':'Patient','birthDate':'01.02.1970'}] ~ INVALID_VALUE
            'contained':[{'resourceType':'Device','udiCarrier':{'issuer':'x'}}] ~ WRONG_ELEMENT_TYPE
            'extension':[{'url':'http://x.example','valueDate':'01.02.2026'}] ~ INVALID_VALUE
            'extension':[{'url':'http://x.example','valueCode':'a','extension':[{'url':'b','valueCode':'c'}]}] ~ INVALID_VALUE
            'extension':[{'url':'http://x.example','valueString':'a','valueCode':'b'}] ~ MULTIPLE_CHOICE
            'extension':[{'valueString':'a'}] ~ MISSING_ELEMENT
            'identifier':[{'use':'foo','value':'1'}] ~ INVALID_VALUE
            'note':[{'text':'x','time':'yesterday'}] ~ INVALID_VALUE
            'note':[{'time':'2026'}] ~ MISSING_ELEMENT
            'note':{'text':'x'} ~ WRONG_ELEMENT_TYPE
            'note':[] ~ INVALID_VALUE
            'note':[{}] ~ INVALID_VALUE
            'note':[[{'text':'x'}]] ~ WRONG_ELEMENT_TYPE
            'note':[null] ~ WRONG_ELEMENT_TYPE
            'notes':[{'text':'x'}] ~ UNKNOWN_ELEMENT
            'hasMember':[{'reference':5}] ~ WRONG_ELEMENT_TYPE
            'performer':[{'display':['x']}] ~ WRONG_ELEMENT_TYPE
            'bodySite':{'coding':[{'userSelected':'yes'}]} ~ WRONG_ELEMENT_TYPE
            'bodySite':{'coding':[{'system':'a b'}]} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>x</div>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<p xmlns=\\"http://www.w3.org/1999/xhtml\\">x</p>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'x'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\">&foo;</div>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"></div >'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\" title=\\"&foo;\\"/>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"/>&nbsp;'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><&nbsp;/></div>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><![CDATA[<!-- ]]>x<!-- --></div>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><!-- a -- b --></div>'} ~ INVALID_VALUE
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><!-- c --><script></script></div>'} ~ INVALID_VALUE
            'text':{'div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"/>'} ~ MISSING_ELEMENT
            'valueDateTime':'yesterday' ~ INVALID_VALUE
            'valueTime':'10:00' ~ INVALID_VALUE
            'valueSampledData':{'origin':{'value':0},'period':1,'dimensions':0} ~ INVALID_VALUE
            'valueSampledData':{'origin':{'value':0},'period':1} ~ MISSING_ELEMENT
            'valueRange':{'low':{'value':'1'}} ~ WRONG_ELEMENT_TYPE
            '_status':{'foo':1} ~ UNKNOWN_ELEMENT
            'implicitRules':'' ~ INVALID_VALUE
            'effectiveTiming':{'repeat':{'dayOfWeek':['monday']}} ~ INVALID_VALUE
            'effectiveTiming':{'repeat':{'count':0}} ~ INVALID_VALUE
            'effectiveTiming':{'repeat':{'dayOfWeek':['mon',null]}} ~ INVALID_VALUE
            'effectiveTiming':{'repeat':{'_dayOfWeek':[null,{'id':'e'}]}} ~ INVALID_VALUE
            'effectiveTiming':{'repeat':{'dayOfWeek':['mon',null],'_dayOfWeek':[{'id':'e'},null]}} ~ INVALID_VALUE
            """)
    void rejectsWhatIsNotR4InElementsThatAreNotRead(String element, String reason) {
        assertThat(routed.verdict(observation(element))).isEqualTo("OBSERVATION Patient/1");
        assertThat(full.verdict(observation(element))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            'length':{'value':5 ~ 'length':{'value':'5' ~ WRONG_ELEMENT_TYPE
            'participant':[{'period':{'start':'2026'} ~ 'participant':[{'period':{'start':'01.02.2026'} ~ INVALID_VALUE
            'rank':1} ~ 'rank':0} ~ INVALID_VALUE
            'dietPreference':[{'text':'x'}] ~ 'dietPreference':{'text':'x'} ~ WRONG_ELEMENT_TYPE
            'priority':'stat' ~ 'priority':'now' ~ INVALID_VALUE
            'validityPeriod':{'start':'2026'} ~ 'validityPeriod':{'start':'2026-13'} ~ INVALID_VALUE
            'validityPeriod':{'start':'2026'} ~ 'validityPeriod':'2026' ~ WRONG_ELEMENT_TYPE
            'numberOfRepeatsAllowed':3 ~ 'numberOfRepeatsAllowed':3.5 ~ INVALID_VALUE
            'allowedBoolean':true ~ 'allowedBoolean':true,'allowedCodeableConcept':{'text':'x'} ~ MULTIPLE_CHOICE
            """)
    void rejectsWhatIsNotR4InEncountersAndOrders(String valid, String broken, String reason) {
        String original =
                MORE.stream().filter(json -> json.contains(valid)).findFirst().orElseThrow();

        assertThat(full.verdict(original)).isEqualTo(routed.verdict(original)).contains("Patient/1");
        assertThat(full.verdict(original.replace(valid, broken))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            'effectiveTiming':{'event':[null,'2026-02-28'],'_event':[{'id':'e'},null]}
            '_issued':{'extension':[{'url':'http://x.example','valueCode':'unknown'}]}
            'referenceRange':[{'_text':{'extension':[{'url':'http://x.example','valueCode':'unknown'}]}}]
            'note':[{'_text':{'extension':[{'url':'http://x.example','valueCode':'unknown'}]}}]
            'contained':[{'resourceType':'Bundle','type':'collection','entry':[{'resource':{'code':{'text':'y'},'resourceType':'Basic'}}]}]
            'text':{'status':'additional','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><!-- c --><a href=\\"#x\\">&eacute;&#xe9;</a></div>'}
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><!--[if gte mso 9]><?x?></p ><script>&x;<![endif]-->y</div>'}
            'text':{'status':'generated','div':'<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p title=\\"&nbsp;&eacute;&lt;\\">y</p></div>'}
            'effectiveTiming':{'event':['2026',null],'_event':[null,{'id':'e'}]}
            'effectiveTiming':{'repeat':{'dayOfWeek':['mon','fri',null],'_dayOfWeek':[null,{'id':'e'},{'id':'f'}]}}
            'valueString':' '
            'valueInteger':-2147483648
            'valueQuantity':{'value':1E+245}
            """)
    void acceptsWhatR4Allows(String element) {
        String json = observation(element);

        assertThat(full.verdict(json)).isEqualTo("OBSERVATION Patient/1");
        assertThat(hapi.thrown(new String(Reading.json(json), StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void acceptsANarrativeOfMoreThanAMillionCharacters() {
        String div = "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">" + "x".repeat(1_100_000) + "</div>";
        String json = observation("'text':{'status':'generated','div':'" + div + "'}");

        assertThat(full.verdict(json)).isEqualTo("OBSERVATION Patient/1");
        assertThat(routed.verdict(json)).isEqualTo("OBSERVATION Patient/1");
        assertThat(hapi.thrown(new String(Reading.json(json), StandardCharsets.UTF_8)))
                .isNull();
    }

    /** In each level, an array with a null contains the next. Without the nulls, the bytes are read once. */
    @Test
    void nullsInEachLevelCostNoMoreThanTheirBytes() {
        String many = ("{'url':'urn:x','valueString':'" + "x".repeat(1_000) + "'},").repeat(4_000);
        StringBuilder nested = new StringBuilder("'extension':[" + many + "{'url':'urn:x','valueCode':'c'}]");
        for (int level = 0; level < 36; level++) {
            nested.insert(0, "'extension':[{'url':'urn:x','valueTiming':{'event':['2026',null],'_event':[null,{")
                    .append("}]}}]");
        }
        String nulls = observation(nested.toString());
        String none = nulls.replace("['2026',null]", "['2026','2026']").replace("[null,{", "[{");

        assertThat(millis(nulls)).isLessThan(5 * millis(none) + 50);
    }

    /** A million comments, tags or characters that begin and never end: to look for each end anew would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"<!--", "<!-- --", "<", "</", "<?", "&", "&a"})
    @Timeout(20)
    void aNarrativeOfNothingButStartsIsRefusedAtOnce(String start) {
        String div = "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">" + start.repeat(1_000_000);
        String json = observation("'text':{'status':'generated','div':'" + div + "</div>'}");

        assertThat(full.verdict(json)).isEqualTo("INVALID_VALUE");
    }

    private double millis(String accepted) {
        byte[] json = Reading.json(accepted);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            assertThat(Reading.verdict(full.one(json))).isEqualTo("OBSERVATION Patient/1");
            least = Math.min(least, (System.nanoTime() - start) / 1e6);
        }
        return least;
    }

    @Test
    void checksEachEntryOfABundle() {
        String bundle = "{'resourceType':'Bundle','type':'collection','entry':[{'resource':" + observation("'notes':1")
                + "},{'resource':" + observation("'note':[{'text':'x'}]") + "}]}";

        assertThat(full.verdicts(bundle)).containsExactly("UNKNOWN_ELEMENT", "OBSERVATION Patient/1");
    }

    /** The name states what the tests need: the build's summary counts the skipped ones. */
    @Nested
    class RealData {

        @Test
        void isAcceptedAsFarAsItIsR4() {
            for (String file : List.of(
                    "hl7-r4-examples/Observation.ndjson",
                    "hl7-r4-examples/MedicationRequest.ndjson",
                    "hl7-r4-examples/Encounter.ndjson",
                    "hl7-r4-examples/MedicationKnowledge.ndjson",
                    "synthea-2019/Observation.ndjson.gz",
                    "synthea-2019/MedicationRequest.ndjson.gz",
                    "synthea-2019/Encounter.ndjson.gz",
                    "synthea-3.3/Observation.ndjson.gz",
                    "synthea-3.3/MedicationRequest.ndjson.gz",
                    "synthea-3.3/Encounter.ndjson.gz")) {
                List<String> rejected = new ArrayList<>();
                for (String line : Examples.lines(file)) {
                    String verdict = Reading.verdict(full.one(line.getBytes(StandardCharsets.UTF_8)));
                    if (hapi.isRecordedAtRouted(line) && !hapi.isRecordedAtFull(line)) {
                        rejected.add(verdict + ' ' + line);
                    }
                }
                assertThat(rejected).as(file).isEmpty();
            }
        }
    }
}
