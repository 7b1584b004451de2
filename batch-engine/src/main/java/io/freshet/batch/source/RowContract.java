package io.freshet.batch.source;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.event.Rejection.Kind;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * What makes a row of a table an event: the rules by which {@code EventDecoder} takes messages, as
 * far as a row can break them, in the same order. A row arrives when its file is written.
 */
record RowContract(SourcePlan source) {
  static final String KIND = "kind";
  static final String REASON = "reason";

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private record Rule(Column isBroken, Kind kind, Column reason) {
    Column fault() {
      return struct(lit(kind.name()).as(KIND), reason.as(REASON));
    }
  }

  /** A struct of kind and reason, of rows of the source's columns and arrival; null of an event. */
  Column fault() {
    List<Rule> rules = new ArrayList<>();
    source.columns().forEach(column -> wrongValue(column).ifPresent(rules::add));
    source.columns().stream()
        .filter(column -> column.presence() == Presence.REQUIRED)
        .forEach(column -> rules.add(missing(column)));
    rules.add(future());
    Column fault = when(rules.get(0).isBroken(), rules.get(0).fault());
    for (Rule rule : rules.subList(1, rules.size())) {
      fault = fault.when(rule.isBroken(), rule.fault());
    }
    return fault;
  }

  private static Optional<Rule> wrongValue(io.freshet.value.Column column) {
    Column value = named(column.name());
    return switch (column.type()) {
      case FLOAT64 ->
          Optional.of(
              wrong(
                  column,
                  isnan(value).or(abs(value).equalTo(Double.POSITIVE_INFINITY)),
                  value.cast("string")));
      case STRING ->
          Optional.of(wrong(column, not(is_valid_utf8(value)), lit("text that is not UTF-8")));
      case TIMESTAMP ->
          Optional.of(
              wrong(
                  column,
                  value.lt(lit(EARLIEST)).or(value.geq(lit(TOO_LATE))),
                  value.cast("string")));
      case INT64, BOOLEAN -> Optional.empty();
    };
  }

  private static Rule wrong(io.freshet.value.Column column, Column isBroken, Column shown) {
    return new Rule(
        isBroken,
        Kind.WRONG_TYPE,
        concat(
            lit(
                "Cannot use the event: column %s must be of type %s but is "
                    .formatted(column.name(), column.type().wireName())),
            shown));
  }

  private static Rule missing(io.freshet.value.Column column) {
    return new Rule(
        named(column.name()).isNull(),
        Kind.MISSING_COLUMN,
        lit(
            "Cannot use the event: required column %s is null, write it or declare it optional"
                .formatted(column.name())));
  }

  private Rule future() {
    Column time = named(source.eventTime());
    Column arrived = named(ArchiveSchema.ARRIVED_AT);
    return new Rule(
        unix_millis(time).gt(unix_millis(arrived).plus(source.maxFutureMillis())),
        Kind.FUTURE,
        concat(
            lit("Cannot use the event: its time "),
            time.cast("string"),
            lit(
                " is more than %d ms after its file was written at "
                    .formatted(source.maxFutureMillis())),
            arrived.cast("string"),
            lit(", correct the writer's clock")));
  }
}
