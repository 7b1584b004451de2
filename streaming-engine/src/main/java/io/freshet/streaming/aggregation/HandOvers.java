package io.freshet.streaming.aggregation;

import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.streaming.aggregation.ControlItem.HandedOver;
import io.freshet.streaming.aggregation.WaitingHandOvers.Notice;
import io.freshet.streaming.definition.LiveViews;
import io.freshet.streaming.source.ViewKey;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is handed over to the lanes, now or once their definitions have come. */
final class HandOvers {
  private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);

  private final Histories histories;
  private final WaitingHandOvers waiting;
  private final LiveViews<TiledView> views;
  private final Counter dropped;

  HandOvers(
      Histories histories,
      WaitingHandOvers waiting,
      LiveViews<TiledView> views,
      MetricGroup metrics) {
    this.histories = histories;
    this.waiting = waiting;
    this.views = views;
    this.dropped = metrics.counter("historiesDropped");
  }

  void receive(HandedOver item) throws Exception {
    int lane = item.record().lane();
    TiledView view = views.find(lane);
    if (item.record() instanceof KeyHistory history) {
      if (view == null) {
        waiting.await(history);
      } else {
        histories.receive(view, history);
      }
    } else {
      Notice notice = new Notice(lane, item.keyGroup());
      if (view == null) {
        waiting.await(notice);
      } else {
        settle(view, notice);
      }
    }
  }

  /** Acts on the notices that have waited. */
  void turn() throws Exception {
    for (Notice notice : waiting.takeNotices(lane -> views.find(lane) != null)) {
      TiledView view = views.find(notice.lane());
      if (view == null) {
        LOG.warn("Passing over the hand-over to lane {}, which has gone", notice.lane());
      } else {
        settle(view, notice);
      }
    }
  }

  void admitWaiting(TiledView view, ViewKey key) throws Exception {
    for (KeyHistory history : waiting.take(key)) {
      histories.receive(view, history);
    }
  }

  /** Frees what waits for a lane that has gone. */
  void forget(ViewKey key) throws Exception {
    List<KeyHistory> gone = waiting.take(key);
    dropped.inc(gone.size());
  }

  /** No notice overtakes a history. */
  private void settle(TiledView view, Notice notice) throws Exception {
    for (ViewKey key : waiting.keysOf(notice.lane())) {
      admitWaiting(view, key);
    }
    histories.settle(view, notice.keyGroup());
  }

  void end(int lane) {
    histories.end(lane);
  }

  void snapshot() throws Exception {
    waiting.snapshot();
  }
}
