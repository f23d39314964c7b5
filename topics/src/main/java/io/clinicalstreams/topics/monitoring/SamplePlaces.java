package io.clinicalstreams.topics.monitoring;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the places in an alert's samples with the catalogue's objectives, so that the samples fit every environment:
 * {@code ${alert-p99}} in seconds, {@code ${1.5*lag.alerting}}, and {@code ${1..brokers-1}}, which repeats its series.
 *
 * @param values by the places' names
 */
record SamplePlaces(Map<String, BigDecimal> values) {

    private static final Pattern VALUE = Pattern.compile("\\$\\{(?:([0-9.]+)\\*)?([a-z][a-z0-9.-]*)}");
    private static final Pattern RANGE = Pattern.compile("\\$\\{1\\.\\.([a-z-]+?)(-1)?}");

    static SamplePlaces of(Catalogue catalogue) {
        Map<String, BigDecimal> values = new HashMap<>();
        values.put("brokers", BigDecimal.valueOf(catalogue.where().brokers()));
        values.put("min-insync-replicas", BigDecimal.valueOf(catalogue.where().minInsyncReplicas()));
        catalogue.alertObjective().ifPresent(p99 -> values.put("alert-p99", Objective.inSeconds(p99)));
        for (Lane lane : catalogue.lanes()) {
            Duration lag = lane.profile().objectives().maximumLag();
            if (lag != null) {
                values.put("lag." + lane.name(), Objective.inSeconds(lag));
            }
        }
        return new SamplePlaces(values);
    }

    /** Values by series; empty if the catalogue has no such objective, and so no alert on it either. */
    Optional<Map<String, String>> fill(Map<String, String> series) {
        boolean areKnown = series.entrySet().stream()
                .flatMap(each -> VALUE.matcher(each.getKey() + each.getValue()).results())
                .allMatch(place -> values.containsKey(place.group(2)));
        return areKnown ? Optional.of(filled(series)) : Optional.empty();
    }

    private Map<String, String> filled(Map<String, String> series) {
        Map<String, String> filled = new LinkedHashMap<>();
        series.forEach((name, samples) -> {
            Matcher range = RANGE.matcher(name);
            int last = range.find() ? last(range) : 1;
            for (int number = 1; number <= last; number++) {
                filled.put(fill(range.replaceAll(Integer.toString(number))), fill(samples));
            }
        });
        return filled;
    }

    private int last(MatchResult range) {
        return value(range.group(1)).intValueExact() - (range.group(2) == null ? 0 : 1);
    }

    private String fill(String text) {
        return VALUE.matcher(text).replaceAll(place -> {
            BigDecimal factor = place.group(1) == null ? BigDecimal.ONE : new BigDecimal(place.group(1));
            return number(factor.multiply(value(place.group(2))));
        });
    }

    private BigDecimal value(String place) {
        BigDecimal value = values.get(place);
        if (value == null) {
            throw new IllegalArgumentException("samples have the unknown place " + place);
        }
        return value;
    }

    /** As Micrometer writes the bound of a bucket: 0.1, 1.0. */
    static String number(BigDecimal value) {
        return Double.toString(value.doubleValue());
    }
}
