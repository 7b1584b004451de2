package io.freshet.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.store.EntityUpserts;
import io.freshet.store.Upsert;
import io.freshet.store.ViewProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * One call of a script; it can be made again, whole or in parts.
 *
 * @param parts what it does to each key; in a cluster all of them are in one slot
 * @param knowledge whether the server is to know the script
 */
record ScriptCall(Script script, List<Part> parts, Knowledge knowledge) {
  /** What a call does to one key. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Part(byte[] key, List<byte[]> arguments) {}

  /** How the server gets the script. */
  enum Knowledge {
    ASSUMED,
    BROUGHT_ALONG
  }

  SentCommand<Long> command() {
    List<byte[]> keys = parts.stream().map(Part::key).toList();
    List<byte[]> arguments = parts.stream().flatMap(part -> part.arguments.stream()).toList();
    return switch (knowledge) {
      case ASSUMED -> script.call(keys, arguments);
      case BROUGHT_ALONG -> script.callWithText(keys, arguments);
    };
  }

  ScriptCall bringingTheScript() {
    return new ScriptCall(script, parts, Knowledge.BROUGHT_ALONG);
  }

  /** The same as calls of one key each. */
  List<ScriptCall> singly() {
    return parts.stream().map(part -> new ScriptCall(script, List.of(part), knowledge)).toList();
  }

  /**
   * The calls that write {@code groups}, each within the settings' bounds. The calls of a slot are
   * in the order of the groups.
   *
   * @param slots where keys are
   */
  static List<ScriptCall> upserts(
      List<EntityUpserts> groups, RedisSettings settings, ToIntFunction<byte[]> slots) {
    List<Keyed> keyed =
        groups.stream()
            .map(group -> Keyed.of(group, slots))
            .sorted(Comparator.comparingInt(Keyed::slot))
            .toList();
    List<ScriptCall> calls = new ArrayList<>();
    UpsertCall call = new UpsertCall();
    for (Keyed group : keyed) {
      List<Upsert> rows = group.upserts.rows();
      for (int from = 0; from < rows.size(); from += settings.rowsPerCall()) {
        int to = Math.min(rows.size(), from + settings.rowsPerCall());
        if (!call.takes(group.slot, to - from, settings)) {
          calls.add(call.build());
          call = new UpsertCall();
        }
        call.add(group, rows.subList(from, to));
      }
    }
    if (!call.parts.isEmpty()) {
      calls.add(call.build());
    }
    return calls;
  }

  /** The calls that record progress, one a project. */
  static List<ScriptCall> advances(List<ViewProgress> views) {
    Map<String, List<byte[]>> byProject = new LinkedHashMap<>();
    for (ViewProgress view : views) {
      List<byte[]> arguments =
          byProject.computeIfAbsent(view.project(), project -> new ArrayList<>());
      arguments.add(RedisLayout.field(view.view()));
      arguments.add(RedisLayout.progressValue(view));
    }
    List<ScriptCall> calls = new ArrayList<>();
    byProject.forEach(
        (project, arguments) ->
            calls.add(
                new ScriptCall(
                    Script.ADVANCE,
                    List.of(new Part(RedisLayout.progressKey(project), arguments)),
                    Knowledge.ASSUMED)));
    return calls;
  }

  /** The calls that leave a mark, one a key: they are in different slots. */
  static List<ScriptCall> mark(String id) {
    return MarkKeys.of(id).stream()
        .map(key -> new Part(key, List.of(RedisLayout.MARK_FIELD, RedisLayout.MARK_VALUE)))
        .map(part -> new ScriptCall(Script.ADVANCE, List.of(part), Knowledge.ASSUMED))
        .toList();
  }

  private static byte[] decimal(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  /** The rows of one entity, and where they belong. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Keyed(EntityUpserts upserts, byte[] key, int slot) {
    static Keyed of(EntityUpserts upserts, ToIntFunction<byte[]> slots) {
      byte[] key = RedisLayout.entityKey(upserts.entity());
      return new Keyed(upserts, key, slots.applyAsInt(key));
    }
  }

  private static final class UpsertCall {
    private final List<Part> parts = new ArrayList<>();
    private int slot;
    private int rows;

    boolean takes(int slotOfMore, int more, RedisSettings settings) {
      return parts.isEmpty()
          || (slot == slotOfMore
              && parts.size() < settings.keysPerCall()
              && rows + more <= settings.rowsPerCall());
    }

    void add(Keyed entity, List<Upsert> upserts) {
      List<byte[]> arguments = new ArrayList<>(1 + 3 * upserts.size());
      arguments.add(decimal(upserts.size()));
      for (Upsert upsert : upserts) {
        arguments.add(RedisLayout.field(upsert.view()));
        arguments.add(RedisLayout.rowValue(upsert));
        arguments.add(decimal(upsert.ttlMillis()));
      }
      parts.add(new Part(entity.key, arguments));
      slot = entity.slot;
      rows += upserts.size();
    }

    ScriptCall build() {
      return new ScriptCall(Script.UPSERT, List.copyOf(parts), Knowledge.ASSUMED);
    }
  }
}
