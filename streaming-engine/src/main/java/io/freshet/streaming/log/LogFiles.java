package io.freshet.streaming.log;

import io.freshet.streaming.record.Fields;
import io.freshet.streaming.record.ImmutableSerializer;
import io.freshet.streaming.record.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Data files of a table that wait for their commit.
 *
 * @param checkpoint the first that the files are in, or {@link #IN_NO_CHECKPOINT}
 * @param actions what to commit, as {@link io.freshet.streaming.log.delta.LogFileWriter} gives it
 */
record LogFiles(String table, long checkpoint, List<String> actions) {
  static final long IN_NO_CHECKPOINT = -1;

  static final TypeInformation<LogFiles> TYPE = new RecordType<>(LogFiles.class, new Serializer());

  LogFiles {
    actions = List.copyOf(actions);
  }

  /** The same, if they were in no checkpoint before now in this one. */
  LogFiles in(long thisCheckpoint) {
    return checkpoint == IN_NO_CHECKPOINT ? new LogFiles(table, thisCheckpoint, actions) : this;
  }

  /** The table, the checkpoint, a 4-byte count of actions and those. */
  public static final class Serializer extends ImmutableSerializer<LogFiles> {
    @Override
    public void serialize(LogFiles files, DataOutputView out) throws IOException {
      Fields.putText(out, files.table);
      out.writeLong(files.checkpoint);
      out.writeInt(files.actions.size());
      for (String action : files.actions) {
        Fields.putText(out, action);
      }
    }

    @Override
    public LogFiles deserialize(DataInputView in) throws IOException {
      String table = Fields.takeRequiredText(in);
      long checkpoint = in.readLong();
      int count = in.readInt();
      List<String> actions = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        actions.add(Fields.takeRequiredText(in));
      }
      return new LogFiles(table, checkpoint, actions);
    }

    @Override
    public TypeSerializerSnapshot<LogFiles> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogFiles> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
