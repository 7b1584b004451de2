package io.freshet.streaming.log;

import io.freshet.streaming.log.delta.LogTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
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
 * <p>Ids of checkpoints go on in a job that starts from one, whatever its own id. They start at 1
 * in a job that starts from nothing: the lineage, which is kept in state and new then, tells its
 * versions from those of a job before.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class DeltaCommits extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<LogFiles, Void> {
  private static final ListStateDescriptor<LogFiles> PENDING =
      new ListStateDescriptor<>("pending-files", LogFiles.TYPE);
  private static final ListStateDescriptor<String> LINEAGE =
      new ListStateDescriptor<>("lineage", BasicTypeInfo.STRING_TYPE_INFO);

  private final String application;

  private transient ListState<LogFiles> pendingState;
  private transient ListState<String> lineageState;
  private transient List<LogFiles> pending;
  private transient String lineage;
  private transient Map<String, LogTable> tables;

  /**
   * @param application names the job's commits, whatever id it has
   */
  DeltaCommits(String application) {
    this.application = application;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tables = new HashMap<>();
    pendingState = context.getOperatorStateStore().getListState(PENDING);
    lineageState = context.getOperatorStateStore().getListState(LINEAGE);
    pending = new ArrayList<>();
    pendingState.get().forEach(pending::add);
    Iterator<String> known = lineageState.get().iterator();
    lineage = known.hasNext() ? known.next() : UUID.randomUUID().toString();
    OptionalLong restored = context.getRestoredCheckpointId();
    if (restored.isPresent()) {
      commit(restored.getAsLong());
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
    lineageState.update(List.of(lineage));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    commit(checkpointId);
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
    String writer = application + "/" + lineage;
    long newest = table.newestVersion(writer).orElse(0);
    List<String> actions =
        due.stream()
            .filter(files -> files.checkpoint() > newest)
            .flatMap(files -> files.actions().stream())
            .toList();
    if (!actions.isEmpty()) {
      table.commit(writer, checkpoint, actions);
    }
  }
}
