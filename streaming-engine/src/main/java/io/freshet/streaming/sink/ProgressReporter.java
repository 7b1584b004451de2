package io.freshet.streaming.sink;

import static java.util.Objects.requireNonNull;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.ViewPlan;
import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.ViewProgress;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.LiveViews;
import io.freshet.streaming.source.CompleteThrough;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Records in the online store how far the views are complete whose lanes are live. Its first input
 * is the watermark of all sinks, of which Flink hands it the least. A report that does not reach
 * the store is replaced by the next; one that the store can never take fails the task.
 */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class ProgressReporter extends AbstractStreamOperator<Void>
    implements TwoInputStreamOperator<Void, DefinitionChange, Void> {
  static final long INTERVAL_MILLIS = 1_000;

  private final CarriedPlan carried;
  private final StoreOpener opener;

  private transient LiveViews<ViewPlan> views;
  private transient OnlineStoreWriter store;
  private transient ScheduledFuture<?> turns;
  private transient long throughMillis;
  private transient CompletableFuture<Void> report;

  ProgressReporter(CarriedPlan carried, StoreOpener opener) {
    this.carried = carried;
    this.opener = opener;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    views = LiveViews.open(context, carried.unpack(), (plan, source) -> plan);
  }

  @Override
  public void open() throws Exception {
    super.open();
    throughMillis = CompleteThrough.UNKNOWN;
    report = CompletableFuture.completedFuture(null);
    store = opener.open();
    turns =
        getProcessingTimeService()
            .scheduleWithFixedDelay(now -> turn(), INTERVAL_MILLIS, INTERVAL_MILLIS);
  }

  @Override
  public void processElement1(StreamRecord<Void> element) {}

  @Override
  public void processElement2(StreamRecord<DefinitionChange> element) throws Exception {
    views.apply(element.getValue());
  }

  @Override
  public void processWatermark1(Watermark mark) {
    throughMillis = CompleteThrough.ofWatermark(mark.getTimestamp());
  }

  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {}

  @Override
  public void close() throws Exception {
    if (turns != null) {
      turns.cancel(false);
    }
    if (store != null) {
      store.close();
    }
    super.close();
  }

  private void turn() {
    if (report.isDone()) {
      checkLastReport();
      if (throughMillis != CompleteThrough.UNKNOWN && !views.all().isEmpty()) {
        report = store.advance(progress()).toCompletableFuture();
      }
    }
  }

  private List<ViewProgress> progress() {
    return views.all().stream()
        .filter(plan -> plan.phase() == ViewPlan.Phase.LIVE)
        .map(
            plan ->
                new ViewProgress(plan.view().project(), plan.number(), plan.epoch(), throughMillis))
        .toList();
  }

  private void checkLastReport() {
    try {
      report.join();
    } catch (CompletionException e) {
      Throwable cause = requireNonNull(e.getCause(), "a failure has a cause");
      if (!(cause instanceof FreshetException known)
          || known.category() == ErrorCategory.INTERNAL
          || known.category() == ErrorCategory.USER) {
        throw e;
      }
      LOG.warn("Cannot record the views' progress, which is tried again: {}", cause.getMessage());
    }
  }
}
