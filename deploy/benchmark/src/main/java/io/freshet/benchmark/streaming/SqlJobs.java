package io.freshet.benchmark.streaming;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** Jobs in Flink's SQL over the source's events. */
final class SqlJobs {
  private static final String HOP =
      """
      SELECT f0, window_end, COUNT(*), SUM(f2), AVG(f2)
      FROM TABLE(HOP(TABLE payments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '1' HOUR))
      GROUP BY f0, window_start, window_end
      """;
  private static final String OVER =
      """
      SELECT f0, event_time, COUNT(*) OVER w, SUM(f2) OVER w, AVG(f2) OVER w FROM payments
      WINDOW w AS (
        PARTITION BY f0 ORDER BY event_time
        RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
      """;

  private SqlJobs() {}

  static void hop(WorkOrder order) throws Exception {
    run(order, HOP);
  }

  static void over(WorkOrder order) throws Exception {
    run(order, OVER);
  }

  private static void run(WorkOrder order, String query) throws Exception {
    StreamExecutionEnvironment env = PeerJobs.environment(order);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
    tables.createTemporaryView(
        "payments",
        PeerJobs.payments(env, order),
        Schema.newBuilder()
            .column("f0", DataTypes.STRING().notNull())
            .column("f2", DataTypes.BIGINT().notNull())
            .columnByMetadata("event_time", DataTypes.TIMESTAMP_LTZ(3), "rowtime", true)
            .watermark("event_time", "SOURCE_WATERMARK()")
            .build());
    tables
        .toDataStream(tables.sqlQuery(query))
        .filter(SqlJobs::note)
        .sinkTo(new DiscardingSink<>());
    env.execute();
  }

  private static boolean note(Row row) {
    if (row.getField(0) instanceof String card
        && row.getField(2) instanceof Long count
        && row.getField(3) instanceof Long sum) {
      Observed.see(card, millis(row.getField(1)), count, sum);
      return true;
    }
    throw new IllegalStateException("not a row of the query: " + row);
  }

  private static long millis(Object time) {
    if (time instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    return ((LocalDateTime) time).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
