package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Withdrawal;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Interval;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import io.clinicalstreams.topics.wire.PatientKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The readings of a patient's state as bytes, and what else came with format {@link PatientStateCodec#WITH_READINGS}. */
final class HistoryCodec {

    private static final int GENERATED = 1;
    private static final int OTHER_VALUE = 1 << 1;
    private static final int INTERPRETED = 1 << 2;
    private static final int AMOUNT = 1 << 3;
    private static final int CODED_UNIT = 1 << 4;
    private static final int COMPARED = 1 << 5;
    private static final int KIND_SHIFT = 6;

    /** In the place of a kind of identity: its code is in the next byte. */
    private static final int OTHER_KIND = 2;

    /** In the place of a kind of identity: a resource id that is a UUID. */
    private static final int UUID_ID = 3;

    private static final int VERSION_ID = 1;
    private static final int LAST_UPDATED = 1 << 1;
    private static final int ISSUED = 1 << 2;
    private static final int STATUS_SHIFT = 3;

    private static final int REPLACED = 1 << 2;
    private static final int KNOWN = 1 << 3;

    private HistoryCodec() {}

    static void encode(PatientState state, StateOutput out) {
        out.integer(state.judgedWith());
        out.natural(state.histories().size());
        Instant near = Instant.EPOCH;
        for (AnalyteHistory history : state.histories()) {
            near = encode(history, near, out);
        }
        out.natural(state.withdrawals().size());
        for (Withdrawal withdrawal : state.withdrawals()) {
            out.spread(withdrawal.digest());
            out.integer(withdrawal.day().toEpochDay());
            encode(withdrawal.version(), Instant.EPOCH, out);
        }
    }

    static PatientState decode(PatientState before, StateInput in) {
        int judgedWith = Math.toIntExact(in.integer());
        int count = in.count();
        List<AnalyteHistory> histories = new ArrayList<>(count);
        Instant near = Instant.EPOCH;
        for (int i = 0; i < count; i++) {
            AnalyteHistory history = history(near, in);
            histories.add(history);
            near = history.latest().at();
        }
        int withdrawn = in.count();
        List<Withdrawal> withdrawals = new ArrayList<>(withdrawn);
        for (int i = 0; i < withdrawn; i++) {
            withdrawals.add(
                    new Withdrawal(in.spread(), LocalDate.ofEpochDay(in.integer()), version(Instant.EPOCH, in)));
        }
        return new PatientState(
                before.heardOn(),
                before.birthDate(),
                before.gender(),
                before.episodes(),
                before.forgottenAlerts(),
                histories,
                withdrawals,
                judgedWith);
    }

    /** @return a time near the next history's */
    static Instant encode(AnalyteHistory history, Instant near, StateOutput out) {
        encode(history.codings(), out);
        out.natural(history.readings().size());
        Instant last = near;
        for (KeptReading reading : history.readings()) {
            encode(reading, last, out);
            last = reading.at();
        }
        return last;
    }

    /** Whether it has one reading and one code, of LOINC, as most have. */
    static boolean isShort(AnalyteHistory history) {
        if (history.codings().size() != 1 || history.readings().size() != 1) {
            return false;
        }
        Coding only = history.codings().get(0);
        return Coding.LOINC.equals(only.system())
                && only.code() != null
                && !only.code().isEmpty();
    }

    /** @param history for which {@link #isShort} */
    static void encodeShort(AnalyteHistory history, Instant near, StateOutput out) {
        out.word(Objects.requireNonNull(history.codings().get(0).code()));
        encode(history.latest(), near, out);
    }

    /** @param in has nothing else */
    static AnalyteHistory shortHistory(Instant near, StateInput in, StoredReadings.Value value) {
        List<Coding> codings = loinc(in);
        if (codings.get(0).code() == null) {
            throw StateInput.damaged();
        }
        return new AnalyteHistory(codings, new StoredReadings(value, in, 1, near));
    }

