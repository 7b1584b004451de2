package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.value.ValueType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entity as far as it could be read. */
record EntityDraft(
    MetadataDraft metadata, List<ColumnDraft> joinKeys, @Nullable Integer expectedKeys)
    implements Draft {
  /** Columns that the feature log adds to the join keys. */
  private static final Set<String> FEATURE_LOG = Set.of("as_of", "epoch", "sequence", "features");

  static EntityDraft read(MetadataDraft metadata, Fields spec, Violations faults) {
    List<ColumnDraft> joinKeys =
        spec.objects("joinKeys").stream().map(ColumnDraft::joinKey).toList();
    ColumnDraft.distinct(joinKeys, faults);
    for (ColumnDraft key : joinKeys) {
      if (key.type() == ValueType.FLOAT64) {
        faults.add(
            key.path() + ".type",
            "Cannot use float64 for a join key: its values have no exact equality, use int64 or"
                + " string");
      }
      if (key.name() != null && FEATURE_LOG.contains(key.name())) {
        faults.add(
            key.path() + ".name",
            "Cannot use the name \""
                + key.name()
                + "\" for a join key: the feature log has a column of that name, choose another");
      }
    }
    return new EntityDraft(
        metadata, joinKeys, spec.optionalInteger("expectedKeys", 1, Integer.MAX_VALUE));
  }

  @Override
  public void bind(Catalog catalog, Violations faults) {
    metadata.knownProject(catalog, faults);
  }

  @Override
  public Accepted accepted() {
    return Accepted.unplanned(
        new Entity(metadata.complete(), ColumnDraft.readable(joinKeys), expectedKeys));
  }
}
