package io.freshet.batch.table;

/**
 * Names a commit, so that it takes place once: of the commits of an application to a table, Delta
 * passes over one whose version is not above the newest.
 */
public record CommitId(String application, long version) {}
