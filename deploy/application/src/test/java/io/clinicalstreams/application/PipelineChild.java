package io.clinicalstreams.application;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The main class of a pipeline process under test: the program itself, which ends when its parent ends, however that
 * happens. The parent holds the other end of standard input; when the system closes it, the process ends.
 */
final class PipelineChild {

    private PipelineChild() {}

    public static void main(String[] args) {
        Thread watch = new Thread(PipelineChild::endWithParent, "end-with-parent");
        watch.setDaemon(true);
        watch.start();
        ClinicalStreams.main(args);
    }

    private static void endWithParent() {
        try {
            long unused = System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // the same as its end
        }
        Runtime.getRuntime().halt(1);
    }
}
