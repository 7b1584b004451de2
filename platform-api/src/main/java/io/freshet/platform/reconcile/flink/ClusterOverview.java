package io.freshet.platform.reconcile.flink;

/** How much room the cluster has. */
public record ClusterOverview(int taskManagers, int slots, int freeSlots) {}
