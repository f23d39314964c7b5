package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Unevaluated;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.wire.PatientKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps patient states and the topic of current alerts from growing forever, and finds who is silent: raises silences,
 * ends alerts that no reading can be expected to end, forgets alerts that ended long ago and sends a tombstone for each,
 * and deletes the states of patients with no input for a year.
 *
 * <p>The log decides. Age is measured by the task's stream time, which is the latest timestamp of its records and which
 * Kafka Streams stores with the committed offsets. What is due for a patient is done before the patient's next input is
 * evaluated, and an alert begins or ends at the time when it was due, so a patient's alerts depend only on the preceding
 * input, not on when idle patients are looked at. That moment, and with it the place among other patients' alerts, follows
 * batches and commits. The exception are changed rules: they are no input, and what they end, ends when the task notices.
 *
 * <p>Idle patients are found without scanning all states, which would delay alerts: by a queue of patients with alerts, or
 * watched for silence, in the order in which something is due, filled when the task starts; and, for the rest and after a
 * change of the rules, by a pass over all states once a day, a share at a time.
 */
final class ExpireStates {

    /** In stream time. Without input nothing ages, so nothing is due. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** For each interval that has passed. Each costs at most a changelog record for each part of the state and a record for each alert, and delays input. */
    static final int PATIENTS_A_TIME = 100;

    /** Between two ticks, when a whole ward may fall silent. */
    private static final long MOST_INTERVALS = 10;

    /** A look at a patient who has put off what was due costs a tenth. */
    private static final long LOOKS_FOR_A_PATIENT = 10;

    private static final Duration BETWEEN_PASSES = Duration.ofDays(1);

    /** @param at milliseconds since the epoch */
    private record Due(long at, Bytes patient) implements Comparable<Due> {

        private static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::at).thenComparing(Due::patient);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Endings of one patient that their topic does not take. With the same rules and episodes they would not fit either.
     *
     * @param ended ids of the alerts
     */
    private record Unwritable(RuleBook book, List<Episode> episodes, List<String> ended) {}

    private final EvaluateRulesSupplier given;
    private final PatientStates states;
    private final ProcessorContext<byte[], AlertingOutput> context;
    private final TreeSet<Due> dues = new TreeSet<>();
    private final Map<Bytes, Due> dueOf = new HashMap<>();
    private final Map<Bytes, Unwritable> unwritable = new HashMap<>();
    private final Queue<byte[]> pass = new ArrayDeque<>();
    private long nextPass;
    private long lastLook = Long.MAX_VALUE;
    private @Nullable RuleBook passedWith;
    private boolean passFindsHistory;
    private @Nullable Cancellable schedule;

    ExpireStates(EvaluateRulesSupplier given, PatientStates states, ProcessorContext<byte[], AlertingOutput> context) {
        this.given = given;
        this.states = states;
        this.context = context;
    }

    /** Call after the store is restored, which Kafka Streams does before it initializes a task's processors. */
    void start() {
        states.forEach((patient, state) -> note(patient, state, Long.MIN_VALUE));
        schedule = context.schedule(INTERVAL, PunctuationType.STREAM_TIME, this::expire);
    }

    /** Kafka Streams keeps schedules when it closes a task's processors, and may start the same task again. */
    void stop() {
        if (schedule != null) {
            schedule.cancel();
        }
    }

    /** Call for each state that is written. */
    void note(byte[] patient, PatientState state) {
        note(patient, state, Long.MIN_VALUE);
    }

    /** @param tried until when all was done that could be; milliseconds since the epoch */
    private void note(byte[] patient, PatientState state, long tried) {
        Bytes key = Bytes.wrap(patient);
        Due before = dueOf.get(key);
        long at = Long.MAX_VALUE;
        for (Episode episode : state.episodes()) {
            at = Math.min(at, due(episode));
        }
        Instant silence = given.evaluator().nextSilence(state, given.rules().book());
        if (silence != null && silence.toEpochMilli() > tried) {
            at = Math.min(
                    at, silence.toEpochMilli()); // One that was due and not raised was told before and is forgotten.
        }
        if (before != null && before.at() > tried && before.at() <= at) {
            return; // Each reading of a watched patient puts it off: that is found when its turn comes.
        }
        if (before != null) {
            dues.remove(before);
            dueOf.remove(key);
        }
        if (at < Long.MAX_VALUE) {
            Due due = new Due(at <= tried ? tried + BETWEEN_PASSES.toMillis() : at, key);
            dueOf.put(key, due);
            dues.add(due);
        }
    }

