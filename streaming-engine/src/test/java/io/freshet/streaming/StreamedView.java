package io.freshet.streaming;

import io.freshet.plan.BoundView;
import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.aggregation.TilesStage;
import io.freshet.streaming.source.IntakeStage;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;

/**
 * One view from the bytes of its events to its rows: the operators of the job, one after the other
 * in their test harness, with the real serializers between them. Its entity has one join key, a
 * string.
 */
final class StreamedView implements AutoCloseable {
  private static final String NOBODY = "(the source's clock)";

  private final SourcePlan source;
  private final StreamingJobPlan job;
  private final BoundView view;
  private final long nowMillis;
  private final Map<String, @Nullable Object[]> newest = new HashMap<>();
  private IntakeStage intake;
  private TilesStage tiles;
  private long offset;
  private int late;

  /**
   * @param nowMillis when every event arrives
   */
  StreamedView(SourcePlan source, BoundView view, long nowMillis) throws Exception {
    this.source = source;
    this.view = view;
    this.nowMillis = nowMillis;
    this.job =
        new StreamingJobPlan(
            "harness",
            source,
            Delivery.EXACTLY_ONCE,
            List.of(ViewPlan.live(view, 1, Tier.STREAMING, 1)),
            "none:1",
            "redis://none:1",
            FeatureLogPlan.to("/none"),
            CheckpointPlan.every("file:///none", 10_000),
            50);
    this.intake = new IntakeStage(job, nowMillis, null);
    this.tiles = new TilesStage(job, 1, null);
  }

  void receive(byte[] event) throws Exception {
    intake.receive(offset++, event);
    forward();
  }

  /** Lets the watermark follow. */
  void settle() throws Exception {
    intake.settle();
    forward();
  }

  /** Takes a checkpoint and goes on from it with new operators. */
  void restart() throws Exception {
    OperatorSubtaskState intakeState = intake.checkpoint();
    TilesStage.Checkpoint tilesState = tiles.checkpoint(1);
    takeRows();
    intake.close();
    tiles.close();
    intake = new IntakeStage(job, nowMillis, intakeState);
    tiles = new TilesStage(job, 1, tilesState);
  }

  /**
   * Lets an event of another key come that is as far ahead as the source's disorder, so that the
   * source is complete through a time.
   */
  void completeThrough(long millis) throws Exception {
    String event =
        "{\"%s\":%d,\"%s\":\"%s\"}"
            .formatted(
                source.eventTime(),
                millis + source.maxDisorderMillis(),
                view.keyColumns().get(0),
                NOBODY);
    receive(event.getBytes(StandardCharsets.UTF_8));
    settle();
    takeRows();
  }

  /** The features of the row that was sent last, by key. */
  Map<String, @Nullable Object[]> newestRows() {
    return newest;
  }

  /** How many events were late. */
  int late() {
    return late;
  }

  @Override
  public void close() {
    intake.close();
    tiles.close();
  }

  private void forward() throws Exception {
    intake.drainTo(tiles::take, tiles::take);
  }

  private void takeRows() throws Exception {
    RowCodec rows = new RowCodec(view.rowTypes());
    EntityKeyCodec keys = new EntityKeyCodec(view.joinKeys());
    for (Upsert upsert : tiles.rows()) {
      @Nullable Object[] row = rows.decode(ByteBuffer.wrap(upsert.row()));
      String key = String.valueOf(keys.decode(upsert.entity().key())[0]);
      newest.put(key, Arrays.copyOfRange(row, 1, row.length));
    }
    newest.remove(NOBODY);
    late += tiles.late();
  }
}
