package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.ObservationCase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A week of a patient on a general ward: vital signs every four hours, a basic metabolic panel and a blood count each
 * morning, glucose before meals, magnesium and phosphate every other day. All normal, with ids and versions as servers
 * write them.
 */
final class WardWeek {

    static final int DAYS = 7;

    /** What is measured, at which hours of every so many days. */
    private record Measured(String code, String unit, String normal, int everyDays, List<Integer> hours) {}

    /** @param at input time */
    record Input(ObservationCase observation, Instant at) {}

    private static final List<Integer> MORNING = List.of(6);
    private static final List<Integer> MEALS = List.of(6, 11, 17, 21);
    private static final List<Integer> ROUNDS = List.of(2, 6, 10, 14, 18, 22);

    private static final List<Measured> MEASURED = List.of(
            new Measured("2951-2", "mmol/L", "139", 1, MORNING),
            new Measured("2823-3", "mmol/L", "4.1", 1, MORNING),
            new Measured("2028-9", "mmol/L", "24", 1, MORNING),
            new Measured("2345-7", "mg/dL", "112", 1, MEALS),
            new Measured("17861-6", "mg/dL", "9.1", 1, MORNING),
            new Measured("3094-0", "mg/dL", "15", 1, MORNING),
            new Measured("2160-0", "mg/dL", "0.9", 1, MORNING),
            new Measured("718-7", "g/dL", "12.1", 1, MORNING),
            new Measured("777-3", "10*3/uL", "221", 1, MORNING),
            new Measured("6690-2", "10*3/uL", "7.2", 1, MORNING),
            new Measured("19123-9", "mg/dL", "2.0", 2, MORNING),
            new Measured("2777-1", "mg/dL", "3.4", 2, MORNING),
            new Measured("8867-4", "/min", "78", 1, ROUNDS),
            new Measured("9279-1", "/min", "16", 1, ROUNDS),
            new Measured("2708-6", "%", "97", 1, ROUNDS),
            new Measured("8310-5", "Cel", "36.8", 1, ROUNDS),
            new Measured("8480-6", "mm[Hg]", "124", 1, ROUNDS));

    private WardWeek() {}

    /** In the order of arrival: a result is issued within two hours, and arrives a second later. */
    static List<Input> inputs(long seed) {
        Random random = new Random(seed);
        List<Input> inputs = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (Measured measured : MEASURED) {
                for (int hour : day % measured.everyDays == 0 ? measured.hours : List.<Integer>of()) {
                    Instant time = Cases.NOON.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour));
                    inputs.add(input(measured, time, random));
                }
            }
        }
        inputs.sort(Comparator.comparing(Input::at));
        return inputs;
    }

    private static Input input(Measured measured, Instant time, Random random) {
        Instant issued = time.plusSeconds(random.nextInt(7_200));
        BigDecimal step = BigDecimal.ONE.movePointLeft(new BigDecimal(measured.normal).scale());
        BigDecimal value = new BigDecimal(measured.normal).add(step.multiply(BigDecimal.valueOf(random.nextInt(3))));
        return new Input(
                new ObservationCase()
                        .id(new UUID(random.nextLong(), random.nextLong()).toString())
                        .version(1)
                        .lastUpdated(issued.plusMillis(300))
                        .effective(time)
                        .issued(issued)
                        .codes(measured.code)
                        .value(value.toString(), null, Cases.UCUM, measured.unit),
                issued.plusSeconds(1));
    }
}
