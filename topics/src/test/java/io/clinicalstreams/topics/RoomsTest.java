package io.clinicalstreams.topics;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.stream.Stream;

/**
 * The packages that each package may use. A package is listed after all packages that it may use, so dependencies point
 * one way: the model never reads a file, and offline commands never open a client.
 */
@AnalyzeClasses(packages = "io.clinicalstreams.topics", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

    private static final String MODEL = "model";

    /** Problems and exit codes: every package may use them. */
    private static final String PROBLEM = "problem";

    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_THOSE_BELOW_THEM = rooms(layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer(MODEL)
            .definedBy("io.clinicalstreams.topics"));

    private static ArchRule rooms(LayeredArchitecture rooms) {
        rooms = room(rooms, PROBLEM);
        rooms = room(rooms, "setting");
        rooms = rooms.whereLayer(MODEL).mayOnlyAccessLayers("setting", PROBLEM);
        rooms = room(rooms, "file", MODEL, "setting");
        rooms = room(rooms, "validation", "file", MODEL, "setting");
        rooms = room(rooms, "load", "validation", "file", MODEL, "setting");
        rooms = room(rooms, "cluster", MODEL, "setting");
        rooms = room(rooms, "terminal", "cluster", "load", MODEL, "setting");
        rooms = room(rooms, "render", "terminal", MODEL, "setting");
        rooms = room(rooms, "size", "terminal", MODEL, "setting");
        rooms = room(rooms, "reference", "terminal", "cluster", "file", MODEL, "setting");
        rooms = room(rooms, "access", "terminal", "cluster", MODEL);
        rooms = room(rooms, "monitoring", "file", MODEL);
        rooms = room(rooms, "export", "monitoring", "access", "terminal", MODEL, "setting");
        rooms = room(rooms, "plan", "render", "terminal", "cluster", MODEL, "setting");
        rooms = room(rooms, "repair", "terminal", "cluster", MODEL, "setting");
        rooms = room(
                rooms,
                "check",
                "plan",
                "repair",
                "access",
                "reference",
                "render",
                "validation",
                "terminal",
                "cluster",
                MODEL,
                "setting");
        return room(
                rooms,
                "command",
                "check",
                "plan",
                "repair",
                "export",
                "access",
                "reference",
                "size",
                "render",
                "terminal",
                MODEL,
                "setting");
    }

    private static LayeredArchitecture room(LayeredArchitecture rooms, String name, String... used) {
        LayeredArchitecture.LayerDependencySpecification room = rooms.layer(name)
                .definedBy("io.clinicalstreams.topics." + name + "..")
                .whereLayer(name);
        if (name.equals(PROBLEM)) {
            return room.mayNotAccessAnyLayer();
        }
        return room.mayOnlyAccessLayers(
                Stream.concat(Stream.of(PROBLEM), Stream.of(used)).toArray(String[]::new));
    }
}
