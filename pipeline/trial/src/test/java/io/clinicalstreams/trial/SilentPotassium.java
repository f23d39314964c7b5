package io.clinicalstreams.trial;

/** A ward's rule that potassium is measured. */
public final class SilentPotassium {

    private SilentPotassium() {}

    /** As a rule file. */
    public static String rule(String interval, String watched) {
        return """
                owner: ward
                rules:
                  - id: potassium-silent
                    kind: silence
                    title: No potassium
                    analyte: "potassium"
                    source: "the ward"
                    max-age: PT1H
                    cool-down: PT1H
                    codes: [2823-3]
                    interval: %s
                    watched: %s
                    severity: high
                """.formatted(interval, watched);
    }
}
