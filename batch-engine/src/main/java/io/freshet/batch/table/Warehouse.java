package io.freshet.batch.table;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.SourcePlan;

/**
 * Where the tables of a source are.
 *
 * @param root the source's folder, as {@code {warehouse}/{project}/{source}}
 */
public record Warehouse(String root) {
  public static Warehouse of(BatchRunPlan plan) {
    return of(plan.warehouse(), plan.source());
  }

  /**
   * @param warehouse the root folder or URI of all tables
   */
  public static Warehouse of(String warehouse, SourcePlan source) {
    return new Warehouse(warehouse + "/" + source.project() + "/" + source.name());
  }

  /** Every event of the source, with where and when it arrived. */
  public String archive() {
    return root + "/archive";
  }

  /** How far the archive has read the topic. */
  public String archiveCheckpoint() {
    return root + "/archive-checkpoint";
  }

  /** Every record that is no event, and every event that a view's expression failed on. */
  public String rejected() {
    return root + "/rejected";
  }

  /** The tiles of a view's keys. */
  public String tiles(int view) {
    return root + "/tiles/view-" + view;
  }

  /** Every row that was computed for a view. */
  public String featureLog(int view) {
    return root + "/feature-log/view-" + view;
  }

  /** A folder that a run writes to and deletes. */
  public String scratch(String runId) {
    return root + "/scratch/" + runId;
  }
}
