package io.clinicalstreams.topics.export;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * What a topic's resource is called in Kubernetes, whose names are small letters, digits, hyphens and dots. A topic with
 * such a name has it there too; another one's is made of it, with a number so that no two are alike.
 */
final class StrimziNames {

    /** Kubernetes takes 253; the number and its hyphen need nine. */
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
