package io.clinicalstreams.topics.export;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A topic's resource name in Kubernetes, which allows lower-case letters, digits, hyphens and dots. A topic with such a
 * name keeps it; otherwise the name is derived from it, with a number to make it unique.
 */
final class StrimziNames {

    /** Kubernetes accepts 253; the number and its hyphen need nine. */
    private static final int LONGEST = 244;

    private static final String WORD = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    private StrimziNames() {}

    static String of(String topic) {
        if (topic.matches(WORD + "(\\." + WORD + ")*")) {
            return topic;
        }
        String small = topic.toLowerCase(Locale.ROOT)
                .replace('_', '-')
                .replaceAll("[.-]*\\.[.-]*", ".")
                .replaceAll("^[.-]+|[.-]+$", "");
        CRC32 number = new CRC32();
        number.update(topic.getBytes(StandardCharsets.UTF_8));
        String hexadecimal = String.format(Locale.ROOT, "%08x", number.getValue());
        String beginning = small.substring(0, Math.min(small.length(), LONGEST));
        return beginning.isEmpty() ? hexadecimal : beginning + '-' + hexadecimal;
    }
}
