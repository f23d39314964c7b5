package io.clinicalstreams.topics.problem;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the compact constructors of the catalogue's records demand; each message begins with the path. */
public final class Checks {

    private Checks() {}

    public static String requireText(String path, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(path + ": is missing or empty");
        }
        return text;
    }

    /** For what becomes a comment in a script, a cell of a table, a line on a terminal. */
    public static void requireLine(String path, @Nullable String text) {
        if (requireText(path, text).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    path + ": must be one line; a long one begins with '>-' and has no empty lines");
        }
    }

    public static void requireAtLeast(String path, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(path + ": must be at least " + least + ", was " + value);
        }
    }

    public static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    public static <V> List<V> orEmpty(@Nullable List<V> list) {
        return list == null ? List.of() : list;
    }
}
