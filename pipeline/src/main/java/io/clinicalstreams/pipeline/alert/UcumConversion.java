package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Converts UCUM units exactly and caches the results. Stricter than UCUM, because some units have the same dimension
 * but different meanings: see {@link UcumMeasure}.
 */
public final class UcumConversion implements UnitConversion {

    /** Units come from input, so the cache must be limited; hospitals use a few hundred. */
    private static final int CACHE_SIZE = 10_000;

    private record Question(String from, String to) {}

    private final UcumDefinitions definitions = UcumDefinitions.load();
    private final Map<Question, Optional<Conversion>> answers = new ConcurrentHashMap<>();

    @Override
    public Optional<Conversion> between(Unit from, String to) {
        if (from.text().equals(to)) {
            return Optional.of(Conversion.IDENTITY);
        }
        if (from.text().length() > UcumDefinitions.LONGEST) {
            return Optional.empty();
        }
        Question question = new Question(from.text(), to);
        Optional<Conversion> known = answers.get(question);
        if (known != null) {
            return known;
        }
        Optional<Conversion> answer = definitions
                .measure(from.text())
                .flatMap(mine -> definitions.measure(to).flatMap(mine::into));
        if (answers.size() < CACHE_SIZE) {
            answers.put(question, answer);
        }
        return answer;
    }
}
