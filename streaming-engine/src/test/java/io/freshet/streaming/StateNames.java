package io.freshet.streaming;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** What a savepoint in the canonical format has: the names of the states of every operator. */
final class StateNames {
  /** States of Flink's sinks, which have others once they were restored. */
  private static final String OF_SINKS = "_raw_states";

  private StateNames() {}

  /**
   * The names of states, timers among them but not Flink's sinks' own, by the hash of the
   * operator's uid.
   */
  static Map<String, Set<String>> in(Path savepoint) throws IOException {
    Map<String, Set<String>> names = new TreeMap<>();
    try (DataInputStream metadata =
        new DataInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(metadata, loader(), savepoint.toUri().toString())
              .getOperatorStates()) {
        Set<String> own =
            names.computeIfAbsent(operator.getOperatorID().toString(), unseen -> new TreeSet<>());
        for (OperatorSubtaskState subtask : operator.getStates()) {
          addAll(own, subtask);
        }
      }
    }
    return names;
  }

  private static void addAll(Set<String> names, OperatorSubtaskState subtask) throws IOException {
    for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
      handle.getStateNameToPartitionOffsets().keySet().stream()
          .filter(name -> !name.endsWith(OF_SINKS))
          .forEach(names::add);
    }
    for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
      try (FSDataInputStream content = ((KeyGroupsStateHandle) handle).openInputStream()) {
        KeyedBackendSerializationProxy<?> header = new KeyedBackendSerializationProxy<>(loader());
        header.read(new DataInputViewStreamWrapper(content));
        header.getStateMetaInfoSnapshots().forEach(state -> names.add(state.getName()));
      }
    }
  }

  private static ClassLoader loader() {
    return StateNames.class.getClassLoader();
  }
}
