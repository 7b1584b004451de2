package io.freshet.platform.status;

import io.freshet.platform.reconcile.RepeatedPass;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Looks at the engines every few seconds and shows what it saw as gauges. */
@Component
class EngineWatch extends RepeatedPass {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final StreamSampler streams;
  private final ViewSampler views;
  private final EngineGauges gauges;

  EngineWatch(StreamSampler streams, ViewSampler views, EngineGauges gauges) {
    super("engine-watch", PAUSE);
    this.streams = streams;
    this.views = views;
    this.gauges = gauges;
  }

  @Override
  protected void pass() {
    gauges.show(streams.sample(), views.sample());
  }
}
