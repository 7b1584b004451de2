package io.freshet.streaming.aggregation;

import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;

/**
 * Events that wait in keyed state, in the order in which they came: for the definition of their
 * lane, or for the history of their key, which may have an event that they are a copy of.
 */
final class HeldEvents {
  private final StoredKeys stored;
  private final ListState<ViewEvent> events;

  private HeldEvents(StoredKeys stored, ListState<ViewEvent> events) {
    this.stored = stored;
    this.events = events;
  }

  static HeldEvents forDefinition(StoredKeys stored, KeyedStateStore store) {
    return of("waiting", stored, store);
  }

  static HeldEvents forHistory(StoredKeys stored, KeyedStateStore store) {
    return of("held", stored, store);
  }

  void add(ViewEvent event) throws Exception {
    stored.focus(event.key());
    events.add(event);
  }

  /** Takes out all events of a key. */
  Iterable<ViewEvent> take(ViewKey key) throws Exception {
    stored.focus(key);
    Iterable<ViewEvent> all = events.get();
    events.clear();
    return all;
  }

  void clear(ViewKey key) {
    stored.focus(key);
    events.clear();
  }

  private static HeldEvents of(String name, StoredKeys stored, KeyedStateStore store) {
    ListStateDescriptor<ViewEvent> state = new ListStateDescriptor<>(name, ViewEvent.TYPE);
    return new HeldEvents(stored, store.getListState(state));
  }
}
