package io.freshet.platform.status;

import io.freshet.platform.reconcile.RepeatedPass;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks at the engines every few seconds and shows what it saw as gauges. */
@Component
class EngineWatch implements SmartLifecycle {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final StreamSampler streams;
  private final ViewSampler views;
  private final EngineGauges gauges;
  private final RepeatedPass passes = new RepeatedPass("engine-watch", PAUSE, this::look);

  EngineWatch(StreamSampler streams, ViewSampler views, EngineGauges gauges) {
    this.streams = streams;
    this.views = views;
    this.gauges = gauges;
  }

  private void look() {
    gauges.show(streams.sample(), views.sample());
  }

  @Override
  public void start() {
    passes.start();
  }

  @Override
  public void stop() {
    passes.stop();
  }

  @Override
  public boolean isRunning() {
    return passes.isRunning();
  }
}
