package io.clinicalstreams.loadgen.generate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pads resources to a size with a narrative of clinical words: valid FHIR that compresses like text. A resource that is
 * larger, or so close to the size that a narrative would exceed it, stays unchanged.
 */
final class Narrative {

    private static final byte[] BEFORE =
            ascii(",\"text\":{\"status\":\"additional\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">");
    private static final byte[] AFTER = ascii("</div>\"}}");
    private static final int OVERHEAD = BEFORE.length + AFTER.length - 1;
    private static final int SHORTEST_TEXT = 65_536;

    private static final String[] WORDS = ("patient reports denies stable improved worse overnight without with acute"
                    + " chronic mild severe pain nausea dyspnea edema fever cough fatigue oriented alert resting ambulating"
                    + " tolerating diet fluids oral intravenous continue hold start taper monitor repeat reviewed discussed"
                    + " family nursing cardiology renal hepatic pulmonary abdominal lungs clear heart regular rhythm blood"
                    + " pressure glucose potassium sodium creatinine hemoglobin culture pending negative positive consult"
                    + " follow plan discharge admission history medication allergy none known daily morning evening")
            .split(" ");

    private final int bytes;
    private final Randomness random;
    private final byte[] text;

    /** @param bytes size of key and value together, 0 for no padding */
    Narrative(int bytes, long seed) {
        this.bytes = bytes;
        this.random = new Randomness(~seed);
        this.text = bytes == 0 ? new byte[0] : words(Math.max(SHORTEST_TEXT, 2 * bytes));
    }

    /** @param resource a JSON object with members */
    byte[] addTo(byte[] resource, byte[] key) {
        int length = bytes - key.length - resource.length - OVERHEAD;
        if (length < 1) {
            return resource;
        }
        byte[] larger = Arrays.copyOf(resource, resource.length + OVERHEAD + length);
        int at = resource.length - 1;
        System.arraycopy(BEFORE, 0, larger, at, BEFORE.length);
        System.arraycopy(text, random.nextInt(text.length - length), larger, at + BEFORE.length, length);
        System.arraycopy(AFTER, 0, larger, at + BEFORE.length + length, AFTER.length);
        return larger;
    }

    private byte[] words(int length) {
        StringBuilder words = new StringBuilder(length + 16);
        while (words.length() < length) {
            words.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return ascii(words.toString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
