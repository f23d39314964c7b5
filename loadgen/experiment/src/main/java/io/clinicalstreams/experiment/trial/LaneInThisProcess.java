package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.Map;

/** The service in this process, to see that a lane runs: its figures mean nothing, and its JVM is not the level's. */
record LaneInThisProcess(PipelineService service) implements LaneInstance {

    static LaneInThisProcess start(LaneLaunch launch) throws InterruptedException {
        return new LaneInThisProcess(
                PipelineService.start(PipelineConfig.of(SettingLayers.of(launch.settings(), Map.of(), null))));
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public boolean isReady() {
        return service.isReady();
    }

    @Override
    public void requireRunning() {
        if (service.failed()) {
            throw new CommandException(ExitCode.FAILURE, "the lane has failed; see the log");
        }
    }

    /** It leaves its group, so that a trial for a moment need not wait for the end of a session. */
    @Override
    public void kill() {
        service.leave();
    }

    @Override
    public void close() {
        service.leave();
    }
}
