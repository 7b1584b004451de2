package io.freshet.streaming;

import io.freshet.handover.Acknowledgement;
import io.freshet.handover.HandOver;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.aggregation.TilesStage;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.source.IntakeStage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;

/**
 * A topic of departures, the operators that read it, and what a hand-over run computes from it. An
 * origin's departures are all in one partition.
 */
final class HandOverStage implements AutoCloseable {
  private final SourcePlan source;
  private final StreamingJobPlan job;
  private final long nowMillis;
  private final List<List<Departure>> log = new ArrayList<>();
  private final long[] next;
  private IntakeStage intake;
  private TilesStage tiles;
  private long checkpoints;
  private final List<Upsert> sentBefore = new ArrayList<>();

  HandOverStage(SourcePlan source, List<ViewPlan> seeds, int partitions, long nowMillis)
      throws Exception {
    this.source = source;
    this.job = Flights.job(source, seeds, "none:1", "redis://none:1", "file:///none");
    this.nowMillis = nowMillis;
    IntStream.range(0, partitions).forEach(partition -> log.add(new ArrayList<>()));
    this.next = new long[partitions];
    this.intake = new IntakeStage(job, nowMillis, next.clone(), null);
    this.tiles = new TilesStage(job, 1, null);
  }

  int partitionOf(String origin) {
    return Math.floorMod(origin.hashCode(), log.size());
  }

  void append(Departure departure) {
    log.get(partitionOf(departure.origin())).add(departure);
  }

  /**
   * Reads the next departure of a partition.
   *
   * @return null if there is none
   */
  @Nullable Departure read(int partition) throws Exception {
    if (next[partition] == log.get(partition).size()) {
      return null;
    }
    Departure departure = log.get(partition).get((int) next[partition]);
    intake.receive(partition, next[partition]++, departure.json().getBytes(StandardCharsets.UTF_8));
    forward();
    return departure;
  }

  /** Lets the watermark follow, and rows be sent. */
  void settle() throws Exception {
    intake.settle();
    forward();
    tiles.passTime(200);
  }

  void passTime(long millis) throws Exception {
    tiles.passTime(millis);
  }

  void define(int lane, @Nullable ViewPlan plan) throws Exception {
    DefinitionChange change =
        new DefinitionChange(lane, plan == null ? null : PlanCodec.encode(plan));
    intake.define(change);
    tiles.define(change);
  }

  void handOver(HandOver record) throws Exception {
    tiles.take(record);
  }

  /** Completes a checkpoint. */
  void checkpoint() throws Exception {
    forward();
    checkpoints++;
    intake.checkpoint(checkpoints);
    tiles.checkpoint(checkpoints);
    intake.complete(checkpoints);
    tiles.complete(checkpoints);
  }

  /** Stops with a checkpoint and goes on from it at another parallelism. */
  void restart(int parallelism) throws Exception {
    forward();
    OperatorSubtaskState intakeState = intake.checkpoint(++checkpoints);
    TilesStage.Checkpoint tilesState = tiles.checkpoint(checkpoints);
    intake.close();
    sentBefore.addAll(tiles.newRows());
    tiles.close();
    intake = new IntakeStage(job, nowMillis, next.clone(), intakeState);
    tiles = new TilesStage(job, parallelism, tilesState);
  }

  /** The rows sent since this was last asked. */
  List<Upsert> newRows() {
    List<Upsert> rows = new ArrayList<>(sentBefore);
    sentBefore.clear();
    rows.addAll(tiles.newRows());
    return rows;
  }

  long keys() throws Exception {
    return tiles.keys();
  }

  int late() {
    return tiles.late();
  }

  /** The acknowledgements since the last restart, the newest of each key. */
  Map<String, Acknowledgement> acknowledged() {
    Map<String, Acknowledgement> newest = new TreeMap<>();
    intake.acknowledged().forEach(one -> newest.put(one.key(), one));
    tiles.acknowledged().forEach(one -> newest.put(one.key(), one));
    return newest;
  }

  /** The offset of the first record of each partition that a lane counts. */
  long[] cut(int lane) {
    long[] cut = new long[next.length];
    for (Acknowledgement one : acknowledged().values()) {
      if (one instanceof Acknowledgement.Cut found && found.lane() == lane) {
        cut[found.partition()] = found.offset();
      }
    }
    return cut;
  }

  /** What a hand-over run sends before it says that it has sent all. */
  List<KeyHistory> histories(ViewPlan plan, long[] cut) {
    List<Departure> before = new ArrayList<>();
    for (int partition = 0; partition < log.size(); partition++) {
      before.addAll(log.get(partition).subList(0, (int) cut[partition]));
    }
    return HandOverRun.histories(source, plan, before);
  }

  @Override
  public void close() {
    intake.close();
    tiles.close();
  }

  private void forward() throws Exception {
    intake.drainTo(tiles::take, tiles::take);
  }
}
