package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.SettingPlace;
import io.clinicalstreams.topics.setting.EvidenceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A profile's file as text, in which only the evidence of a setting is replaced: comments and layout stay. */
public final class ProfileText {

    private static final String SETTING = "  ";
    private static final String FIELD = "    ";
    private static final String FOLDED = "      ";
    private static final int WIDTH = 120;

    private final List<String> lines;

    public ProfileText(String text) {
        this.lines = new ArrayList<>(text.lines().toList());
    }

    /** The evidence of a setting, in one line. */
    public String evidence(SettingPlace place) {
        int from = evidenceLine(place);
        return lines.subList(from, end(from, FOLDED)).stream()
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .replaceFirst("^evidence: (>-? )?", "")
                .replaceFirst("^\"(.*)\"$", "$1");
    }

    /**
     * Replaces the evidence of a setting.
     *
     * @throws IllegalArgumentException if the file has no such setting
     */
    public void setEvidence(SettingPlace place, String evidence) {
        int from = evidenceLine(place);
        lines.subList(from, end(from, FOLDED)).clear();
        lines.addAll(
                from, evidence.equals(EvidenceText.PENDING) ? List.of(FIELD + "evidence: pending") : written(evidence));
    }

    /** Replaces the file in one step: after a kill or on a full disk it has the text before or this one. */
    public void replace(Path file) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(written, toString());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private int evidenceLine(SettingPlace place) {
        int section = find(place.section() + ':', 0, lines.size(), place);
        int setting = find(SETTING + place.name() + ':', section + 1, end(section, SETTING), place);
        return find(FIELD + "evidence:", setting + 1, end(setting, FIELD), place);
    }

    private static List<String> written(String evidence) {
        List<String> written = new ArrayList<>(List.of(FIELD + "evidence: >-"));
        StringBuilder line = new StringBuilder(FOLDED);
        for (String word : evidence.split(" ", -1)) {
            if (line.length() > FOLDED.length() && line.length() + 1 + word.length() > WIDTH) {
                written.add(line.toString());
                line = new StringBuilder(FOLDED);
            }
            line.append(line.length() > FOLDED.length() ? " " : "").append(word);
        }
        written.add(line.toString());
        return written;
    }

    private int find(String beginning, int from, int to, SettingPlace place) {
        Pattern wanted = Pattern.compile(Pattern.quote(beginning) + "( .*)?");
        for (int i = from; i < to; i++) {
            if (wanted.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        throw new IllegalArgumentException(place + ": is not in this file in its usual layout");
    }

    /** The first line after this one that is not below it. */
    private int end(int line, String indent) {
        int end = line + 1;
        while (end < lines.size()
                && (lines.get(end).startsWith(indent) || lines.get(end).isBlank())) {
            end++;
        }
        // A blank line belongs to what follows.
        while (lines.get(end - 1).isBlank()) {
            end--;
        }
        return end;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + '\n';
    }
}