    private long due(Episode episode) {
        if (episode.endedAt() != null) {
            return episode.endedAt().plus(given.memory().length()).toEpochMilli() + 1;
        }
        RuleBook book = given.rules().book();
        Rule rule = book.rule(episode.ruleId());
        if (rule == null) {
            return book.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return rule.endOf(episode).toEpochMilli();
    }

    /** The patient's state at the time of an input, after everything that is due. */
    PatientState stateOf(byte[] patient) {
        PatientState state = expired(patient, states.get(patient), false);
        PatientState heard = state.heard(today());
        if (isStored(state) && !heard.equals(state)) {
            write(patient, heard);
        }
        return heard;
    }

    private void expire(long streamTime) {
        given.counters().withoutInput(context.taskId().partition());
        RuleBook book = given.rules().book();
        boolean changed = passedWith != null && !book.equals(passedWith);
        if (changed) {
            given.counters().orderUndetermined("rules-changed");
        }
        if (!book.equals(passedWith) || streamTime >= nextPass) {
            passedWith = book;
            passFindsHistory = changed;
            nextPass = streamTime + BETWEEN_PASSES.toMillis();
            pass.clear();
            pass.addAll(states.patients());
        }
        long intervals = Math.max(1, Math.min(MOST_INTERVALS, (streamTime - lastLook) / INTERVAL.toMillis()));
        lastLook = streamTime;
        long most = intervals * PATIENTS_A_TIME;
        for (long looks = 0, patients = 0; patients < most && looks < LOOKS_FOR_A_PATIENT * most; looks++) {
            boolean isDue = !dues.isEmpty() && dues.first().at() <= streamTime;
            byte[] patient = isDue ? dues.first().patient().get() : pass.poll();
            if (patient == null) {
                return;
            }
            PatientState before = states.get(patient);
            PatientState after = expired(patient, before, !isDue && passFindsHistory);
            note(patient, after, streamTime);
            patients += isDue && after.equals(before) ? 0 : 1;
        }
    }

    /**
     * The state of a patient after everything that is due.
     *
     * @param findsHistory whether a changed rule may be about what was over before it came: that is no alert
     */
    private PatientState expired(byte[] patient, PatientState before, boolean findsHistory) {
        RuleBook book = given.rules().book();
        if (book.isEmpty() || !isStored(before)) {
            return before;
        }
        PatientKey key = new PatientKey(new String(patient, StandardCharsets.UTF_8));
        Evaluation review = given.evaluator().review(before, key, now(), book);
        PatientState.Forgotten forgotten =
                review.state().forgetEnded(now().minus(given.memory().length()));
        PatientState after = forgotten.state();
        after = after.isOver(today()) ? PatientState.EMPTY : after.heardOn() == null ? after.heard(today()) : after;
        if (after.equals(before)) {
            return before;
        }
        Unwritable ending = new Unwritable(
                book,
                before.episodes(),
                review.alerts().stream().map(Alert::alertId).toList());
        if (ending.equals(unwritable.get(Bytes.wrap(patient)))) {
            return before;
        }
        List<Alert> told = findsHistory ? notOver(review.alerts()) : review.alerts();
        List<Record<byte[], AlertRecord>> alerts = records(patient, told, forgotten);
        if (!given.limits().fit(patient, alerts)) {
            unwritable.put(Bytes.wrap(patient), ending);
            given.counters().notEvaluated(Unevaluated.because(NotEvaluated.TOO_LARGE));
            return before;
        }
        unwritable.remove(Bytes.wrap(patient));
        write(patient, after);
        alerts.forEach(context::forward);
        told.forEach(given.counters()::alert);
        return after;
    }

    /** Without those that begin and end in one review. */
    private static List<Alert> notOver(List<Alert> alerts) {
        Set<String> begun = new HashSet<>();
        Set<String> over = new HashSet<>();
        for (Alert alert : alerts) {
            if (alert.episode().isOpen()) {
                begun.add(alert.alertId());
            } else if (begun.contains(alert.alertId())) {
                over.add(alert.alertId());
            }
        }
        return alerts.stream().filter(alert -> !over.contains(alert.alertId())).toList();
    }

    /** Each with the time when it was due, whenever that is done. */
    private List<Record<byte[], AlertRecord>> records(
            byte[] patient, List<Alert> due, PatientState.Forgotten forgotten) {
        List<Record<byte[], AlertRecord>> records = new ArrayList<>();
        AlertRecords written = new AlertRecords(given.writer());
        for (Alert alert : due) {
            records.add(written.of(patient, alert, alert.at().toEpochMilli(), new RecordHeaders()));
        }
        for (Episode gone : forgotten.episodes()) {
            records.add(new Record<>(patient, new AlertRecord(gone.alertId(), null), due(gone), new RecordHeaders()));
        }
        return records;
    }

    private void write(byte[] patient, PatientState state) {
        states.put(patient, state);
        note(patient, state);
    }

    private static boolean isStored(PatientState state) {
        return !state.equals(PatientState.EMPTY);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentStreamTimeMs());
    }

    private LocalDate today() {
        return Reading.dayOf(now());
    }
}
