package io.clinicalstreams.trial.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One patient's stay and what a rule set made of it.
 *
 * @param days its length
 * @param onset of what the alerts should foresee; null if it did not occur
 * @param events in the order of time
 * @param pages those of the events that page
 * @param warnings pages that could have warned: up to the onset, or all if there was none
 */
record Stay(
        double days,
        @Nullable Instant onset,
        List<AlertEvent> events,
        List<AlertEvent> pages,
        List<AlertEvent> warnings) {

    static Stay of(double days, @Nullable Instant onset, List<AlertEvent> events) {
        List<AlertEvent> pages = events.stream().filter(AlertEvent::isPage).toList();
        List<AlertEvent> warnings = pages.stream()
                .filter(page -> onset == null || !page.at().isAfter(onset))
                .toList();
        return new Stay(days, onset, List.copyOf(events), pages, warnings);
    }

    /** The same stay with some of its pages. */
    Stay only(Predicate<AlertEvent> which) {
        return of(days, onset, pages.stream().filter(which).toList());
    }

    boolean hasOnset() {
        return onset != null;
    }

    long raised() {
        return events.stream().filter(AlertEvent::isRaised).count();
    }

    long suppressed() {
        return events.stream().filter(AlertEvent::isSuppressed).count();
    }

    /** Whether a page came within this time before the onset. */
    boolean isForeseen(Duration horizon) {
        return lead(horizon) != null;
    }

    /** From the first page within the horizon to the onset; null if there is none. */
    @Nullable
    Duration lead(Duration horizon) {
        Instant at = onset;
        if (at == null) {
            return null;
        }
        for (AlertEvent page : warnings) {
            Duration lead = Duration.between(page.at(), at);
            if (lead.compareTo(horizon) <= 0) {
                return lead;
            }
        }
        return null;
    }

    /** Pages that an onset followed within the horizon. */
    long truePages(Duration horizon) {
        Instant at = onset;
        return at == null
                ? 0
                : warnings.stream()
                        .filter(page -> Duration.between(page.at(), at).compareTo(horizon) <= 0)
                        .count();
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Stay[hidden]";
    }
}
