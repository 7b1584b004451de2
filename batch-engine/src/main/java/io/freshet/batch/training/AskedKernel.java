package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.materialize.ViewKernel;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;

/** What the answers of a view are computed with, made once a task. */
record AskedKernel(AskedView asked, ViewKernel events, RowCodec answers) {
  static AskedKernel of(AskedView view) {
    return new AskedKernel(view, ViewKernel.of(view.view()), view.answers());
  }

  ViewAggregator aggregator() {
    return events.aggregator();
  }

  /**
   * @param inputs packed, at the buffer's position
   */
  void add(KeyTiles tiles, long timeMillis, ByteBuffer inputs) {
    aggregator().add(tiles, timeMillis, events.inputs().decode(inputs));
  }
}