    /** @param in has nothing else */
    static AnalyteHistory history(Instant near, StateInput in, StoredReadings.Value value) {
        List<Coding> codings = codings(in);
        return new AnalyteHistory(codings, new StoredReadings(value, in, readingCount(in), near));
    }

    private static int readingCount(StateInput in) {
        int count = in.count();
        if (count == 0) {
            throw StateInput.damaged();
        }
        return count;
    }

    private static AnalyteHistory history(Instant near, StateInput in) {
        List<Coding> codings = codings(in);
        return new AnalyteHistory(codings, readings(near, in, readingCount(in)));
    }

    private static List<KeptReading> readings(Instant near, StateInput in, int count) {
        List<KeptReading> readings = new ArrayList<>(count);
        Instant last = near;
        for (int i = 0; i < count; i++) {
            KeptReading reading = reading(last, in);
            readings.add(reading);
            last = reading.at();
        }
        return readings;
    }

    /**
     * The readings of a history that is a part of its own.
     *
     * @param in has nothing else
     */
    static List<KeptReading> readings(StateInput in, int count, Instant near) {
        try {
            List<KeptReading> readings = readings(near, in, count);
            in.end();
            return readings;
        } catch (DateTimeException | ArithmeticException impossible) {
            throw StateInput.damaged();
        }
    }

    /** What each reading of an Observation has in its bytes. */
    static byte[] text(ObservationIdentity identity) {
        UUID uuid = uuid(identity);
        return uuid == null
                ? identity.text().getBytes(StandardCharsets.UTF_8)
                : ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
    }

    /** What {@link PatientStateCodec#WITH_LINKS} added. */
    static void encode(@Nullable PatientLink link, StateOutput out) {
        if (link == null) {
            out.octet(0);
            return;
        }
        PatientKey to = link.replacedBy();
        out.octet(KNOWN
                | (to == null ? 0 : REPLACED)
                | (link.versionId() == null ? 0 : VERSION_ID)
                | (link.lastUpdated() == null ? 0 : LAST_UPDATED));
        if (to != null) {
            out.text(to.reference());
        }
        if (link.versionId() != null) {
            out.integer(link.versionId());
        }
        if (link.lastUpdated() != null) {
            out.instant(link.lastUpdated());
        }
    }

    static @Nullable PatientLink link(StateInput in) {
        int flags = in.octet();
        if (flags == 0) {
            return null;
        } else if ((flags & KNOWN) == 0) {
            throw StateInput.damaged();
        }
        String to = (flags & REPLACED) == 0 ? null : in.text();
        if ("".equals(to)) {
            throw StateInput.damaged();
        }
        Long versionId = (flags & VERSION_ID) == 0 ? null : in.integer();
        Instant lastUpdated = (flags & LAST_UPDATED) == 0 ? null : in.instant();
        return new PatientLink(to == null ? null : new PatientKey(to), versionId, lastUpdated);
    }

    /** @param near a time when another input came */
    private static void encode(KeptReading reading, Instant near, StateOutput out) {
        Amount amount = reading.amount();
        ObservationIdentity identity = reading.identity();
        UUID uuid = uuid(identity);
        int kind = StoredCodes.of(identity.kind());
        int bound = amount == null ? 0 : StoredCodes.of(amount.value().bound());
        out.octet((reading.generated() ? GENERATED : 0)
                | (reading.hasOtherValue() ? OTHER_VALUE : 0)
                | (reading.interpretations().isEmpty() ? 0 : INTERPRETED)
                | (amount == null ? 0 : AMOUNT)
                | (amount != null && amount.unit().coded() ? CODED_UNIT : 0)
                | (bound == 0 ? 0 : COMPARED)
                | (uuid == null ? Math.min(kind, OTHER_KIND) : UUID_ID) << KIND_SHIFT);
        if (uuid == null) {
            if (kind >= OTHER_KIND) {
                out.octet(kind);
            }
            out.text(identity.text());
        } else {
            out.spread(uuid.getMostSignificantBits());
            out.spread(uuid.getLeastSignificantBits());
        }
        out.instant(reading.at(), near);
        out.instant(reading.time(), reading.at());
        encode(reading.version(), reading.at(), out);
        if (bound != 0) {
            out.octet(bound);
        }
        if (amount != null) {
            out.decimal(amount.value().value());
            out.word(amount.unit().text());
        }
        if (!reading.interpretations().isEmpty()) {
            encode(reading.interpretations(), out);
        }
    }

