package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.Episode;
import io.clinicalstreams.pipeline.domain.PatientState;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient's state as bytes. It goes to the changelog whole with every change, so it is compact: a state without
 * episodes takes about five bytes, an episode about 150. The first byte is the version of the form.
 */
final class PatientStateCodec {

    static final int VERSION = 1;

    private static final List<String> GENDERS = List.of("male", "female", "other", "unknown");
    private static final int BIRTH_DATE = 1;
    private static final int GENDER_SHIFT = 1;
    private static final int OTHER_GENDER = GENDERS.size() + 1;

    private PatientStateCodec() {}

    static byte[] encode(PatientState state) {
        StateOutput out = new StateOutput();
        out.octet(VERSION);
        int gender = genderIndex(state.gender());
        out.octet((state.birthDate() == null ? 0 : BIRTH_DATE) | gender << GENDER_SHIFT);
        if (state.birthDate() != null) {
            out.integer(state.birthDate().toEpochDay());
        }
        if (gender == OTHER_GENDER && state.gender() != null) {
            out.text(state.gender());
        }
        out.natural(state.episodes().size());
        for (Episode episode : state.episodes()) {
            EpisodeCodec.encode(episode, out);
        }
        return out.toBytes();
    }

    /** @throws IllegalArgumentException for bytes of another version, or damaged ones; the message does not repeat them */
    static PatientState decode(byte[] bytes) {
        StateInput in = new StateInput(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalArgumentException("a patient's state has the unknown version " + version);
        }
        int flags = in.octet();
        try {
            LocalDate birthDate = (flags & BIRTH_DATE) == 0 ? null : LocalDate.ofEpochDay(in.integer());
            String gender = gender(flags >> GENDER_SHIFT, in);
            int count = in.count();
            List<Episode> episodes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                episodes.add(EpisodeCodec.decode(in));
            }
            in.end();
            return new PatientState(birthDate, gender, episodes);
        } catch (DateTimeException | ArithmeticException impossible) {
            throw StateInput.damaged();
        }
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
