package io.clinicalstreams.pipeline.runtime;

/** The version of this service, which alerts contain as their author. */
public final class ServiceVersion {

    private ServiceVersion() {}

    public static String current() {
        String version = ServiceVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
