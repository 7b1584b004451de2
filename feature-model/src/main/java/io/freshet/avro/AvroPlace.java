package io.freshet.avro;

import io.freshet.value.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * The field of nested records that a column's path leads to.
 *
 * @param positions of the field in each record on the way
 * @param schema of the field, without null
 * @param nullable whether the field or a record on the way may be null
 */
record AvroPlace(List<Integer> positions, Schema schema, boolean nullable) {
  AvroPlace {
    positions = List.copyOf(positions);
  }

  /**
   * @param misfits takes the reason if the path leads nowhere
   */
  static Optional<AvroPlace> find(Column column, Schema root, List<AvroMisfit> misfits) {
    List<Integer> positions = new ArrayList<>();
    Schema at = root;
    boolean nullable = false;
    for (String name : column.path().split("\\.", -1)) {
      Schema.Field field = at.getType() == Schema.Type.RECORD ? at.getField(name) : null;
      if (field == null) {
        misfits.add(new AvroMisfit(AvroMisfit.Part.PATH, nowhere(column, name, at)));
        return Optional.empty();
      }
      positions.add(field.pos());
      nullable |= field.schema().isNullable();
      at = withoutNull(field.schema());
    }
    return Optional.of(new AvroPlace(positions, at, nullable));
  }

  /** The other branch of a union of null and one type; any other schema is as it is. */
  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static String nowhere(Column column, String name, Schema at) {
    String has =
        at.getType() == Schema.Type.RECORD
            ? "record "
                + at.getName()
                + " has "
                + at.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", "))
            : "what it is looked for in is of type "
                + AvroSchemas.typeName(at)
                + ", which has no fields";
    return "Cannot find field \"%s\" of path %s in the Avro schema: %s"
        .formatted(name, column.path(), has);
  }
}
