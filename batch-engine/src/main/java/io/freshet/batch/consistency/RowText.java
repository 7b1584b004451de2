package io.freshet.batch.consistency;

import static java.util.Objects.requireNonNull;

import io.freshet.plan.BoundView;
import io.freshet.plan.ConsistencyResult.Example;
import io.freshet.plan.ConsistencyResult.RowVersion;
import io.freshet.plan.FeaturePlan;
import io.freshet.store.StoredRow;
import io.freshet.store.Version;
import io.freshet.value.Column;
import io.freshet.value.RowCodec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and rows of a view as people read them; bytes that are none as hexadecimal digits. */
record RowText(BoundView view) {
  private static final String EVENT_TIME = "eventTime";
  private static final String UNREADABLE = "unreadable";

  Example example(Verdict verdict, @Nullable StoredRow served) {
    return new Example(
        requireNonNull(verdict.finding()),
        key(verdict.key().bytes()),
        served == null ? null : version(served.version()),
        served == null ? null : row(served.row()),
        row(requireNonNull(verdict.recomputed())));
  }

  private Map<String, String> key(byte[] key) {
    RowCodec keys = RowCodec.ofScalars(view.joinKeys().stream().map(Column::type).toList());
    Map<String, String> text = new LinkedHashMap<>();
    texts(view.joinKeys().stream().map(Column::name).toList(), keys, key)
        .forEach((name, value) -> text.put(name, String.valueOf(value)));
    return text;
  }

  private Map<String, @Nullable String> row(byte[] row) {
    List<String> names = new ArrayList<>();
    names.add(EVENT_TIME);
    view.features().stream().map(FeaturePlan::name).forEach(names::add);
    return texts(names, new RowCodec(view.rowTypes()), row);
  }

  private static Map<String, @Nullable String> texts(
      List<String> names, RowCodec codec, byte[] packed) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    @Nullable Object[] values = RowComparison.unpacked(codec, packed).orElse(null);
    if (values == null) {
      texts.put(UNREADABLE, HexFormat.of().formatHex(packed));
      return texts;
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      texts.put(names.get(i), value == null ? null : value.toString());
    }
    return texts;
  }

  private static RowVersion version(Version version) {
    return new RowVersion(
        Integer.toUnsignedLong(version.epoch()),
        version.asOfMillis(),
        Integer.toUnsignedLong(version.sequence()));
  }
}
