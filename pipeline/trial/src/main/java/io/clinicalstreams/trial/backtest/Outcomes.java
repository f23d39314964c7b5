package io.clinicalstreams.trial.backtest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the patients: a CSV file with a heading. Column {@code patient} has the patient's id or key. A column
 * has the onset of what the alerts should foresee: empty if it did not occur, else a time, or hours after the stay's
 * hour zero. A column {@code hours}, if there is one, has the length of the stay.
 *
 * @param byPatient by patient key
 */
record Outcomes(Map<String, Outcome> byPatient) {

    static final Outcome UNKNOWN = new Outcome(null, null, null);

    private static final ObjectReader ROWS = new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .withFeatures(
                    CsvParser.Feature.TRIM_SPACES,
                    CsvParser.Feature.SKIP_EMPTY_LINES,
                    CsvParser.Feature.FAIL_ON_MISSING_COLUMNS);

    private static final String PATIENT = "patient";
    private static final String ONSET = "onset";
    private static final String HOURS = "hours";

    /**
     * @param onset null if it did not occur
     * @param onsetHours the same in hours after hour zero; null if it is a time
     * @param hours length of the stay; null if the file does not say
     */
    record Outcome(
            @Nullable Instant onset,
            @Nullable Double onsetHours,
            @Nullable Double hours) {

        static Outcome of(String onset, String hours) {
            Instant time = onset.contains("T") ? Instant.parse(onset) : null;
            return new Outcome(time, onset.isEmpty() || time != null ? null : Double.valueOf(onset), number(hours));
        }

        private static @Nullable Double number(String text) {
            return text.isEmpty() ? null : Double.valueOf(text);
        }

        /** @param zero the stay's hour zero */
        @Nullable
        Instant onset(Instant zero) {
            return onsetHours == null ? onset : zero.plusMillis(Math.round(onsetHours * 3_600_000));
        }

        /** @param measured from the first to the last reading, if the file does not have the length of the stay */
        double days(Duration measured) {
            return hours == null ? measured.toMillis() / 86_400_000.0 : hours / 24;
        }
    }

    /**
     * @param column of the onset; null for {@code onset}, else the last one
     * @throws CommandException if it cannot be read; the message has the row's number, not its content
     */
    static Outcomes read(Path file, @Nullable String column) {
        try {
            return parse(file, Files.readAllBytes(file), column);
        } catch (JsonProcessingException notCsv) {
            JsonLocation at = notCsv.getLocation();
            throw wrong(
                    file + (at == null ? "" : ":" + at.getLineNr()) + " is not CSV, or has too many or too few cells");
        } catch (IOException unreadable) {
            throw wrong(file + " " + IoReason.predicate(unreadable));
        }
    }

    private static Outcomes parse(Path file, byte[] content, @Nullable String column) throws IOException {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        try (MappingIterator<Map<String, String>> rows = ROWS.readValues(content)) {
            List<String> headings = new ArrayList<>();
            ((CsvSchema) rows.getParserSchema()).forEach(each -> headings.add(each.getName()));
            String onset =
                    column != null ? column : headings.contains(ONSET) ? ONSET : headings.get(headings.size() - 1);
            for (String needed : List.of(PATIENT, onset)) {
                if (!headings.contains(needed)) {
                    throw wrong(file + " has no column '" + needed + "', but " + headings);
                }
            }
            for (int row = 1; rows.hasNextValue(); row++) {
                Map<String, String> cells = rows.nextValue();
                String here = "row " + row + " of " + file;
                String patient = cells.getOrDefault(PATIENT, "");
                try {
                    Outcome outcome = Outcome.of(cells.getOrDefault(onset, ""), cells.getOrDefault(HOURS, ""));
                    if (outcomes.put(patient.contains("/") ? patient : "Patient/" + patient, outcome) != null) {
                        throw wrong(here + " repeats a patient");
                    }
                } catch (DateTimeParseException | NumberFormatException neither) {
                    throw wrong(here + " needs a time or a number of hours in '" + onset + "' and '" + HOURS + "'");
                }
            }
        }
        return new Outcomes(outcomes);
    }

    private static CommandException wrong(String problem) {
        return new CommandException(ExitCode.WRONG_USAGE, "outcomes: " + problem);
    }
}
