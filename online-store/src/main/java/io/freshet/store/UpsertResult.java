package io.freshet.store;

/**
 * What became of a batch of upserts.
 *
 * @param applied rows that were newer and are now stored
 * @param superseded rows that were not newer and changed nothing
 */
public record UpsertResult(int applied, int superseded) {}
