package io.freshet.streaming.log;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.aggregation.UpsertType;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Takes the rows of views that log, and logs those of views that log to one of the logs. A row may
 * be quicker than the definition of its view: it waits for that, in state.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
abstract class LogOperator<T> extends AbstractStreamOperator<T>
    implements TwoInputStreamOperator<Upsert, DefinitionChange, T> {
  private static final ListStateDescriptor<Upsert> WAITING =
      new ListStateDescriptor<>("waiting", UpsertType.TYPE);
  private static final int MOST_WAITING = 100_000;

  private final CarriedPlan carried;
  private final FeatureLog log;

  private transient LoggedViews views;
  private transient ListState<Upsert> waitingState;
  private transient List<Upsert> waiting;

  LogOperator(CarriedPlan carried, FeatureLog log) {
    this.carried = carried;
    this.log = log;
  }

  abstract void log(Upsert row, ViewPlan plan) throws Exception;

  final StreamingJobPlan job() {
    return carried.unpack();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    views = LoggedViews.open(context, job());
    waitingState = context.getOperatorStateStore().getListState(WAITING);
    waiting = new ArrayList<>();
    waitingState.get().forEach(waiting::add);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    waitingState.update(waiting);
  }

  @Override
  public void processElement1(StreamRecord<Upsert> element) throws Exception {
    take(element.getValue());
  }

  @Override
  public void processElement2(StreamRecord<DefinitionChange> element) throws Exception {
    if (views.learn(element.getValue())) {
      List<Upsert> held = waiting;
      waiting = new ArrayList<>();
      for (Upsert row : held) {
        take(row);
      }
    }
  }

  private void take(Upsert row) throws Exception {
    ViewPlan plan = views.find(row.view());
    if (plan == null) {
      hold(row);
    } else if (LoggedViews.logsTo(log, plan)) {
      log(row, plan);
    }
  }

  private void hold(Upsert row) {
    if (waiting.size() == MOST_WAITING) {
      throw new FreshetException(
          ErrorCategory.INTERNAL,
          "Cannot log rows of view %d: %d rows wait for the definition of a view; publish the definition again"
              .formatted(row.view(), MOST_WAITING));
    }
    waiting.add(row);
  }
}
