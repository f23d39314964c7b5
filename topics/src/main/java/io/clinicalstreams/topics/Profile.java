package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.Settings;

/**
 * One goal and every setting that serves it: of the topic, of its producers and consumers, and of a lane with this
 * goal. The profiles it extends are already merged in.
 *
 * @param streams settings of a lane with this profile; empty if no lane has this goal
 */
public record Profile(
        String name,
        String goal,
        Objectives objectives,
        Settings topic,
        Settings producer,
        Settings consumer,
        Settings streams) {}
