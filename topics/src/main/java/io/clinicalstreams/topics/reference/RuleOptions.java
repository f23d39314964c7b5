package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.reference.AlertRuleYaml.Owned;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rules that a command uses: the built-in ones, or those in a folder. */
final class RuleOptions {

    @Option(
            names = "--rules",
            paramLabel = "FOLDER",
            description =
                    "A folder with alert-rules.yaml, instead of the built-in rules. The file may have 'owner: NAME'; only "
                            + "that owner's rules are written and removed. 'owner: NAME' with 'rules: []' removes all of them.")
    private @Nullable Path folder;

    /** @throws CatalogueException if anything is wrong with them */
    Owned load() {
        return folder == null ? new Owned(RuleManifest.CURATED, AlertRuleYaml.load()) : AlertRuleYaml.load(folder);
    }
}
