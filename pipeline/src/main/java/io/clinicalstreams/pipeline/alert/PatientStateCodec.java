package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.HospitalStay;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient's state as bytes. It is compact: a state without episodes takes about five bytes, an episode about 150, a
 * reading 35, a forgotten alert ten. The first byte is the format version. A state is written in the lowest version that
 * can represent it. The store has it in {@link StateParts}, so that an input writes only what it changes.
 */
public final class PatientStateCodec {

    /** The state ends with its episodes. */
    static final int WITHOUT_FORGOTTEN = 1;
    /** Forgotten alerts follow. */
    static final int WITH_FORGOTTEN = 2;
    /** As before, but an episode may have an analyte, and a reading may have no number. */
    static final int WITH_ANALYTES = 3;
    /**
     * As before, with the day on which the patient was last heard of and each episode's last page. An episode may have
     * ended without a reading. Every state that the service writes has such a day.
     */
    static final int WITH_ENDINGS = 4;

    /** As before, with the readings that are kept, the withdrawals, and the digest of the rules. */
    static final int WITH_READINGS = 5;

    /** As before, with stays in hospital; evidence may be an Encounter. */
    static final int WITH_STAYS = 6;

    /** As before, with the link to the Patient that replaces this one; an episode may have moved or gone on. */
    static final int WITH_LINKS = 7;

    private static final List<String> GENDERS = List.of("male", "female", "other", "unknown");
    private static final int BIRTH_DATE = 1;
    private static final int GENDER_SHIFT = 1;
    private static final int PRESENT = 1;
    private static final int GENERATED = 1 << 1;
    private static final int VERSION_ID = 1 << 2;
    private static final int LAST_UPDATED = 1 << 3;
    private static final int ANOTHER_ADMISSION = 1 << 4;
    private static final int OTHER_GENDER = GENDERS.size() + 1;

    private PatientStateCodec() {}

    public static byte[] encode(PatientState state) {
        StateOutput out = new StateOutput();
        int version = version(state);
        out.octet(version);
        int gender = genderIndex(state.gender());
        out.octet((state.birthDate() == null ? 0 : BIRTH_DATE) | gender << GENDER_SHIFT);
        if (state.birthDate() != null) {
            out.integer(state.birthDate().toEpochDay());
        }
        if (gender == OTHER_GENDER && state.gender() != null) {
            out.text(state.gender());
        }
        if (version >= WITH_ENDINGS) {
            out.integer(state.heardOn() == null ? 0 : state.heardOn().toEpochDay());
        }
        out.natural(state.episodes().size());
        for (Episode episode : state.episodes()) {
            EpisodeCodec.encode(episode, version, out);
        }
        if (version != WITHOUT_FORGOTTEN) {
            encode(state.forgottenAlerts(), out);
        }
        if (version >= WITH_READINGS) {
            HistoryCodec.encode(state, out);
        }
        if (version >= WITH_STAYS) {
            encodeStays(state.stays(), out);
        }
        if (version >= WITH_LINKS) {
            HistoryCodec.encode(state.link(), out);
        }
        return out.toBytes();
    }

    /**
     * The whole state, with all its readings.
     *
     * @throws UnreadableStateException if the bytes are damaged or of another version; the message does not repeat them
     */
    public static PatientState decode(byte[] bytes) {
        PatientState state = new StoredState(bytes).state();
        state.histories().forEach(AnalyteHistory::latest);
        return state;
    }

