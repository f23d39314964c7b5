package io.clinicalstreams.pipeline.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.R4Structures;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class R4StructuresTest {

    private static final Path FILE = Path.of(System.getProperty("project.root", ".."))
            .resolve("topics/wire/src/main/resources/io/clinicalstreams/topics/wire/r4-structures.txt");

    @Test
    void areThoseOfHapisModel() throws IOException {
        String generated = new HapiStructures().text();
        if (Boolean.getBoolean("r4.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, generated);
        }

        assertThat(FILE).as("write it with -Dr4.write=true").hasContent(generated);
    }

    @Test
    void describeEveryResourceType() {
        assertThat(R4Structures.types()).containsKeys(ResourceTypeNames.NAMES.toArray(String[]::new));
    }
}
