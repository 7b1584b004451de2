package io.freshet.platform.lookup;

import io.freshet.store.OnlineStoreReader;
import io.freshet.store.ViewProgress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers the progress of views for {@link LookupSettings#progressAge()}. Thread-safe. */
@Component
class ProgressMemory {
  private static final int MOST_VIEWS = 10_000;

  private final OnlineStoreReader store;
  private final long ageNanos;
  private final Map<Integer, Remembered> views = new ConcurrentHashMap<>();

  ProgressMemory(OnlineStoreReader store, LookupSettings settings) {
    this.store = store;
    this.ageNanos = settings.progressAge().toNanos();
  }

  /**
   * The progress of views, in their order; null where there is none.
   *
   * @throws io.freshet.store.OnlineStoreException if the store does not answer in time
   */
  @Nullable ViewProgress[] of(String project, int[] numbers) {
    if (!allRemembered(numbers)) {
      refresh(project, numbers);
    }
    @Nullable ViewProgress[] progress = new @Nullable ViewProgress[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      Remembered remembered = views.get(numbers[i]);
      progress[i] = remembered == null ? null : remembered.progress;
    }
    return progress;
  }

  private boolean allRemembered(int[] numbers) {
    long now = System.nanoTime();
    for (int number : numbers) {
      Remembered remembered = views.get(number);
      if (remembered == null || now - remembered.atNanos > ageNanos) {
        return false;
      }
    }
    return true;
  }

  private void refresh(String project, int[] numbers) {
    long now = System.nanoTime();
    Map<Integer, ViewProgress> read = store.progress(project, numbers);
    if (views.size() > MOST_VIEWS) {
      views.clear();
    }
    for (int number : numbers) {
      views.put(number, new Remembered(read.get(number), now));
    }
  }

  private record Remembered(@Nullable ViewProgress progress, long atNanos) {}
}
