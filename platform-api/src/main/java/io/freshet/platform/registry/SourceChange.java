package io.freshet.platform.registry;

import io.freshet.definition.EventSource;
import io.freshet.value.Column;
import io.freshet.value.Column.Presence;
import java.util.HashSet;
import java.util.Set;

/** Which changes of an event source its views can bear. */
final class SourceChange {
  private SourceChange() {}

  /** True if nothing of the old source is gone and what is new is optional. */
  static boolean isCompatible(EventSource before, EventSource after) {
    Set<Column> added = new HashSet<>(after.columns());
    before.columns().forEach(added::remove);
    return after.columns().containsAll(before.columns())
        && added.stream().allMatch(column -> column.presence() == Presence.OPTIONAL)
        && after.eventTime().equals(before.eventTime())
        && after.topic().equals(before.topic())
        && after.maxDisorder().equals(before.maxDisorder())
        && after.maxFuture().equals(before.maxFuture());
  }
}
