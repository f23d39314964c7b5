package io.clinicalstreams.topics;

/** What a file of the catalogue describes has a name, and it is the file's. */
interface NamedFile {

    String name();
}
