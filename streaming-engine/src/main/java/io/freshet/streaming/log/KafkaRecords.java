package io.freshet.streaming.log;

import io.freshet.plan.FeatureLog;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.definition.CarriedPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Makes records of the rows of views that log to Kafka. */
@SuppressWarnings("NullAway.Init") // open() sets what cannot travel with the job graph.
final class KafkaRecords extends LogOperator<LogRecord> {
  private transient Map<Integer, LogJson> forms;

  KafkaRecords(CarriedPlan carried) {
    super(carried, FeatureLog.KAFKA);
  }

  @Override
  public void open() throws Exception {
    super.open();
    forms = new HashMap<>();
  }

  @Override
  void log(Upsert row, ViewPlan plan) {
    LogJson form =
        forms.computeIfAbsent(
            plan.number(),
            number -> new LogJson(plan, job().source().featureLogTopic(plan.view().name())));
    output.collect(new StreamRecord<>(form.record(row)));
  }
}
