package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.topics.wire.PatientKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An alert's id: a pure function of patient, rule, the Observation that opened the episode, and its analyte. */
public final class AlertId {

    private static final int DIGITS = 32;

    private AlertId() {}

    /**
     * The first 32 hex digits of the SHA-256 over patient key, rule id, Observation and, if the rule has an episode for
     * each analyte, its system and code, each on a line.
     */
    public static String of(PatientKey patient, String ruleId, @Nullable Coding analyte, ObservationIdentity opening) {
        String text = patient.reference()
                + '\n'
                + ruleId
                + '\n'
                + opening.text()
                + (analyte == null ? "" : "\n" + Objects.toString(analyte.system(), "") + '\n' + analyte.code());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }
}
