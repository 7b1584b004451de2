package io.freshet.streaming.aggregation;

import io.freshet.handover.HandOver;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.streaming.source.ViewKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.ManagedInitializationContext;
import org.apache.flink.streaming.api.TimerService;

/**
 * What was handed over to lanes whose definitions are still on their way: histories by key, and the
 * notices that all of a lane were sent. They wait as long as events do. For the operator's thread
 * alone.
 */
final class WaitingHandOvers {
  private static final long WAIT_MILLIS = KeyEvents.DEFINITION_WAIT_MILLIS;
  private static final String HISTORIES_STATE = "waiting-histories";

  private static final ListStateDescriptor<byte[]> HISTORIES =
      new ListStateDescriptor<>(
          HISTORIES_STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<long[]> NOTICES =
      new ListStateDescriptor<>(
          "waiting-notices", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final StoredKeys stored;
  private final ListState<byte[]> histories;
  private final ListState<long[]> noticesState;
  private final TimerService timers;
  private final List<Notice> notices = new ArrayList<>();
  private long untilMillis;

  /** The histories of a lane's keys in a key group have all been sent. */
  record Notice(int lane, int keyGroup) {}

  private WaitingHandOvers(
      StoredKeys stored,
      ListState<byte[]> histories,
      ListState<long[]> noticesState,
      TimerService timers) {
    this.stored = stored;
    this.histories = histories;
    this.noticesState = noticesState;
    this.timers = timers;
  }

  static WaitingHandOvers open(
      ManagedInitializationContext context, StoredKeys stored, TimerService timers)
      throws Exception {
    KeyedStateStore keyed = context.getKeyedStateStore();
    WaitingHandOvers waiting =
        new WaitingHandOvers(
            stored,
            keyed.getListState(HISTORIES),
            context.getOperatorStateStore().getUnionListState(NOTICES),
            timers);
    for (long[] notice : waiting.noticesState.get()) {
      waiting.notices.add(new Notice((int) notice[0], (int) notice[1]));
    }
    if (context.isRestored()) {
      waiting.extend();
    }
    return waiting;
  }

  void await(KeyHistory history) throws Exception {
    stored.focus(new ViewKey(history.lane(), history.entity()));
    histories.add(HandOver.encode(history));
    timers.registerProcessingTimeTimer(timers.currentProcessingTime() + WAIT_MILLIS);
  }

  void await(Notice notice) {
    extend();
    notices.add(notice);
  }

  /** Takes out the notices of lanes that are known by now, and all once they have waited enough. */
  List<Notice> takeNotices(IntPredicate isKnown) {
    if (notices.isEmpty()) {
      return List.of();
    }
    boolean enough = timers.currentProcessingTime() >= untilMillis;
    List<Notice> taken =
        notices.stream().filter(notice -> enough || isKnown.test(notice.lane)).toList();
    notices.removeAll(taken);
    return taken;
  }

  /** The keys of a lane whose histories wait. */
  List<ViewKey> keysOf(int lane) {
    return stored.ofLane(lane, HISTORIES_STATE);
  }

  /** Takes out the histories of a key; more than one if a run was repeated. */
  List<KeyHistory> take(ViewKey key) throws Exception {
    stored.focus(key);
    List<KeyHistory> all = new ArrayList<>();
    for (byte[] record : histories.get()) {
      all.add((KeyHistory) HandOver.decode(record));
    }
    histories.clear();
    return all;
  }

  void snapshot() throws Exception {
    noticesState.update(
        notices.stream().map(notice -> new long[] {notice.lane, notice.keyGroup}).toList());
  }

  private void extend() {
    untilMillis = timers.currentProcessingTime() + WAIT_MILLIS;
  }
}