    private static KeptReading reading(Instant near, StateInput in) {
        int flags = in.octet();
        ObservationIdentity identity = identity(flags >> KIND_SHIFT, in);
        Instant at = in.instant(near);
        Instant time = in.instant(at);
        VersionOrder version = version(at, in);
        int bound = (flags & COMPARED) == 0 ? 0 : in.octet();
        Amount amount = null;
        if ((flags & AMOUNT) != 0) {
            Interval value = new Interval(StoredCodes.bound(bound), in.decimal());
            amount = new Amount(value, new Unit(in.word(), (flags & CODED_UNIT) != 0));
        }
        return new KeptReading(
                identity,
                time,
                at,
                version,
                amount,
                (flags & OTHER_VALUE) != 0,
                (flags & INTERPRETED) == 0 ? List.of() : codings(in),
                (flags & GENERATED) != 0);
    }

    private static ObservationIdentity identity(int kind, StateInput in) {
        if (kind == UUID_ID) {
            String uuid = new UUID(in.spread(), in.spread()).toString();
            return new ObservationIdentity(ObservationIdentity.Kind.ID, uuid);
        }
        return new ObservationIdentity(StoredCodes.identity(kind == OTHER_KIND ? in.octet() : kind), in.text());
    }

    private static void encode(VersionOrder version, Instant near, StateOutput out) {
        out.octet((version.versionId() == null ? 0 : VERSION_ID)
                | (version.lastUpdated() == null ? 0 : LAST_UPDATED)
                | (version.issued() == null ? 0 : ISSUED)
                | StoredCodes.of(version.status()) << STATUS_SHIFT);
        if (version.versionId() != null) {
            out.integer(version.versionId());
        }
        if (version.lastUpdated() != null) {
            out.instant(version.lastUpdated(), near);
        }
        if (version.issued() != null) {
            out.instant(version.issued(), near);
        }
    }

    private static VersionOrder version(Instant near, StateInput in) {
        int flags = in.octet();
        Long versionId = (flags & VERSION_ID) == 0 ? null : in.integer();
        Instant lastUpdated = (flags & LAST_UPDATED) == 0 ? null : in.instant(near);
        Instant issued = (flags & ISSUED) == 0 ? null : in.instant(near);
        return new VersionOrder(versionId, lastUpdated, issued, StoredCodes.status(flags >> STATUS_SHIFT));
    }

    private static void encode(List<Coding> codings, StateOutput out) {
        out.natural(codings.size());
        for (Coding coding : codings) {
            out.word(coding.system() == null ? "" : coding.system());
            out.word(coding.code() == null ? "" : coding.code());
        }
    }

    private static List<Coding> codings(StateInput in) {
        int count = in.count();
        if (count == 1) {
            String system = in.word();
            return Coding.LOINC.equals(system) ? loinc(in) : List.of(coding(system, in.word()));
        }
        List<Coding> codings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            codings.add(coding(in.word(), in.word()));
        }
        return codings;
    }

    /** A code of LOINC. Every input reads those of all its patient's analytes, so they are found without hashing. */
    private static List<Coding> loinc(StateInput in) {
        int known = in.knownWord();
        return known < 0 ? List.of(coding(Coding.LOINC, in.text())) : StoredCodes.loinc(known);
    }

    private static Coding coding(String system, String code) {
        return new Coding(system.isEmpty() ? null : system, code.isEmpty() ? null : code);
    }

    /** The UUID of an id that is one in its canonical form, which takes 16 bytes instead of 36; null for other texts. */
    private static @Nullable UUID uuid(ObservationIdentity identity) {
        String text = identity.text();
        if (identity.kind() != ObservationIdentity.Kind.ID || text.length() != 36) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException anotherText) {
            return null;
        }
    }
}
