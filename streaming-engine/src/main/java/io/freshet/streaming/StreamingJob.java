package io.freshet.streaming;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.aggregation.ViewRows;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.Definitions;
import io.freshet.streaming.log.FeatureLogs;
import io.freshet.streaming.sink.Outlets;
import io.freshet.streaming.source.DeadLetter;
import io.freshet.streaming.source.SourceEvents;
import io.freshet.streaming.source.ViewEvent;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The shared job of an event source: its one program argument is a {@link StreamingJobPlan}. */
public final class StreamingJob {
  private StreamingJob() {}

  public static void main(String[] arguments) throws Exception {
    byte[] json = arguments[0].getBytes(StandardCharsets.UTF_8);
    StreamingJobPlan plan = PlanCodec.decode(json, StreamingJobPlan.class);
    FeatureLogs.check(plan);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(plan));
    wire(env, plan);
    env.execute(plan.jobName());
  }

  static void wire(StreamExecutionEnvironment env, StreamingJobPlan plan) {
    DataStream<DefinitionChange> definitions = Definitions.read(env, plan);
    SingleOutputStreamOperator<ViewEvent> events = SourceEvents.read(env, plan, definitions);
    SingleOutputStreamOperator<Upsert> rows = ViewRows.aggregate(events, plan, definitions);
    DataStream<Void> served = Outlets.serve(rows, plan);
    Outlets.report(served, definitions, plan);
    FeatureLogs.write(rows.getSideOutput(ViewRows.LOGGED), definitions, plan);
    Outlets.bury(
        events.getSideOutput(DeadLetter.OUTPUT).union(rows.getSideOutput(DeadLetter.OUTPUT)), plan);
  }
}
