package io.clinicalstreams.application;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The main class of a pipeline's process under test: the program itself, but it lives no longer than its parent, however
 * that ends. The parent holds the other end of standard input, and when the system closes it the process goes.
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
