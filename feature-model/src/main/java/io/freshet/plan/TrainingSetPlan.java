package io.freshet.plan;

import java.util.List;

/**
 * What the batch engine needs to make a training set: a table with the rows of the spine and, for
 * each, the features as of its label's time.
 *
 * @param spine a folder or URI of the rows: join keys and request data by their names, the label's
 *     time, and anything else, which is passed through
 * @param labelTime the spine's column of type timestamp: what happened then or later does not count
 * @param sources the views whose features are wanted, or needed by an on-demand view
 * @param onDemand the on-demand views whose features are wanted
 * @param warehouse the root folder or URI of the Delta tables, where the sources' archives are
 * @param output where the training set is written, in Delta; nothing may be there
 */
public record TrainingSetPlan(
    String spine,
    Format spineFormat,
    String labelTime,
    List<OfSource> sources,
    List<OnDemandPlan> onDemand,
    String warehouse,
    String output) {
  /** Views of one source. */
  public record OfSource(SourcePlan source, List<ViewPlan> views) {
    public OfSource {
      views = List.copyOf(views);
    }
  }

  /** How a spine is kept. */
  public enum Format {
    DELTA,
    PARQUET
  }

  public TrainingSetPlan {
    sources = List.copyOf(sources);
    onDemand = List.copyOf(onDemand);
  }
}
