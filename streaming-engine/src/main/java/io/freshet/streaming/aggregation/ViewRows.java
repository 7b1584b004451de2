package io.freshet.streaming.aggregation;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.acknowledgement.KafkaAcknowledgements;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.ViewEvent;
import io.freshet.streaming.source.ViewKey;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The views' events, aggregated to rows. */
public final class ViewRows {
  /** The rows of views that have a feature log. */
  public static final OutputTag<Upsert> LOGGED = new OutputTag<>("logged-rows", UpsertType.TYPE);

  private ViewRows() {}

  /**
   * The rows as they change; {@link DeadLetter#OUTPUT} has the events that came too late, {@link
   * #LOGGED} the rows of views with a feature log.
   */
  public static SingleOutputStreamOperator<Upsert> aggregate(
      DataStream<ViewEvent> events,
      StreamingJobPlan plan,
      DataStream<DefinitionChange> definitions) {
    KeyedStream<ViewEvent, ViewKey> keyed = events.keyBy(ViewEvent::key, ViewKey.TYPE);
    return keyed
        .connect(ControlItems.of(definitions, plan))
        .transform(
            "tiles",
            UpsertType.TYPE,
            new TileAggregation(
                CarriedPlan.of(plan), KafkaAcknowledgements::new, HotKeys.Bounds.DEFAULT))
        .uid("tiles");
  }
}
