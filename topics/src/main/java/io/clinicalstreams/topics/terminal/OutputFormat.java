package io.clinicalstreams.topics.terminal;

import java.util.Locale;

/** How a result is printed: for people, or for programs. */
enum OutputFormat {
    TABLE,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
