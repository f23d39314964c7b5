package io.clinicalstreams.topics.reference;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rules a command works with: those that come with the program, or those in a folder. */
final class RuleOptions {

    @Option(
            names = "--rules",
            paramLabel = "FOLDER",
            description =
                    "A folder with alert-rules.yaml instead of the built-in rules. It may say 'owner: NAME'; only that "
                            + "owner's rules are written and removed.")
    private @Nullable Path folder;

    /** @throws ReferenceException when anything is wrong with them */
    List<AlertRule> load() {
        return folder == null ? AlertRuleYaml.load() : AlertRuleYaml.load(folder);
    }
}
