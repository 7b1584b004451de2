package io.freshet.benchmark.checkpoints;

/**
 * A checkpoint that is complete.
 *
 * @param millis from its trigger to its completion
 * @param writtenBytes for it
 * @param stateBytes that it refers to
 * @param path to restore from
 */
record TakenCheckpoint(long millis, long writtenBytes, long stateBytes, String path) {}
