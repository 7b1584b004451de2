package io.freshet.batch.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.Decoded;
import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.event.Rejection;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads records (partition, offset, arrival, key, value) by the rules that the stream reads them
 * by, into rows of {@link ArchiveSchema#decoded}.
 *
 * @param sourceJson the source's plan
 */
record DecodeRecords(String sourceJson) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    SourcePlan source = PlanCodec.decode(sourceJson.getBytes(UTF_8), SourcePlan.class);
    EventDecoder decoder = new EventDecoder(source);
    int columns = source.columns().size();
    Iterable<Row> all = () -> records;
    Stream<Row> decoded =
        StreamSupport.stream(all.spliterator(), false).map(r -> decode(decoder, columns, r));
    return decoded.iterator();
  }

  private static Row decode(EventDecoder decoder, int columns, Row record) {
    Instant arrived = record.getAs(2);
    byte @Nullable [] value = record.getAs(4);
    Decoded decoded = decoder.decode(value, arrived.toEpochMilli());
    @Nullable Object[] row = new @Nullable Object[columns + 8];
    row[columns] = record.getInt(0);
    row[columns + 1] = record.getLong(1);
    row[columns + 2] = arrived;
    if (decoded instanceof Event event) {
      System.arraycopy(event.values(), 0, row, 0, columns);
      row[columns + 3] =
          LocalDate.ofInstant(Instant.ofEpochMilli(event.timeMillis()), ZoneOffset.UTC);
    } else if (decoded instanceof Rejection rejection) {
      row[columns + 4] = rejection.kind().name();
      row[columns + 5] = rejection.reason();
      row[columns + 6] = record.get(3);
      row[columns + 7] = value;
    }
    return RowFactory.create(row);
  }
}
