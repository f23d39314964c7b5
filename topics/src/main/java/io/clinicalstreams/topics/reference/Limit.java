package io.clinicalstreams.topics.reference;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parsed limit, to check that limits are consistent. */
record Limit(String comparison, BigDecimal value) {

    private static final Pattern FORM = Pattern.compile("(<=|<|>=|>)(-?\\d{1,12}(?:\\.\\d{1,12})?)");

    static Optional<Limit> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Limit(matcher.group(1), new BigDecimal(matcher.group(2))))
                : Optional.empty();
    }

    static Limit require(String path, String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(path + ": must be a limit such as >=6.5 or <2.0"));
    }

    boolean isUpward() {
        return comparison.startsWith(">");
    }

    /** True if every value that meets this limit also meets the other, which has the same direction. */
    boolean isWithin(Limit other) {
        int order = value.compareTo(other.value);
        if (order == 0) {
            return other.isClosed() || !isClosed();
        }
        return isUpward() == order > 0;
    }

    /** True if one value can meet both this limit and another of the opposite direction. */
    boolean overlaps(Limit other) {
        int order = value.compareTo(other.value);
        if (order == 0) {
            return isClosed() && other.isClosed();
        }
        return isUpward() == order < 0;
    }

    private boolean isClosed() {
        return comparison.endsWith("=");
    }
}
