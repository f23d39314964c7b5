package io.clinicalstreams.verifier.fault;

import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.pipeline.step.AlertingOutput.ForwardedRecord;
import io.clinicalstreams.pipeline.step.ClinicalFact;
import io.clinicalstreams.pipeline.step.Destination;
import io.clinicalstreams.pipeline.step.Outcome;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Merge;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** A fault of the pipeline, the step that it is planted in, and the checks that must go red: these and no others. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum PlantedFault {
    DROP("1 in 50 resources is dropped", Step.SPLIT, 50, Concerns.RECORDED, Instead.NOTHING, Check.LOST),
    SWALLOWED_REJECTION(
            "a rejected resource is swallowed",
            Step.SPLIT,
            3,
            Concerns.REJECTED,
            Instead.NOTHING,
            Check.LOST,
            Check.COUNTED),
    DOUBLE(
            "1 in 50 resources is written twice",
            Step.SPLIT,
            50,
            Concerns.RECORDED,
            record -> List.of(record, record),
            Check.DUPLICATED),
    WRONG_KEY_ON_RE_KEYING(
            "a resource is re-keyed under another patient's key",
            Step.SPLIT,
            1,
            Concerns.REKEYED,
            Instead.ANOTHER_PATIENTS_KEY,
            Check.CORRECT,
            Check.DUE),
    LOST_ORIGIN_OF_A_RESOURCE(
            "a recorded resource has no origin header",
            Step.SPLIT,
            50,
            Concerns.RECORDED,
            Instead.without(HeaderNames.ORIGIN),
            Check.LOST,
            Check.DUPLICATED),
    LOST_SEND_TIME_OF_A_RESOURCE(
            "a recorded resource has no sent-at header",
            Step.SPLIT,
            50,
            Concerns.RECORDED,
            Instead.without(HeaderNames.SENT_AT),
            Check.CORRECT),
    NAME_IN_A_REJECTED_HEADER(
            "a header of a rejected resource names the patient",
            Step.SPLIT,
            3,
            Concerns.REJECTED,
            Instead.with("error", "cannot read Synthetic Test-p-000001"),
            Check.CORRECT),
    UNCOUNTED_REJECTION("a rejection is not counted", Step.NONE, 1, Concerns.REJECTED, List::of, Check.COUNTED),
    DROPPED_FACT("1 in 50 facts is dropped", Step.READ, 50, Concerns.ALL, Instead.NOTHING, Check.DUE),
    IGNORED_WITHDRAWAL(
            "a withdrawn result goes on to count",
            Step.READ,
            1,
            Concerns.observed(observation -> observation.status().isWithdrawn()),
            Instead.NOTHING,
            Check.DUE),
    IGNORED_CORRECTION(
            "a corrected result is taken as it was",
            Step.READ,
            1,
            Concerns.observed(observation -> observation.status() == ObservationStatus.CORRECTED),
            Instead.NOTHING,
            Check.DUE),
    INVENTED_TIME(
            "a result without a time counts as one of now",
            Step.READ,
            1,
            Concerns.ALL,
            Instead.DATED_NOW,
            Check.DUE,
            Check.ALERTS),
    IGNORED_BIRTH_DATE(
            "a birth date with a time of day is ignored",
            Step.READ,
            1,
            record -> record.value() instanceof ClinicalFact.Introduced introduced
                    && introduced.patient().birthDateUnreadable(),
            Instead.NOTHING,
            Check.DUE),
    SKIPPED_STATE_WRITE(
            "1 in 50 writes of a patient's state is skipped",
            Step.EVALUATE,
            50,
            Concerns.NONE,
            List::of,
            Check.ONCE,
            Check.DUE),
    STALE_RULE(
            "the rules of the first complete set stay in use",
            Step.LOAD_RULES,
            1,
            Concerns.NONE,
            List::of,
            Check.ALERTS),
    SWALLOWED_ALERT(
            "1 in 10 transitions is not written",
            Step.EVALUATE,
            10,
            Concerns.ALERTS,
            Instead.NOTHING,
            Check.ONCE,
            Check.DUE),
    DOUBLED_ALERT(
            "1 in 10 transitions is written twice",
            Step.EVALUATE,
            10,
            Concerns.ALERTS,
            record -> List.of(record, record),
            Check.ONCE),
    ALERT_UNDER_ANOTHER_PATIENT(
            "every alert is under another patient's key",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.ANOTHER_PATIENTS_KEY,
            Check.ALERTS),
    ALERT_NAMES_ANOTHER_PATIENT(
            "every alert refers to another patient",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("Patient/p-\\d{6}", "Patient/p-999999"),
            Check.ALERTS),
    WRONG_VALUE(
            "an alert has another value",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("(\"valueQuantity\":\\{\"value\":)", "$11"),
            Check.ALERTS),
    WRONG_UNIT(
            "an alert has another unit",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("\"unit\":\"", "\"unit\":\"k"),
            Check.ALERTS),
    WRONG_LIMIT(
            "an alert has another limit",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("(/limit\",\"valueString\":\"[<>=]+)", "$11"),
            Check.ALERTS),
    WRONG_EVIDENCE(
            "an alert refers to another Observation",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("Observation/[0-9a-f]", "Observation/x"),
            Check.ALERTS),
    WRONG_TIME(
            "an alert has another time",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("\"start\":\"2026", "\"start\":\"2025"),
            Check.ALERTS),
    WRONG_END_REASON(
            "a retracted alert has another reason",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json(
                    "/end-reason\",\"valueString\":\"(corrected|withdrawn)", "/end-reason\",\"valueString\":\"age"),
            Check.ALERTS),
    WRONG_STATUS_OF_A_REVISION(
            "a revised alert is not marked as corrected",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("\"status\":\"corrected\"", "\"status\":\"amended\""),
            Check.ALERTS),
    REVISION_THAT_SHOWS_THE_OLD_VALUE(
            "a revised alert has the value of an earlier version",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.json("(\"revised\".*\"valueQuantity\":\\{\"value\":)", "$11"),
            Check.ALERTS),
    LOST_ORIGIN_OF_AN_ALERT(
            "every alert has no origin header",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.without(HeaderNames.ORIGIN),
            Check.ALERTS),
    LOST_HEADER_OF_AN_ALERT(
            "an alert has no severity header",
            Step.EVALUATE,
            1,
            Concerns.ALERTS,
            Instead.without(HeaderNames.SEVERITY),
            Check.ALERTS),
    NAME_IN_AN_ALERT(
            "an alert has the patient's name",
            Step.EVALUATE,
            10,
            Concerns.ALERTS,
            Instead.json("\"patient\":\\{", "\"patient\":{\"display\":\"Synthetic Test-p-000001\","),
            Check.ALERTS),
    NAME_IN_AN_ALERT_HEADER(
            "a header of an alert names the patient",
            Step.EVALUATE,
            10,
            Concerns.ALERTS,
            Instead.with("patient", "Synthetic Test-p-000001"),
            Check.ALERTS),
    LOST_STATE(
            "a duplicate's state does not arrive",
            Step.EVALUATE,
            1,
            Concerns.forwarded(Merge.STATE),
            Instead.NOTHING,
            Check.MERGES),
    DOUBLED_STATE(
            "a duplicate's state is forwarded twice",
            Step.EVALUATE,
            1,
            Concerns.forwarded(Merge.STATE),
            record -> List.of(record, record),
            Check.MERGES),
    STATE_FOR_ANOTHER_PATIENT(
            "a duplicate's state goes to another patient",
            Step.EVALUATE,
            1,
            Concerns.forwarded(Merge.STATE),
            Instead.ANOTHER_PATIENTS_KEY,
            Check.ALERTS,
            Check.DUE,
            Check.MERGES),
    LOST_OBSERVATION_OF_A_DUPLICATE(
            "1 in 10 Observations of duplicates is not forwarded",
            Step.EVALUATE,
            10,
            Concerns.forwarded(Merge.OBSERVATION),
            Instead.NOTHING,
            Check.MERGES),
    IGNORED_LINK(
            "the link to the Patient that replaces a duplicate is ignored",
            Step.READ,
            1,
            Concerns.INTRODUCED,
            Instead.WITHOUT_LINK,
            Check.MERGES),
    UNTOLD_MOVE(
            "that an alert moved is not written",
            Step.EVALUATE,
            1,
            record -> Concerns.ALERTS.test(record)
                    && "moved".equals(new ClinicalHeaders(record.headers()).text(HeaderNames.TRANSITION)),
            Instead.NOTHING,
            Check.ONCE,
            Check.MERGES),
    AT_LEAST_ONCE(
            "the lane runs at least once, and fails once",
            Step.BROKER,
            1,
            Concerns.NONE,
            List::of,
            Check.DUPLICATED,
            Check.ORDER),
    FORGOTTEN_COMMIT(
            "transactions commit no offsets, and the lane fails once",
            Step.BROKER,
            1,
            Concerns.NONE,
            List::of,
            Check.DUPLICATED,
            Check.ORDER);

    private final String description;
    private final String step;
    private final int every;
    private final Predicate<Record<?, ?>> concerns;
    private final Function<Record<?, ?>, List<Record<?, ?>>> instead;
    private final Set<String> red;

    PlantedFault(
            String description,
            String step,
            int every,
            Predicate<Record<?, ?>> concerns,
            Function<Record<?, ?>, List<Record<?, ?>>> instead,
            String... red) {
        this.description = description;
        this.step = step;
        this.every = every;
        this.concerns = concerns;
        this.instead = instead;
        this.red = new TreeSet<>(Set.of(red));
    }

    /** The step's name in the topology. */
    String step() {
        return step;
    }

    /** The checks that must go red. */
    Set<String> red() {
        return red;
    }

    /** Whether it takes patients who are merged to show. */
    boolean needsMerges() {
        return red.contains(Check.MERGES);
    }

    /** As a row of the table in the README. */
    String row() {
        return "| " + description + " | " + step + " | " + String.join(", ", red) + " |";
    }

    /** @param nth counts the records that it concerns, from 0 */
    List<Record<?, ?>> forwarded(Record<?, ?> record, int nth) {
        return nth % every == every - 1 ? instead.apply(record) : List.of(record);
    }

    boolean concerns(Record<?, ?> forwarded) {
        return concerns.test(forwarded);
    }

    /** @param nth counts the writes, from 0 */
    boolean skipsWrite(int nth) {
        return this == SKIPPED_STATE_WRITE && nth % every == every - 1;
    }

    /** Names of steps. */
    static final class Step {
        static final String BROKER = "on a broker";
        static final String NONE = "counters";
        static final String SPLIT = "split-and-validate";
        static final String READ = "read-clinical-facts";
        static final String EVALUATE = "evaluate-rules";
        static final String LOAD_RULES = "load-rules"; // Kafka Streams wraps no global step: its records are held back
    }

    /** Names of the verdict's checks, and one of this test: the lanes' counters agree with the topics. */
    static final class Check {
        static final String LOST = "nothing lost";
        static final String DUPLICATED = "nothing duplicated";
        static final String CORRECT = "outcomes correct";
        static final String ORDER = "patient order";
        static final String ONCE = "each alert once";
        static final String ALERTS = "alerts correct";
        static final String DUE = "alerts as expected";
        static final String MERGES = "merges";
        static final String COUNTED = "counters";
    }

    private static final class Concerns {
        static final Predicate<Record<?, ?>> ALL = record -> true;
        static final Predicate<Record<?, ?>> NONE = record -> false;
        static final Predicate<Record<?, ?>> REKEYED = record -> isTo(record, Destination.REKEYED);
        static final Predicate<Record<?, ?>> REJECTED = record -> isTo(record, Destination.REJECTED);
        static final Predicate<Record<?, ?>> RECORDED = record -> !REKEYED.test(record) && !REJECTED.test(record);

        static final Predicate<Record<?, ?>> ALERTS =
                record -> record.value() instanceof AlertRecord alert && alert.isTransition();

        static Predicate<Record<?, ?>> observed(Predicate<Observation> which) {
            return record ->
                    record.value() instanceof ClinicalFact.Observed observed && which.test(observed.observation());
        }

        static final Predicate<Record<?, ?>> INTRODUCED = record -> record.value() instanceof ClinicalFact.Introduced;

        static Predicate<Record<?, ?>> forwarded(Merge what) {
            return record ->
                    record.value() instanceof ForwardedRecord && new ClinicalHeaders(record.headers()).merge() == what;
        }

        private static boolean isTo(Record<?, ?> record, Destination destination) {
            return record.value() instanceof Outcome outcome
                    && outcome.destination().equals(destination);
        }
    }

    private static final class Instead {
        static final Function<Record<?, ?>, List<Record<?, ?>>> NOTHING = record -> List.of();
        static final Function<Record<?, ?>, List<Record<?, ?>>> ANOTHER_PATIENTS_KEY =
                record -> List.of(record.withKey("Patient/p-999999".getBytes(StandardCharsets.UTF_8)));

        static final Function<Record<?, ?>, List<Record<?, ?>>> DATED_NOW = record -> List.of(
                record.value() instanceof ClinicalFact.Observed it
                        ? record.withValue(new ClinicalFact.Observed(
                                it.observation().datedBy(WrittenTime.at(it.receivedAt())),
                                it.receivedAt(),
                                it.origin(),
                                it.headers(),
                                it.forwarding()))
                        : record);

        static final Function<Record<?, ?>, List<Record<?, ?>>> WITHOUT_LINK = record -> List.of(
                record.value() instanceof ClinicalFact.Introduced it
                        ? record.withValue(new ClinicalFact.Introduced(
                                new Patient(
                                        it.patient().birthDate(),
                                        it.patient().birthDateUnreadable(),
                                        it.patient().gender(),
                                        PatientLink.NONE),
                                it.receivedAt(),
                                it.origin(),
                                it.headers(),
                                it.forwarding()))
                        : record);

        static Function<Record<?, ?>, List<Record<?, ?>>> without(String header) {
            return record -> {
                Headers headers = new RecordHeaders(record.headers()).remove(header);
                return List.of(record.withHeaders(headers));
            };
        }

        static Function<Record<?, ?>, List<Record<?, ?>>> with(String header, String value) {
            return record -> {
                Headers headers =
                        new RecordHeaders(record.headers()).add(header, value.getBytes(StandardCharsets.UTF_8));
                return List.of(record.withHeaders(headers));
            };
        }

        /** The alert with one text replaced. */
        static Function<Record<?, ?>, List<Record<?, ?>>> json(String pattern, String replacement) {
            return record -> {
                AlertRecord alert = (AlertRecord) record.value();
                String changed =
                        new String(alert.detectedIssue(), StandardCharsets.UTF_8).replaceAll(pattern, replacement);
                return List.of(
                        record.withValue(new AlertRecord(alert.alertId(), changed.getBytes(StandardCharsets.UTF_8))));
            };
        }
    }
}
