package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.reference.AlertRule.Code;
import io.clinicalstreams.topics.reference.AlertRule.Variant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What limits must be to each other: all of a rule look one way, graver ones are further out, clear is outside them. */
final class RuleChecks {

    private RuleChecks() {}

    static void check(AlertRule rule, String path, Notes notes) {
        Set<Code> codes = new HashSet<>();
        Set<Boolean> directions = new HashSet<>();
        for (int i = 0; i < rule.variants().size(); i++) {
            Variant variant = rule.variants().get(i);
            String at = path + '.' + i;
            for (Code code : variant.codes()) {
                if (!codes.add(code)) {
                    notes.add(at + ".codes", "names " + code.code() + " a second time in this rule");
                }
            }
            limits(variant, at, notes).forEach(limit -> directions.add(limit.isUpward()));
        }
        if (directions.size() > 1) {
            notes.add(path, "must all look the same way: a rule is for one direction");
        }
    }

    /** The levels that could be read. */
    private static List<Limit> limits(Variant variant, String at, Notes notes) {
        Optional<Limit> moderate = limit(variant.levels().moderate(), at + ".levels.moderate", notes);
        Optional<Limit> high = limit(variant.levels().high(), at + ".levels.high", notes);
        Optional<Limit> clear = limit(variant.clear(), at + ".clear", notes);
        if (variant.levels().moderate() == null && variant.levels().high() == null) {
            notes.add(at + ".levels", "needs moderate or high");
        }
        if (moderate.isPresent() && high.isPresent()) {
            if (moderate.get().isUpward() != high.get().isUpward()) {
                notes.add(at + ".levels", "must look the same way");
            } else if (!high.get().isWithin(moderate.get())) {
                notes.add(at + ".levels.high", "must be beyond moderate");
            }
        }
        List<Limit> levels = Stream.of(moderate, high).flatMap(Optional::stream).toList();
        for (Limit level : levels) {
            if (clear.isPresent() && clear.get().isUpward() == level.isUpward()) {
                notes.add(at + ".clear", "must look the other way than the levels");
            } else if (clear.isPresent() && clear.get().overlaps(level)) {
                notes.add(at + ".clear", "must not hold where a level holds");
            }
        }
        return levels;
    }

    private static Optional<Limit> limit(@Nullable String text, String at, Notes notes) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Limit> limit = Limit.parse(text);
        if (limit.isEmpty()) {
            notes.add(at, "must be a limit such as >=6.5 or <2.0");
        }
        return limit;
    }
}
