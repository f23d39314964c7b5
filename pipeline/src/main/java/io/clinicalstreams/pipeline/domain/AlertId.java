package io.clinicalstreams.pipeline.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An alert's id: a pure function of patient, rule and the Observation that opened the episode. */
final class AlertId {

    private static final int DIGITS = 32;

    private AlertId() {}

    /** The first 32 hex digits of the SHA-256 over patient key, rule id and Observation, each on its line. */
    static String of(PatientKey patient, String ruleId, ObservationIdentity opening) {
        String text = patient.reference() + '\n' + ruleId + '\n' + opening.text();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }
}
