package io.freshet.batch.training;

import static java.util.Objects.requireNonNull;

import io.freshet.batch.table.SparkValues;
import io.freshet.batch.training.TrainingColumns.Origin;
import io.freshet.batch.training.TrainingColumns.Wanted;
import io.freshet.ondemand.OnDemandFeatures;
import io.freshet.ondemand.OnDemandValue;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Makes a row of a training set of a label and the answers of its views, one after the other. */
final class RowAssembler {
  private final int spineColumns;
  private final int labelTime;
  private final List<List<AskedView>> groups;
  private final List<RowCodec> codecs;
  private final List<OnDemand> onDemand;
  private final List<Wanted> wanted;
  private final @Nullable Object[] @Nullable [] answers;
  private @Nullable Row label;

  private RowAssembler(
      int spineColumns,
      int labelTime,
      List<List<AskedView>> groups,
      List<RowCodec> codecs,
      List<OnDemand> onDemand,
      List<Wanted> wanted) {
    this.spineColumns = spineColumns;
    this.labelTime = labelTime;
    this.groups = groups;
    this.codecs = codecs;
    this.onDemand = onDemand;
    this.wanted = wanted;
    this.answers = new @Nullable Object[codecs.size()][];
  }

  static RowAssembler of(TrainingSetPlan plan, StructType spine) {
    List<AskedView> views = AskedSource.views(plan).stream().flatMap(List::stream).toList();
    List<String> names = views.stream().map(view -> view.view().name()).toList();
    return new RowAssembler(
        spine.size(),
        Spine.position(spine, plan.spine().labelTime()),
        AskedSource.groups(plan).stream().flatMap(List::stream).map(AskedGroup::views).toList(),
        views.stream().map(AskedView::answers).toList(),
        plan.onDemand().stream().map(view -> OnDemand.of(view, names, spine)).toList(),
        TrainingColumns.wanted(plan));
  }

  /** Goes on to the next label. */
  void begin() {
    label = null;
    Arrays.fill(answers, null);
  }

  /**
   * @param spine the label's row
   */
  void put(Row spine) {
    label = spine;
  }

  /**
   * @param group its index
   * @param features {@link Parts} of its views
   */
  void put(int group, byte[] features) {
    ByteBuffer parts = ByteBuffer.wrap(features);
    for (AskedView view : groups.get(group)) {
      ByteBuffer own = Parts.take(parts);
      answers[view.index()] = own == null ? null : codecs.get(view.index()).decode(own);
    }
  }

  /** The columns of the label, then the features: null where a view has no answer. */
  Row row() {
    Row spine = requireNonNull(label, "answers without their label");
    @Nullable Object[] row = new @Nullable Object[spineColumns + wanted.size()];
    for (int i = 0; i < spineColumns; i++) {
      row[i] = spine.get(i);
    }
    List<List<OnDemandValue>> computed = new ArrayList<>(onDemand.size());
    for (OnDemand view : onDemand) {
      computed.add(view.values(spine, answers, spine.getAs(labelTime)));
    }
    for (int i = 0; i < wanted.size(); i++) {
      Wanted feature = wanted.get(i);
      row[spineColumns + i] =
          feature.origin() == Origin.ON_DEMAND
              ? computed.get(feature.view()).get(feature.position()).value()
              : stored(feature);
    }
    return RowFactory.create(row);
  }

  private @Nullable Object stored(Wanted feature) {
    @Nullable Object[] answer = answers[feature.view()];
    return answer == null ? null : SparkValues.toSpark(answer[feature.position()]);
  }

  /**
   * An on-demand view, and where it takes its input from.
   *
   * @param views the index of each of its views
   * @param request the position of each of its request columns in the spine, or -1
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record OnDemand(OnDemandFeatures features, int[] views, int[] request) {
    static OnDemand of(OnDemandPlan plan, List<String> views, StructType spine) {
      return new OnDemand(
          OnDemandFeatures.of(plan),
          plan.views().stream().mapToInt(views::indexOf).toArray(),
          Spine.positions(spine, plan.request()));
    }

    List<OnDemandValue> values(Row label, @Nullable Object[] @Nullable [] answers, Instant now) {
      List<@Nullable Object @Nullable []> rows = new ArrayList<>(views.length);
      for (int view : views) {
        rows.add(answers[view]);
      }
      @Nullable Object[] given = new @Nullable Object[request.length];
      for (int i = 0; i < given.length; i++) {
        given[i] = request[i] < 0 ? null : label.get(request[i]);
      }
      return features.evaluate(rows, given, now);
    }
  }
}