    static PatientState decode(StateInput in) {
        int version = in.octet();
        if (version < WITHOUT_FORGOTTEN || version > WITH_LINKS) {
            throw new UnreadableStateException("a patient's state has version " + version
                    + ", but this service reads 1 to " + WITH_LINKS + ": run the service version that wrote it");
        }
        int flags = in.octet();
        try {
            LocalDate birthDate = (flags & BIRTH_DATE) == 0 ? null : LocalDate.ofEpochDay(in.integer());
            String gender = gender(flags >> GENDER_SHIFT, in);
            long heard = version < WITH_ENDINGS ? 0 : in.integer();
            int count = in.count();
            List<Episode> episodes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                episodes.add(EpisodeCodec.decode(version, in));
            }
            List<ForgottenAlert> forgotten = version == WITHOUT_FORGOTTEN ? List.of() : forgotten(in);
            LocalDate heardOn = heard == 0 ? null : LocalDate.ofEpochDay(heard);
            PatientState state = new PatientState(heardOn, birthDate, gender, episodes, forgotten);
            state = version < WITH_READINGS ? state : HistoryCodec.decode(state, in);
            state = version < WITH_STAYS ? state : state.with(stays(in));
            PatientLink link = version < WITH_LINKS ? null : HistoryCodec.link(in);
            state = link == null ? state : state.with(link);
            in.end();
            return state;
        } catch (DateTimeException | ArithmeticException impossible) {
            throw StateInput.damaged();
        }
    }

    private static int version(PatientState state) {
        if (state.link() != null || state.episodes().stream().anyMatch(EpisodeCodec::isMerged)) {
            return WITH_LINKS;
        }
        if (!state.stays().isEmpty() || state.episodes().stream().anyMatch(EpisodeCodec::namesEncounter)) {
            return WITH_STAYS;
        }
        if (state.judgedWith() != 0
                || !state.histories().isEmpty()
                || !state.withdrawals().isEmpty()) {
            return WITH_READINGS;
        }
        if (state.heardOn() != null || state.episodes().stream().anyMatch(EpisodeCodec::hasEnding)) {
            return WITH_ENDINGS;
        }
        if (state.episodes().stream().anyMatch(EpisodeCodec::hasAnalyte)) {
            return WITH_ANALYTES;
        }
        return state.forgottenAlerts().isEmpty() ? WITHOUT_FORGOTTEN : WITH_FORGOTTEN;
    }

    private static void encode(List<ForgottenAlert> forgotten, StateOutput out) {
        out.natural(forgotten.size());
        for (ForgottenAlert alert : forgotten) {
            out.spread(alert.digest());
            out.natural(alert.version());
        }
    }

    private static List<ForgottenAlert> forgotten(StateInput in) {
        int count = in.count();
        List<ForgottenAlert> forgotten = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            forgotten.add(new ForgottenAlert(in.spread(), in.number()));
        }
        return forgotten;
    }

    private static void encodeStays(List<HospitalStay> stays, StateOutput out) {
        out.natural(stays.size());
        for (HospitalStay stay : stays) {
            out.octet((stay.present() ? PRESENT : 0)
                    | (stay.generated() ? GENERATED : 0)
                    | (stay.versionId() == null ? 0 : VERSION_ID)
                    | (stay.lastUpdated() == null ? 0 : LAST_UPDATED)
                    | (stay.admission().equals(stay.id()) ? 0 : ANOTHER_ADMISSION));
            out.text(stay.id());
            if (!stay.admission().equals(stay.id())) {
                out.text(stay.admission());
            }
            out.instant(stay.since());
            if (stay.versionId() != null) {
                out.integer(stay.versionId());
            }
            if (stay.lastUpdated() != null) {
                out.instant(stay.lastUpdated());
            }
        }
    }

    private static List<HospitalStay> stays(StateInput in) {
        int count = in.count();
        List<HospitalStay> stays = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int flags = in.octet();
            String id = in.text();
            stays.add(new HospitalStay(
                    id,
                    (flags & ANOTHER_ADMISSION) == 0 ? id : in.text(),
                    in.instant(),
                    (flags & PRESENT) != 0,
                    (flags & GENERATED) != 0,
                    (flags & VERSION_ID) == 0 ? null : (Long) in.integer(),
                    (flags & LAST_UPDATED) == 0 ? null : in.instant()));
        }
        return stays;
    }

    private static int genderIndex(@Nullable String gender) {
        if (gender == null) {
            return 0;
        }
        int index = GENDERS.indexOf(gender);
        return index < 0 ? OTHER_GENDER : index + 1;
    }

    private static @Nullable String gender(int index, StateInput in) {
        if (index == 0) {
            return null;
        }
        if (index > OTHER_GENDER) {
            throw StateInput.damaged();
        }
        return index == OTHER_GENDER ? in.text() : GENDERS.get(index - 1);
    }
}
