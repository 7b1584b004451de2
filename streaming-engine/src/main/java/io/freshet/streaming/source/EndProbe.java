package io.freshet.streaming.source;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the ends of the topic beside the task, one look-up at a time, and tells the watermark
 * when asked to. A look-up that fails tells nothing. For the task's thread alone.
 */
final class EndProbe {
  private static final Logger LOG = LoggerFactory.getLogger(EndProbe.class);
  private static final long CLOSE_SECONDS = 5;

  private final TopicEnds ends;
  private final SourceWatermark watermark;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "topic-ends");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Lookup lookup;

  EndProbe(TopicEnds ends, SourceWatermark watermark) {
    this.ends = ends;
    this.watermark = watermark;
  }

  /** Takes in the answer of the look-up before, if it is there, and begins the next. */
  void turn(long nowMillis) {
    Lookup begun = lookup;
    if (begun != null) {
      if (!begun.answer.isDone()) {
        return;
      }
      lookup = null;
      takeIn(begun);
    }
    Map<Integer, Long> positions = watermark.silentPositions(nowMillis);
    if (!positions.isEmpty()) {
      lookup = new Lookup(positions, nowMillis, thread.submit(() -> ends.exhausted(positions)));
    }
  }

  void close() throws InterruptedException {
    thread.execute(ends::close);
    thread.shutdown();
    thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private void takeIn(Lookup answered) {
    try {
      watermark.probed(answered.positions, answered.beganMillis, answered.answer.get());
    } catch (ExecutionException e) {
      LOG.warn(
          "Cannot look up the end of the topic: the watermark waits, see to the broker: {}",
          String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Lookup(
      Map<Integer, Long> positions, long beganMillis, Future<Set<Integer>> answer) {}
}
