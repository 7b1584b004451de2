package io.freshet.batch.consistency;

import io.freshet.batch.materialize.InputSchema;
import io.freshet.plan.ConsistencyResult.Finding;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a key of a view.
 *
 * @param finding null if it is equal, or expired
 * @param expired whether it has no row and needs none any more
 * @param unsettled whether events may still be on their way to the row
 * @param recomputed the row that its events give, packed; null if it is equal
 */
@SuppressWarnings("ArrayRecordComponent") // Made once a key, never compared.
record Verdict(
    int view,
    SampledKey key,
    @Nullable Finding finding,
    boolean expired,
    boolean unsettled,
    boolean partly,
    double worst,
    byte @Nullable [] recomputed) {
  static StructType schema() {
    return new StructType()
        .add(InputSchema.VIEW, DataTypes.IntegerType)
        .add(InputSchema.KEY, DataTypes.BinaryType)
        .add("finding", DataTypes.StringType)
        .add("expired", DataTypes.BooleanType)
        .add("unsettled", DataTypes.BooleanType)
        .add("partly", DataTypes.BooleanType)
        .add("worst", DataTypes.DoubleType)
        .add("recomputed", DataTypes.BinaryType);
  }

  Row row() {
    return RowFactory.create(
        view,
        key.bytes(),
        finding == null ? null : finding.name(),
        expired,
        unsettled,
        partly,
        worst,
        recomputed);
  }

  static Verdict of(Row row) {
    String finding = row.getString(2);
    return new Verdict(
        row.getInt(0),
        new SampledKey(row.getAs(1)),
        finding == null ? null : Finding.valueOf(finding),
        row.getBoolean(3),
        row.getBoolean(4),
        row.getBoolean(5),
        row.getDouble(6),
        row.getAs(7));
  }
}
