package io.clinicalstreams.experiment.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.loadgen.measure.Machine;
import io.clinicalstreams.loadgen.result.ResultJson;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of results: {@code MACHINE/EXPERIMENT.json}, and in {@code MACHINE/earlier} those that were run anew. */
public record ResultFiles(Path root) {

    private static final String EARLIER = "earlier";

    private static final String EXTENSION = ".json";

    /** Where this machine's result is, or will be. */
    public Path file(String experiment) {
        return root.resolve(Machine.local().folder()).resolve(experiment + EXTENSION);
    }

    /**
     * This machine's result; empty if there is none.
     *
     * @throws CommandException if it cannot be read
     */
    public Optional<ExperimentResult> find(String experiment) throws IOException {
        Path file = file(experiment);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** The results of all machines, without the earlier ones. */
    public List<ExperimentResult> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<ExperimentResult> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 2)) {
            for (Path file : files.filter(each -> each.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList()) {
                all.add(read(file));
            }
        }
        return all;
    }

    /**
     * Replaces the file in one step, so that a reader finds the state before or after a trial.
     *
     * @throws CommandException if it cannot be written; the file then has the trials before
     */
    public void keep(ExperimentResult result) throws IOException {
        Path file = file(result.experiment());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try {
            ResultJson.replace(file, result);
        } catch (IOException failed) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    file + ": cannot be written: " + IoReason.of(failed) + "; the trials before are kept");
        }
    }

    /** Moves this machine's result, if there is one, to the earlier ones. */
    public boolean setAside(String experiment) throws IOException {
        Optional<ExperimentResult> found = find(experiment);
        if (found.isEmpty()) {
            return false;
        }
        ExperimentResult result = found.get();
        Path file = file(experiment);
        Path folder =
                Files.createDirectories(Objects.requireNonNull(file.getParent()).resolve(EARLIER));
        String name = result.experiment() + '-' + result.started().toString().replace(":", "") + EXTENSION;
        Files.move(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static ExperimentResult read(Path file) throws IOException {
        try {
            ObjectNode tree = ResultJson.read(Files.readString(file), ObjectNode.class);
            // The first results do not have these: no lane was measured, by the first method.
            if (!tree.has("code")) {
                tree.putNull("code");
            }
            if (!tree.has("method")) {
                tree.put("method", ExperimentResult.FIRST_METHOD);
            }
            return ResultJson.read(tree.toString(), ExperimentResult.class);
        } catch (JsonProcessingException notOne) {
            throw new CommandException(
                    ExitCode.FAILURE, file + ": is not a result of an experiment; delete it or move it away");
        }
    }
}
