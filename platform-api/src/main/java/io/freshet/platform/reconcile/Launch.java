package io.freshet.platform.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a streaming job is started, apart from its plan.
 *
 * @param jar the name that follows from the content of the job's jar, or null if it was not there
 * @param stateBytes how large its state is planned to become, in its binary form
 * @param backendReason why its state is where the plan says
 */
public record Launch(
    int parallelism, @Nullable String jar, long stateBytes, String backendReason) {}
