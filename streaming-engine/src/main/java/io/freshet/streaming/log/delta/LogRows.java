package io.freshet.streaming.log.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import io.freshet.plan.BoundView;
import io.freshet.store.Upsert;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A view's rows in the columns of {@link LogSchema}. */
final class LogRows {
  private static final int NEWEST_EVENT = 0;
  private static final int FIRST_FEATURE = 1;

  private final StructType schema;
  private final StructType keySchema;
  private final StructType featureSchema;
  private final EntityKeyCodec keys;
  private final RowCodec rows;

  LogRows(BoundView view) {
    this.schema = LogSchema.of(view);
    this.keySchema = LogSchema.keys(view);
    this.featureSchema = LogSchema.features(view);
    this.keys = new EntityKeyCodec(view.joinKeys());
    this.rows = new RowCodec(view.rowTypes());
  }

  StructType schema() {
    return schema;
  }

  /** The days from 1970 to the UTC date that a row is partitioned by. */
  static int dateOf(Upsert row) {
    return Math.toIntExact(Math.floorDiv(row.version().asOfMillis(), TimeUnit.DAYS.toMillis(1)));
  }

  ColumnarBatch batch(List<Upsert> upserts) {
    int size = upserts.size();
    @Nullable Object[][] heads = new @Nullable Object[5][size];
    @Nullable Object[][] keyColumns = new @Nullable Object[keySchema.length()][size];
    @Nullable Object[][] features = new @Nullable Object[featureSchema.length()][size];
    for (int i = 0; i < size; i++) {
      Upsert upsert = upserts.get(i);
      @Nullable Object[] row = rows.decode(ByteBuffer.wrap(upsert.row()));
      heads[0][i] = dateOf(upsert);
      heads[1][i] = Instant.ofEpochMilli(upsert.version().asOfMillis());
      heads[2][i] = Integer.toUnsignedLong(upsert.version().epoch());
      heads[3][i] = Integer.toUnsignedLong(upsert.version().sequence());
      heads[4][i] = row[NEWEST_EVENT];
      put(keyColumns, i, keys.decode(upsert.entity().key()), 0);
      put(features, i, row, FIRST_FEATURE);
    }
    List<ColumnVector> columns = new ArrayList<>(schema.length());
    for (int column = 0; column < 4; column++) {
      columns.add(new ValueVector(typeAt(schema, column), heads[column]));
    }
    columns.add(new StructVector(keySchema, size, vectors(keySchema, keyColumns)));
    columns.add(new ValueVector(typeAt(schema, 5), heads[4]));
    columns.add(new StructVector(featureSchema, size, vectors(featureSchema, features)));
    return new ColumnBatch(schema, size, columns);
  }

  private static void put(
      @Nullable Object[][] columns, int row, @Nullable Object[] values, int from) {
    for (int column = 0; column < columns.length; column++) {
      columns[column][row] = values[from + column];
    }
  }

  private static List<ColumnVector> vectors(StructType schema, @Nullable Object[][] columns) {
    List<ColumnVector> vectors = new ArrayList<>(columns.length);
    for (int column = 0; column < columns.length; column++) {
      vectors.add(new ValueVector(typeAt(schema, column), columns[column]));
    }
    return vectors;
  }

  private static DataType typeAt(StructType schema, int column) {
    return schema.at(column).getDataType();
  }
}
