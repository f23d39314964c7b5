package io.clinicalstreams.topics.monitoring;

import io.clinicalstreams.topics.Objectives;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An objective that a panel has a line for. */
enum Objective {
    ALERT_P99 {
        @Override
        Optional<Number> of(Objectives objectives) {
            return seconds(objectives.alertP99());
        }
    },
    MAXIMUM_LAG {
        @Override
        Optional<Number> of(Objectives objectives) {
            return seconds(objectives.maximumLag());
        }
    },
    RECORDED_PER_SECOND {
        @Override
        Optional<Number> of(Objectives objectives) {
            return Optional.ofNullable(objectives.recordedPerSecond());
        }
    };

    /** Durations in seconds. */
    abstract Optional<Number> of(Objectives objectives);

    private static Optional<Number> seconds(@Nullable Duration duration) {
        return Optional.ofNullable(duration).map(Objective::inSeconds);
    }

    /** Without trailing zeros: 0.1, 10. */
    static BigDecimal inSeconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
