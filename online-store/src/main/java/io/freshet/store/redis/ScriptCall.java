package io.freshet.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.store.EntityUpserts;
import io.freshet.store.Upsert;
import io.freshet.store.ViewProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of a script; it can be made again.
 *
 * @param keys the keys it touches; in a cluster all of them are in one slot
 */
record ScriptCall(Script script, List<byte[]> keys, List<byte[]> arguments) {
  SentCommand<Long> command() {
    return script.call(keys, arguments);
  }

  /** The calls that write {@code groups}, in their order, each within the settings' bounds. */
  static List<ScriptCall> upserts(List<EntityUpserts> groups, RedisSettings settings) {
    List<ScriptCall> calls = new ArrayList<>();
    UpsertCall call = new UpsertCall();
    for (EntityUpserts group : groups) {
      List<Upsert> rows = group.rows();
      for (int from = 0; from < rows.size(); from += settings.rowsPerCall()) {
        int to = Math.min(rows.size(), from + settings.rowsPerCall());
        if (!call.takes(to - from, settings)) {
          calls.add(call.build());
          call = new UpsertCall();
        }
        call.add(RedisLayout.entityKey(group.entity()), rows.subList(from, to));
      }
    }
    if (!call.keys.isEmpty()) {
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
                    Script.ADVANCE, List.of(RedisLayout.progressKey(project)), arguments)));
    return calls;
  }

  private static byte[] decimal(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  private static final class UpsertCall {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> arguments = new ArrayList<>();
    private int rows;

    boolean takes(int more, RedisSettings settings) {
      return keys.isEmpty()
          || (keys.size() < settings.keysPerCall() && rows + more <= settings.rowsPerCall());
    }

    void add(byte[] key, List<Upsert> upserts) {
      keys.add(key);
      arguments.add(decimal(upserts.size()));
      for (Upsert upsert : upserts) {
        arguments.add(RedisLayout.field(upsert.view()));
        arguments.add(RedisLayout.rowValue(upsert));
        arguments.add(decimal(upsert.ttlMillis()));
      }
      rows += upserts.size();
    }

    ScriptCall build() {
      return new ScriptCall(Script.UPSERT, keys, arguments);
    }
  }
}
