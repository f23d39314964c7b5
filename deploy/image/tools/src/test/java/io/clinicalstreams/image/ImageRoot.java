package io.clinicalstreams.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image's root file system, unpacked. Commands run in it as a container runtime would run them: as the image's user, on a
 * read-only root, with a /tmp and a new volume of their own: it has the mode of the image's folder. The network is this machine's.
 */
final class ImageRoot {

    private static final String ENTER = """
            set -eu
            root=$1; user=$2; folder=$3; kibibytes=$4; shift 4
            mount --bind "$root" "$root"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            mount -t tmpfs -o "mode=$(stat -c %a "$root$folder")" tmpfs "$root$folder"
            mount -o remount,ro,bind "$root"
            ulimit -d "$kibibytes"
            exec unshare --root="$root" --wd="$folder" --setgid="${user#*:}" --setuid="${user%:*}" "$@"
            """;

    private final Path root;
    private final JsonNode config;

    private ImageRoot(Path root, JsonNode config) {
        this.root = root;
        this.config = config;
    }

    /** Whether this machine lets a process have mounts and users of its own. */
    static boolean canRun() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** @param tar as `docker load` takes it */
    static ImageRoot unpack(Path tar, Path folder) throws IOException, InterruptedException {
        Path parts = Files.createDirectories(folder.resolve("parts"));
        Path root = Files.createDirectories(folder.resolve("root"));
        untar(tar, parts);
        JsonNode manifest = new ObjectMapper()
                .readTree(parts.resolve("manifest.json").toFile())
                .get(0);
        for (JsonNode layer : manifest.get("Layers")) {
            untar(parts.resolve(layer.asText()), root);
        }
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("dev"));
        return new ImageRoot(
                root,
                new ObjectMapper()
                        .readTree(parts.resolve(manifest.get("Config").asText()).toFile())
                        .get("config"));
    }

    Path root() {
        return root;
    }

    String user() {
        return config.get("User").asText();
    }

    /**
     * Starts the image's entry point.
     *
     * @param mebibytes what the process may take: heap, threads' stacks, buffers, compiled code
     * @param heap of it
     * @param output gets all output
     */
    Process start(int mebibytes, int heap, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                ENTER,
                "enter",
                root.toString(),
                user(),
                config.get("WorkingDir").asText(),
                String.valueOf(mebibytes * 1_024L)));
        config.get("Entrypoint").forEach(word -> command.add(word.asText()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        config.get("Env").forEach(variable -> {
            String[] pair = variable.asText().split("=", 2);
            builder.environment().put(pair[0], pair[1]);
        });
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx" + heap + 'm');
        // unshare, mount and chroot are this machine's.
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (image, own) -> image + ':' + own);
        return builder.start();
    }

    private static void untar(Path archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot read " + archive);
        }
    }
}
