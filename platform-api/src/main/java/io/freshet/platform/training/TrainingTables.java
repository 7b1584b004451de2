package io.freshet.platform.training;

import io.freshet.error.Violations;
import io.freshet.plan.TrainingSetPlan.Format;
import io.freshet.plan.TrainingSetPlan.Output;
import io.freshet.plan.TrainingSetPlan.Spine;
import io.freshet.platform.tables.TableRoots;
import io.freshet.value.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what a request says of the tables that are read and written. */
record TrainingTables(TableRoots roots, Violations faults) {
  private static final List<Format> WRITTEN = List.of(Format.DELTA, Format.PARQUET);
  private static final List<Format> READ = List.of(Format.values());

  /** Empty if it has a fault. */
  Optional<Spine> spine(TrainingSetRequest.@Nullable Spine spine) {
    if (spine == null) {
      faults.add("spine", "say where the labels are: path, format and labelTime");
      return Optional.empty();
    }
    Optional<String> path = place("spine.path", spine.path());
    Optional<Format> format = format("spine.format", spine.format(), READ);
    Map<String, ValueType> columns = columns(spine.columns());
    if (!columns.isEmpty() && format.filter(known -> known != Format.CSV).isPresent()) {
      faults.add("spine.columns", "types are declared for csv only: a table has its own");
    }
    String labelTime = spine.labelTime();
    if (labelTime == null || labelTime.isBlank()) {
      faults.add("spine.labelTime", "name the column with the time of the label");
      return Optional.empty();
    }
    return path.isEmpty() || format.isEmpty()
        ? Optional.empty()
        : Optional.of(new Spine(path.get(), format.get(), labelTime, columns));
  }

  /** Empty if it has a fault. */
  Optional<Output> output(TrainingSetRequest.@Nullable Output output) {
    if (output == null) {
      faults.add("output", "say where the training set goes: path and format");
      return Optional.empty();
    }
    Optional<String> path = place("output.path", output.path());
    Optional<Format> format = format("output.format", output.format(), WRITTEN);
    return path.isEmpty() || format.isEmpty()
        ? Optional.empty()
        : Optional.of(new Output(path.get(), format.get()));
  }

  /** What is written must not become part of what is read. */
  void checkApart(Optional<Spine> spine, Optional<Output> output) {
    if (spine.isPresent() && output.isPresent()) {
      String read = spine.get().path() + "/";
      String written = output.get().path() + "/";
      if (written.startsWith(read) || read.startsWith(written)) {
        faults.add(
            "output.path", "%s is where the spine is: choose another place".formatted(written));
      }
    }
  }

  private Optional<String> place(String at, @Nullable String path) {
    if (path == null || path.isBlank()) {
      faults.add(at, "give an absolute path or a URI");
      return Optional.empty();
    }
    Optional<String> place = roots.confined(path);
    if (place.isEmpty()) {
      faults.add(at, "%s is outside of where tables may be: %s".formatted(path, roots.described()));
    }
    return place;
  }

  private Optional<Format> format(String at, @Nullable String name, List<Format> allowed) {
    Optional<Format> format =
        allowed.stream().filter(known -> wireName(known).equals(name)).findFirst();
    if (format.isEmpty()) {
      faults.add(
          at,
          "\"%s\" is no format here: %s"
              .formatted(
                  name,
                  allowed.stream()
                      .map(TrainingTables::wireName)
                      .collect(Collectors.joining(", "))));
    }
    return format;
  }

  private Map<String, ValueType> columns(@Nullable Map<String, @Nullable String> declared) {
    Map<String, ValueType> columns = new HashMap<>();
    if (declared != null) {
      declared.forEach(
          (name, type) ->
              Optional.ofNullable(type)
                  .flatMap(ValueType::ofWireName)
                  .ifPresentOrElse(
                      known -> columns.put(name, known),
                      () -> faults.add("spine.columns." + name, unknownType(type))));
    }
    return columns;
  }

  private static String unknownType(@Nullable String type) {
    return "\"%s\" is no type: %s"
        .formatted(
            type,
            Arrays.stream(ValueType.values())
                .map(ValueType::wireName)
                .collect(Collectors.joining(", ")));
  }

  private static String wireName(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
