package io.freshet.streaming.log;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.log.delta.LogTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Commits the data files of a checkpoint once it is complete: one commit a table, under the
 * checkpoint's id as version. A table that has the version has the files, so that a commit is not
 * repeated when the job starts again from the checkpoint, and one whose outcome was not known is
 * looked up. Of parallelism 1.
 *
 * <p>{@link Lineage} says how versions stay apart when checkpoint ids come a second time.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class DeltaCommits extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<LogFiles, Void> {
  private static final ListStateDescriptor<LogFiles> PENDING =
      new ListStateDescriptor<>("pending-files", LogFiles.TYPE);
  private static final ListStateDescriptor<String> LINEAGE =
      new ListStateDescriptor<>("lineage", BasicTypeInfo.STRING_TYPE_INFO);

  private final CarriedPlan carried;

  private transient ListState<LogFiles> pendingState;
  private transient ListState<String> lineageState;
  private transient List<LogFiles> pending;
  private transient Lineage lineage;
  private transient Map<String, LogTable> tables;

  DeltaCommits(CarriedPlan carried) {
    this.carried = carried;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tables = new HashMap<>();
    pendingState = context.getOperatorStateStore().getListState(PENDING);
    lineageState = context.getOperatorStateStore().getListState(LINEAGE);
    pending = new ArrayList<>();
    pendingState.get().forEach(pending::add);
    StreamingJobPlan job = carried.unpack();
    Iterator<String> known = lineageState.get().iterator();
    lineage =
        known.hasNext()
            ? Lineage.of(application(job), known.next())
            : Lineage.begin(application(job));
    OptionalLong restored = context.getRestoredCheckpointId();
    if (restored.isPresent()) {
      commit(restored.getAsLong());
      takeBackAbandoned(job, restored.getAsLong());
    }
  }

  @Override
  public void processElement(StreamRecord<LogFiles> element) {
    pending.add(element.getValue());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    pending.replaceAll(files -> files.in(context.getCheckpointId()));
    pendingState.update(pending);
    lineageState.update(List.of(lineage.state()));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    commit(checkpointId);
  }

  private static String application(StreamingJobPlan job) {
    return "freshet-stream/%s/%s/%s"
        .formatted(job.source().project(), job.source().name(), job.delivery().wireName());
  }

  /**
   * If the job starts from a checkpoint before its newest, the tables have rows that it computes
   * again.
   */
  private void takeBackAbandoned(StreamingJobPlan job, long checkpoint) throws IOException {
    List<LogTable> logs = LogTable.allOf(job.logs().warehouse(), job.source());
    if (logs.stream().noneMatch(table -> lineage.hasLeft(checkpoint, table))) {
      return;
    }
    Lineage branch = lineage.freshBranch(logs);
    int files = 0;
    for (LogTable table : logs) {
      if (lineage.hasLeft(checkpoint, table)) {
        files +=
            table.takeBack(
                application(job), lineage.application(), checkpoint, branch.application());
      }
    }
    LOG.warn(
        "Started from checkpoint {}, which is not the newest that was logged: {} files of later ones are taken out of the Delta feature logs; those in Kafka stay, and their rows come a second time",
        checkpoint,
        files);
    lineage = branch;
  }

  private void commit(long checkpoint) throws IOException {
    Map<String, List<LogFiles>> due = new TreeMap<>();
    for (LogFiles files : pending) {
      if (files.checkpoint() != LogFiles.IN_NO_CHECKPOINT && files.checkpoint() <= checkpoint) {
        due.computeIfAbsent(files.table(), table -> new ArrayList<>()).add(files);
      }
    }
    for (Map.Entry<String, List<LogFiles>> files : due.entrySet()) {
      LogTable table = tables.computeIfAbsent(files.getKey(), LogTable::at);
      commit(table, checkpoint, files.getValue());
      pending.removeAll(files.getValue());
    }
  }

  private void commit(LogTable table, long checkpoint, List<LogFiles> due) throws IOException {
    long newest = table.newestVersion(lineage.application()).orElse(0);
    List<String> actions =
        due.stream()
            .filter(files -> files.checkpoint() > newest)
            .flatMap(files -> files.actions().stream())
            .toList();
    if (!actions.isEmpty()) {
      table.commit(lineage.application(), checkpoint, actions);
    }
  }
}
