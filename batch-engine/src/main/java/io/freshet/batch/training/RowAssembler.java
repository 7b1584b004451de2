package io.freshet.batch.training;

import io.freshet.batch.table.SparkValues;
import io.freshet.ondemand.OnDemandFeatures;
import io.freshet.ondemand.OnDemandValue;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Makes a row of a training set of a label and the answers of its views. */
final class RowAssembler {
  private static final int ANSWER_VIEW = 0;
  private static final int ANSWER_FEATURES = 1;

  private final int spineColumns;
  private final int labelTime;
  private final List<Answering> views;
  private final List<OnDemand> onDemand;

  private RowAssembler(
      int spineColumns, int labelTime, List<Answering> views, List<OnDemand> onDemand) {
    this.spineColumns = spineColumns;
    this.labelTime = labelTime;
    this.views = views;
    this.onDemand = onDemand;
  }

  static RowAssembler of(TrainingSetPlan plan, StructType spine) {
    List<Answering> views = TrainingColumns.views(plan).stream().map(Answering::of).toList();
    return new RowAssembler(
        spine.size(),
        Spine.position(spine, plan.labelTime()),
        views,
        plan.onDemand().stream().map(view -> OnDemand.of(view, views, spine)).toList());
  }

  Row row(Row label) {
    List<@Nullable Object> row = new ArrayList<>();
    for (int i = 0; i < spineColumns; i++) {
      row.add(label.get(i));
    }
    List<@Nullable Object @Nullable []> answers = answers(label);
    for (int i = 0; i < views.size(); i++) {
      @Nullable Object @Nullable [] features = answers.get(i);
      for (int at = 0; at < views.get(i).features; at++) {
        row.add(features == null ? null : SparkValues.toSpark(features[at]));
      }
    }
    for (OnDemand view : onDemand) {
      row.addAll(view.values(label, answers, label.getAs(labelTime)));
    }
    return RowFactory.create(row.toArray());
  }

  /** The features of each view in the plan's order; null where the label has no key of it. */
  private List<@Nullable Object @Nullable []> answers(Row label) {
    Map<Integer, byte[]> packed = new HashMap<>();
    if (!label.isNullAt(spineColumns)) {
      for (Row answer : label.<Row>getList(spineColumns)) {
        packed.put(answer.getInt(ANSWER_VIEW), answer.getAs(ANSWER_FEATURES));
      }
    }
    List<@Nullable Object @Nullable []> answers = new ArrayList<>();
    for (Answering view : views) {
      byte[] features = packed.get(view.number);
      answers.add(features == null ? null : view.codec.decode(ByteBuffer.wrap(features)));
    }
    return answers;
  }

  /** A view and how its answers are packed. */
  private record Answering(int number, String name, int features, RowCodec codec) {
    static Answering of(ViewPlan view) {
      List<FeaturePlan> features = view.view().features();
      return new Answering(
          view.number(),
          view.view().name(),
          features.size(),
          new RowCodec(features.stream().map(FeaturePlan::resultType).toList()));
    }
  }

  /**
   * An on-demand view, and where it takes its input from.
   *
   * @param views the index of each of its views
   * @param request the position of each of its request columns in the spine, or -1
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record OnDemand(OnDemandFeatures features, int[] views, int[] request) {
    static OnDemand of(OnDemandPlan plan, List<Answering> views, StructType spine) {
      List<String> names = views.stream().map(Answering::name).toList();
      return new OnDemand(
          OnDemandFeatures.of(plan),
          plan.views().stream().mapToInt(names::indexOf).toArray(),
          Spine.positions(spine, plan.request()));
    }

    List<@Nullable Object> values(
        Row label, List<@Nullable Object @Nullable []> answers, Instant now) {
      List<@Nullable Object @Nullable []> rows = new ArrayList<>();
      for (int view : views) {
        rows.add(answers.get(view));
      }
      @Nullable Object[] given = new @Nullable Object[request.length];
      for (int i = 0; i < given.length; i++) {
        given[i] = request[i] < 0 ? null : label.get(request[i]);
      }
      List<@Nullable Object> values = new ArrayList<>();
      for (OnDemandValue value : features.evaluate(rows, given, now)) {
        values.add(value.value());
      }
      return values;
    }
  }
}
