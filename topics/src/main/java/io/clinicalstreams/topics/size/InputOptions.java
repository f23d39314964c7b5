package io.clinicalstreams.topics.size;

import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives the command an option for each input, so that an input is described in one place. */
final class InputOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        for (SizeInput input : SizeInput.values()) {
            String assumption = Double.isNaN(input.assumed()) ? "" : "; assumed " + Numbers.of(input.assumed());
            command.addOption(OptionSpec.builder("--" + input.id())
                    .type(Double.class)
                    .paramLabel("NUMBER")
                    .description((input.unit() + ": " + input.why() + assumption + ".").replace("%", "%%"))
                    .build());
        }
        return command;
    }

    /** The inputs that were given on the command line. */
    static Map<SizeInput, Double> given(CommandSpec command) {
        Map<SizeInput, Double> given = new EnumMap<>(SizeInput.class);
        for (SizeInput input : SizeInput.values()) {
            Double value = command.findOption("--" + input.id()).getValue();
            if (value != null) {
                given.put(input, value);
            }
        }
        return given;
    }
}
